package dev.xebec.model.kind;

import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.GroupVersionResource;
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

/**
 * The kinds of one API group. Immutable, and compared by identity: as long as a registry gives the same instance, nothing
 * of the group has changed, so that what was worked out from it still holds.
 */
public final class KindGroup {
    private final String name;
    private final Map<GroupVersionKind, Kind> byKind;
    private final Map<GroupVersionResource, Kind> byResource;
    private final Map<GroupVersion, List<Kind>> byVersion;
    private final List<GroupVersion> versions;

    /** @param first versions that come before others, whatever their names say */
    private KindGroup(String name, Map<GroupVersionKind, Kind> byKind, List<GroupVersion> first) {
        this.name = name;
        this.byKind = byKind;
        this.byResource = HashMap.newHashMap(byKind.size());
        Map<GroupVersion, List<Kind>> kinds = new HashMap<>();
        for (Kind kind : byKind.values()) {
            byResource.put(kind.resource(), kind);
            kinds.computeIfAbsent(kind.groupVersion(), fresh -> new ArrayList<>()).add(kind);
        }
        kinds.replaceAll((version, own) -> own.stream().sorted(Comparator.comparing(Kind::plural)).toList());
        this.byVersion = kinds;
        Set<GroupVersion> ordered = new LinkedHashSet<>(first);
        kinds.keySet().stream().sorted(Comparator.comparing(GroupVersion::version, new VersionOrder()))
                .forEach(ordered::add);
        ordered.retainAll(kinds.keySet());
        this.versions = List.copyOf(ordered);
    }

    /** In the order of the kinds, which is that of the versions too. */
    static KindGroup inOrder(String name, Collection<Kind> kinds) {
        Map<GroupVersionKind, Kind> byKind = new LinkedHashMap<>();
        kinds.forEach(kind -> byKind.put(kind.name(), kind));
        return new KindGroup(name, byKind, kinds.stream().map(Kind::groupVersion).distinct().toList());
    }

    static KindGroup empty(String name) {
        return new KindGroup(name, Map.of(), List.of());
    }

    /** @param first versions that come before others, whatever their names say */
    KindGroup changed(Collection<GroupVersionKind> gone, Collection<Kind> come, List<GroupVersion> first) {
        Map<GroupVersionKind, Kind> next = new LinkedHashMap<>(byKind);
        Set<GroupVersionKind> leave = new LinkedHashSet<>(gone);
        come.forEach(kind -> leave.remove(kind.name()));
        leave.forEach(next::remove);
        come.forEach(kind -> next.put(kind.name(), kind));
        return new KindGroup(name, next, first);
    }

    public String name() {
        return name;
    }

    /** By preference: the first is what clients are to use. */
    public List<GroupVersion> versions() {
        return versions;
    }

    /** The kinds of one version, by plural; empty where it is not served. */
    public List<Kind> of(GroupVersion version) {
        return byVersion.getOrDefault(version, List.of());
    }

    Optional<Kind> byKind(GroupVersionKind kind) {
        return Optional.ofNullable(byKind.get(kind));
    }

    Optional<Kind> byResource(GroupVersionResource resource) {
        return Optional.ofNullable(byResource.get(resource));
    }

    Collection<Kind> kinds() {
        return byKind.values();
    }

    boolean isEmpty() {
        return byKind.isEmpty();
    }
}
