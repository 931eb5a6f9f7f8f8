package dev.xebec.model.kind;

import dev.xebec.model.kind.Kind.Column;
import dev.xebec.model.kind.Kind.DeletePropagation;
import dev.xebec.model.kind.Kind.Subresource;
import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.schema.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads a {@code kind} block: {@code kind NAME PLURAL SCOPE}, then a line for each thing to know of it. */
final class KindBlock {
    private static final Set<String> FULL = Collections.unmodifiableSet(new LinkedHashSet<>(
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch")));

    private final GroupVersionKind name;
    private final String plural;
    private final boolean namespaced;
    private Set<String> verbs = Set.of();
    private List<String> shortNames = List.of();
    private List<String> categories = List.of();
    private final Map<String, Subresource> subresources = new LinkedHashMap<>();
    private final List<Column> columns = new ArrayList<>();
    private Set<String> selectable = Set.of();
    private Set<String> traits = Set.of();
    private GroupVersion storage;

    private KindBlock(GroupVersion groupVersion, List<String> head) {
        this.name = groupVersion.kind(head.get(1));
        this.plural = head.get(2);
        this.storage = groupVersion;
        this.namespaced = switch (head.get(3)) {
            case "namespaced" -> true;
            case "cluster" -> false;
            default -> throw new IllegalStateException("unknown scope of " + name);
        };
    }

    static Kind parse(GroupVersion groupVersion, String block, Schema schema) {
        List<String> lines = block.lines().toList();
        KindBlock kind = new KindBlock(groupVersion, Words.of(lines.get(0)));
        lines.subList(1, lines.size()).forEach(line -> kind.line(Words.of(line)));
        return kind.kind(schema);
    }

    private void line(List<String> words) {
        List<String> rest = List.copyOf(words.subList(1, words.size()));
        switch (words.get(0)) {
            case "short" -> shortNames = rest;
            case "category" -> categories = rest;
            case "verbs" -> verbs = rest.get(0).equals("full") ? FULL : ordered(rest);
            case "subresource" -> subresource(rest);
            case "column" -> column(rest);
            case "selectable" -> selectable = ordered(rest);
            case "stored" -> storage = GroupVersion.parse(rest.get(0));
            case "traits" -> traits = Set.copyOf(rest);
            default -> throw new IllegalStateException("unknown line in " + name + ": " + words);
        }
    }

    /** {@code NAME [GROUP/VERSION.KIND] VERB…}. */
    private void subresource(List<String> words) {
        String subresource = words.get(0);
        String second = words.get(1);
        int dot = second.lastIndexOf('.');
        GroupVersionKind speaks = dot < 0
                ? name
                : GroupVersion.parse(second.substring(0, dot)).kind(second.substring(dot + 1));
        Set<String> subresourceVerbs = ordered(words.subList(dot < 0 ? 1 : 2, words.size()));
        subresources.put(subresource, new Subresource(subresource, speaks, subresourceVerbs));
    }

    private void column(List<String> words) {
        List<String> flags = words.subList(2, words.size() - 1);
        String title = words.get(0).replace('_', ' ');
        String format = title.equals("Name") && !flags.contains("plain") ? "name" : "";
        columns.add(new Column(title, words.get(1), format, "", flags.contains("wide") ? 1 : 0,
                words.get(words.size() - 1)));
    }

    private Kind kind(Schema schema) {
        DeletePropagation propagation = traits.contains("orphan-dependents")
                ? DeletePropagation.ORPHAN
                : traits.contains("no-dependents") ? DeletePropagation.UNSUPPORTED : DeletePropagation.BACKGROUND;
        return new Kind(name, plural, name.kind().toLowerCase(Locale.ROOT), name.kind() + "List", namespaced, verbs,
                shortNames, categories, Collections.unmodifiableMap(subresources), schema, List.copyOf(columns),
                selectable, traits.contains("generation"), traits.contains("unconditional-update"),
                traits.contains("create-on-update"), propagation, traits.contains("returns-deleted"),
                storage.group(), storage.version(), null);
    }

    private static Set<String> ordered(List<String> words) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(words));
    }
}
