package dev.xebec.model.managed;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the number of updating managers down: the oldest are taken together, by version.
 *
 * <p>Source: apimachinery {@code util/managedfields/internal/capmanagers.go}.
 */
final class ManagerLimit {
    /** Updating managers of one object. */
    static final int MAX_UPDATERS = 10;
    private static final String TOGETHER = "ancient-changes";

    private ManagerLimit() {}

    static Map<FieldOwner, Owned> kept(Map<FieldOwner, Owned> managed) {
        List<FieldOwner> updaters = managed.keySet().stream().filter(manager -> !manager.applies()).toList();
        if (updaters.size() <= MAX_UPDATERS) {
            return managed;
        }
        Map<FieldOwner, Owned> kept = new LinkedHashMap<>(managed);
        Map<String, FieldOwner> firstOfVersion = new HashMap<>();
        int count = updaters.size();
        List<FieldOwner> oldestFirst = updaters.stream().sorted(Comparator
                .comparing((FieldOwner manager) -> time(managed, manager)).thenComparing(FieldOwner::id)).toList();
        for (FieldOwner manager : oldestFirst) {
            if (count <= MAX_UPDATERS) {
                break;
            }
            Owned owned = kept.get(manager);
            if (owned == null) {
                continue;
            }
            FieldOwner first = firstOfVersion.putIfAbsent(owned.apiVersion(), manager);
            if (first != null) {
                FieldOwner together = FieldOwner.updater(TOGETHER, owned.apiVersion(), "");
                Owned former = kept.containsKey(together) ? kept.get(together) : kept.remove(first);
                FieldSet both = former == null ? owned.set() : owned.set().union(former.set());
                kept.remove(manager);
                kept.put(together, Owned.of(owned.apiVersion(), owned.time(), both));
                count--;
            }
        }
        return kept;
    }

    private static String time(Map<FieldOwner, Owned> managed, FieldOwner manager) {
        Owned owned = managed.get(manager);
        return owned == null ? "" : owned.time();
    }
}
