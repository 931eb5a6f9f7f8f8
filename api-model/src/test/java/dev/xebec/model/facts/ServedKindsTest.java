package dev.xebec.model.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersionKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares what is served with the table of what Kubernetes serves, {@code served.table}, line by line. */
class ServedKindsTest {
    private static final Map<String, String> LETTERS = Map.of("create", "c", "delete", "d", "deletecollection", "D",
            "get", "g", "list", "l", "patch", "p", "update", "u", "watch", "w");
    /** Groups of our own. */
    private static final Set<String> OURS = Set.of("cluster.xebec.dev");

    @Test
    void kindsVersionsVerbsNamesAndSubresourcesAreThoseOfKubernetes() throws IOException {
        List<String> served = new ArrayList<>();
        KindRegistry.builtIn().all().stream().filter(kind -> !OURS.contains(kind.name().group()))
                .forEach(kind -> describe(kind, served));
        assertThat(served).containsExactlyElementsOf(expected());
    }

    @Test
    void whatIsOffIsServedWhereSomebodyAsksForIt() throws IOException {
        List<String> served = new ArrayList<>();
        KindRegistry.onByDefault().all().stream().filter(kind -> !OURS.contains(kind.name().group()))
                .forEach(kind -> describe(kind, served));
        List<String> on = new ArrayList<>();
        boolean off = false;
        for (String line : table()) {
            off = line.startsWith(" ") ? off : line.endsWith(" off");
            if (!off) {
                on.add(line);
            }
        }
        assertThat(served).containsExactlyElementsOf(on);
    }

    private static List<String> expected() throws IOException {
        return table().stream().map(line -> line.replaceFirst(" off$", "")).toList();
    }

    private static List<String> table() throws IOException {
        try (InputStream table = Objects.requireNonNull(ServedKindsTest.class.getResourceAsStream("served.table"))) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.startsWith("#")).toList();
        }
    }

    private static void describe(Kind kind, List<String> lines) {
        lines.add(kind.groupVersion() + " " + kind.name().kind() + " " + kind.plural() + " "
                + (kind.namespaced() ? "namespaced" : "cluster") + " " + letters(kind.verbs())
                + (kind.shortNames().isEmpty() ? "" : " short=" + String.join(",", kind.shortNames()))
                + (kind.categories().isEmpty() ? "" : " in=" + String.join(",", kind.categories())));
        new TreeSet<>(kind.subresources().keySet()).forEach(name -> {
            Kind.Subresource subresource = Objects.requireNonNull(kind.subresources().get(name));
            GroupVersionKind speaks = subresource.kind();
            lines.add("  " + name + " " + letters(subresource.verbs())
                    + (speaks.equals(kind.name()) ? "" : " " + speaks.groupVersion() + "." + speaks.kind()));
        });
    }

    private static String letters(Set<String> verbs) {
        String letters = verbs.stream().map(LETTERS::get)
                .sorted(Comparator.comparing((String letter) -> letter.toLowerCase(java.util.Locale.ROOT))
                        .thenComparing(Comparator.naturalOrder()))
                .collect(Collectors.joining());
        return letters.length() == LETTERS.size() ? "all" : letters;
    }
}
