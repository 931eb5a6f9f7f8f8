package dev.xebec.model.kind;

import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.schema.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The kinds that a cluster serves, and the types that their descriptions name. Immutable: a registry with more kinds is
 * another registry.
 */
public final class KindRegistry {
    private final Descriptions descriptions;
    private final Map<GroupVersionKind, Kind> byKind;
    private final Map<GroupVersionResource, Kind> byResource;
    private final List<Kind> kinds;
    private final List<GroupVersion> groupVersions;

    private KindRegistry(Descriptions descriptions, Map<GroupVersionKind, Kind> byKind) {
        this.descriptions = descriptions;
        this.byKind = byKind;
        this.kinds = List.copyOf(byKind.values());
        this.byResource = HashMap.newHashMap(kinds.size());
        kinds.forEach(kind -> byResource.put(kind.resource(), kind));
        this.groupVersions = List.copyOf(order(descriptions, kinds));
    }

    /** Those that come with the program: Kubernetes' own and the cluster's. */
    public static KindRegistry builtIn() {
        return BuiltIn.REGISTRY;
    }

    /** This registry and more kinds; one that has the name of a present one takes its place. */
    public KindRegistry with(Kind... more) {
        Map<GroupVersionKind, Kind> all = new LinkedHashMap<>(byKind);
        for (Kind kind : more) {
            all.put(kind.name(), kind);
        }
        return new KindRegistry(descriptions, all);
    }

    public Optional<Kind> byResource(String group, String version, String plural) {
        return byResource(new GroupVersionResource(group, version, plural));
    }

    public Optional<Kind> byResource(GroupVersionResource resource) {
        return Optional.ofNullable(byResource.get(resource));
    }

    public Optional<Kind> byKind(GroupVersionKind name) {
        return Optional.ofNullable(byKind.get(name));
    }

    public List<Kind> all() {
        return kinds;
    }

    /** The kinds of one group and version, by plural. */
    public List<Kind> of(GroupVersion groupVersion) {
        return kinds.stream().filter(kind -> kind.groupVersion().equals(groupVersion))
                .sorted(Comparator.comparing(Kind::plural)).toList();
    }

    /** What is served, in the order of discovery: the core first, groups by rank, each one's versions by preference. */
    public List<GroupVersion> groupVersions() {
        return groupVersions;
    }

    /** Throws {@link IllegalArgumentException} for a group that is not served. */
    public GroupVersion preferredVersion(String group) {
        return groupVersions.stream().filter(one -> one.group().equals(group)).findFirst()
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
        Kind kind = byKind.get(name);
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

    private static List<GroupVersion> order(Descriptions descriptions, List<Kind> kinds) {
        LinkedHashSet<GroupVersion> ordered = new LinkedHashSet<>();
        descriptions.kinds().forEach(kind -> ordered.add(kind.groupVersion()));
        List<GroupVersion> added = new ArrayList<>(kinds.stream().map(Kind::groupVersion).distinct().toList());
        added.removeAll(ordered);
        added.sort(Comparator.comparing(GroupVersion::group).thenComparing(GroupVersion::version, new VersionOrder()));
        ordered.addAll(added);
        return new ArrayList<>(ordered);
    }

    private static final class BuiltIn {
        private static final KindRegistry REGISTRY = read();

        private static KindRegistry read() {
            Descriptions descriptions = Descriptions.load();
            Map<GroupVersionKind, Kind> byKind = new LinkedHashMap<>();
            descriptions.kinds().forEach(kind -> byKind.put(kind.name(), kind));
            return new KindRegistry(descriptions, byKind);
        }
    }
}
