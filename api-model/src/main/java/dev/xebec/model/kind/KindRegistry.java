package dev.xebec.model.kind;

import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.schema.Schema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The kinds that a cluster serves, and the types that their descriptions name. Immutable: a registry with more kinds is
 * another registry.
 */
public final class KindRegistry {
    private final Descriptions descriptions;
    private final Map<String, KindGroup> groups;
    private volatile @Nullable Listing listing;

    private KindRegistry(Descriptions descriptions, Map<String, KindGroup> groups) {
        this.descriptions = descriptions;
        this.groups = groups;
    }

    /** All that is served, in order; worked out by the first who asks. */
    private record Listing(List<KindGroup> groups, List<GroupVersion> groupVersions, List<Kind> kinds) {}

    /** Those that come with the program: Kubernetes' own and the cluster's. */
    public static KindRegistry builtIn() {
        return BuiltIn.REGISTRY;
    }

    /**
     * The same without the versions that are off where nobody asks for them: beta ones. Source: k/k {@code
     * pkg/controlplane/instance.go}, DefaultAPIResourceConfigSource.
     */
    public static KindRegistry onByDefault() {
        return BuiltIn.ON_BY_DEFAULT;
    }

    /** This registry and more kinds; one that has the name of a present one takes its place. */
    public KindRegistry with(Kind... more) {
        return changed(List.of(), List.of(more));
    }

    /**
     * This registry without some kinds and with others, at the cost of the groups that they are of.
     *
     * @param come kinds that are added or take the place of one of that name, also where {@code gone} names them
     */
    public KindRegistry changed(Collection<GroupVersionKind> gone, Collection<Kind> come) {
        Map<String, List<GroupVersionKind>> leaving = gone.stream()
                .collect(Collectors.groupingBy(GroupVersionKind::group));
        Map<String, List<Kind>> coming = come.stream().collect(Collectors.groupingBy(kind -> kind.name().group()));
        Set<String> touched = new LinkedHashSet<>(leaving.keySet());
        touched.addAll(coming.keySet());
        Map<String, KindGroup> next = new HashMap<>(groups);
        for (String name : touched) {
            KindGroup before = groups.getOrDefault(name, KindGroup.empty(name));
            KindGroup builtIn = BuiltIn.GROUPS.get(name);
            KindGroup after = before.changed(leaving.getOrDefault(name, List.of()),
                    coming.getOrDefault(name, List.of()), builtIn == null ? List.of() : builtIn.versions());
            if (after.isEmpty()) {
                next.remove(name);
            } else {
                next.put(name, after);
            }
        }
        return new KindRegistry(descriptions, next);
    }

    public Optional<Kind> byResource(String group, String version, String plural) {
        return byResource(new GroupVersionResource(group, version, plural));
    }

    public Optional<Kind> byResource(GroupVersionResource resource) {
        return group(resource.group()).flatMap(group -> group.byResource(resource));
    }

    public Optional<Kind> byKind(GroupVersionKind name) {
        return group(name.group()).flatMap(group -> group.byKind(name));
    }

    /** Empty for a group that is not served. */
    public Optional<KindGroup> group(String name) {
        return Optional.ofNullable(groups.get(name));
    }

    public List<Kind> all() {
        return listing().kinds();
    }

    /** The kinds of one group and version, by plural. */
    public List<Kind> of(GroupVersion groupVersion) {
        return group(groupVersion.group()).map(group -> group.of(groupVersion)).orElse(List.of());
    }

    /** In the order of discovery: the core first, built-in groups by rank, others by name. */
    public List<KindGroup> groups() {
        return listing().groups();
    }

    /** What is served, in the order of discovery: groups, and each one's versions by preference. */
    public List<GroupVersion> groupVersions() {
        return listing().groupVersions();
    }

    /** Throws {@link IllegalArgumentException} for a group that is not served. */
    public GroupVersion preferredVersion(String group) {
        return group(group).map(known -> known.versions().get(0))
                .orElseThrow(() -> new IllegalArgumentException("group \"" + group + "\" is not served"));
    }

    /** A described structure by its name, such as {@code core.v1.PodSpec}. */
    public Optional<Schema.Struct> type(String typeName) {
        return descriptions.type(typeName);
    }

    /**
     * The structure of a request's or answer's body: of a kind, of its list, of what a subresource speaks
     * ({@code autoscaling/v1 Scale}), or of what every group version accepts ({@code DeleteOptions}).
     */
    public Optional<Schema.Struct> body(GroupVersionKind name) {
        Kind kind = byKind(name).orElse(null);
        if (kind != null && kind.schema() instanceof Schema.Struct struct) {
            return Optional.of(struct);
        }
        return descriptions.object(name)
                .or(() -> descriptions.object(new GroupVersionKind("meta.k8s.io", "v1", name.kind())));
    }

    /** The type's name in OpenAPI documents, such as {@code io.k8s.api.core.v1.PodSpec}; empty where none is known. */
    public Optional<String> openApiName(String typeName) {
        return descriptions.openApiName(typeName);
    }

    private Listing listing() {
        Listing known = listing;
        if (known == null) {
            List<KindGroup> ordered = new ArrayList<>(groups.size());
            BuiltIn.GROUPS.keySet().forEach(name -> group(name).ifPresent(ordered::add));
            groups.values().stream().filter(group -> !BuiltIn.GROUPS.containsKey(group.name()))
                    .sorted(Comparator.comparing(KindGroup::name)).forEach(ordered::add);
            known = new Listing(List.copyOf(ordered),
                    ordered.stream().flatMap(group -> group.versions().stream()).toList(),
                    ordered.stream().flatMap(group -> group.kinds().stream()).toList());
            listing = known;
        }
        return known;
    }

    private static final class BuiltIn {
        private static final Descriptions DESCRIPTIONS = Descriptions.load();
        /** In the order of discovery. */
        private static final Map<String, KindGroup> GROUPS = read();
        private static final KindRegistry REGISTRY = new KindRegistry(DESCRIPTIONS, GROUPS);
        private static final KindRegistry ON_BY_DEFAULT = new KindRegistry(DESCRIPTIONS,
                groups(DESCRIPTIONS.kinds().stream()
                        .filter(kind -> !DESCRIPTIONS.off().contains(kind.groupVersion())).toList()));

        private static Map<String, KindGroup> read() {
            return groups(DESCRIPTIONS.kinds());
        }

        private static Map<String, KindGroup> groups(List<Kind> all) {
            Map<String, List<Kind>> byGroup = new LinkedHashMap<>();
            for (Kind kind : all) {
                byGroup.computeIfAbsent(kind.name().group(), fresh -> new ArrayList<>()).add(kind);
            }
            Map<String, KindGroup> groups = new LinkedHashMap<>();
            byGroup.forEach((name, kinds) -> groups.put(name, KindGroup.inOrder(name, kinds)));
            return groups;
        }
    }
}
