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

    static Map<Manager, Owned> kept(Map<Manager, Owned> managed) {
        List<Manager> updaters = managed.keySet().stream().filter(manager -> !manager.applies()).toList();
        if (updaters.size() <= MAX_UPDATERS) {
            return managed;
        }
        Map<Manager, Owned> kept = new LinkedHashMap<>(managed);
        Map<String, Manager> firstOfVersion = new HashMap<>();
        int count = updaters.size();
        List<Manager> oldestFirst = updaters.stream().sorted(Comparator
                .comparing((Manager manager) -> time(managed, manager)).thenComparing(Manager::id)).toList();
        for (Manager manager : oldestFirst) {
            if (count <= MAX_UPDATERS) {
                break;
            }
            Owned owned = kept.get(manager);
            if (owned == null) {
                continue;
            }
            Manager first = firstOfVersion.putIfAbsent(owned.apiVersion(), manager);
            if (first != null) {
                Manager together = Manager.updater(TOGETHER, owned.apiVersion(), "");
                Owned former = kept.containsKey(together) ? kept.get(together) : kept.remove(first);
                FieldSet both = former == null ? owned.set() : owned.set().union(former.set());
                kept.remove(manager);
                kept.put(together, Owned.of(owned.apiVersion(), owned.time(), both));
                count--;
            }
        }
        return kept;
    }

    private static String time(Map<Manager, Owned> managed, Manager manager) {
        Owned owned = managed.get(manager);
        return owned == null ? "" : owned.time();
    }
}
