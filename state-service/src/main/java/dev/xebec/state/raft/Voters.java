package dev.xebec.state.raft;

import java.util.Set;
import java.util.TreeSet;

/**
 * Whose votes count, by name: those of now and, while the group changes, those of before too, each of which decides by its
 * own majority. Source: Ongaro and Ousterhout, In Search of an Understandable Consensus Algorithm, 6.
 *
 * @param before empty unless a change is under way
 */
record Voters(Set<String> now, Set<String> before) {
    Voters {
        now = Set.copyOf(now);
        before = Set.copyOf(before);
    }

    static Voters of(String... names) {
        return new Voters(Set.of(names), Set.of());
    }

    boolean changing() {
        return !before.isEmpty();
    }

    boolean onlyHas(String name) {
        return before.isEmpty() && now.equals(Set.of(name));
    }

    /** Whether these decide. */
    boolean majority(Set<String> names) {
        return majority(now, names) && (before.isEmpty() || majority(before, names));
    }

    private static boolean majority(Set<String> all, Set<String> names) {
        return 2 * all.stream().filter(names::contains).count() > all.size();
    }

    Set<String> othersThan(String name) {
        Set<String> others = new TreeSet<>(now);
        others.addAll(before);
        others.remove(name);
        return others;
    }
}
