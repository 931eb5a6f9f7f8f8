package dev.xebec.controller.service;

import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersionResource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The built-in kinds that the controllers watch: every stored resource once, whatever number of versions it is served in.
 * Events are left out: they are many, nobody owns them, and they expire by themselves.
 */
record WatchedKinds(Collection<Kind> kinds) {
    private static final Set<String> NEEDED = Set.of("get", "watch", "delete");

    static WatchedKinds of(KindRegistry registry) {
        Map<String, Kind> byName = new LinkedHashMap<>();
        for (Kind kind : registry.all()) {
            boolean event = kind.plural().equals("events");
            if (!event && kind.verbs().containsAll(NEEDED)) {
                String name = kind.name().group() + "/" + kind.plural();
                byName.merge(name, kind, (one, other) -> preferred(registry, one, other));
            }
        }
        return new WatchedKinds(List.copyOf(byName.values()));
    }

    private static Kind preferred(KindRegistry registry, Kind one, Kind other) {
        return other.groupVersion().equals(registry.preferredVersion(other.name().group())) ? other : one;
    }

    List<GroupVersionResource> resources() {
        return kinds.stream().map(Kind::resource).toList();
    }

    /** And every custom resource, whatever is defined while the controllers run. */
    List<GroupVersionResource> resourcesAndCustom() {
        return Stream.concat(resources().stream(), Stream.of(GroupVersionResource.CUSTOM)).toList();
    }

    List<GroupVersionResource> namespaced() {
        return kinds.stream().filter(Kind::namespaced).map(Kind::resource).toList();
    }
}
