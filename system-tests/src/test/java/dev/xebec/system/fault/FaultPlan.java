package dev.xebec.system.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * What goes wrong when, decided by a seed before anything does: first one fault after the other, each kind once in an
 * order of the seed's as far as time allows, with a rest after each, which is when gaps are measured; then several at
 * once. Two faults of the same kind and target do not overlap.
 *
 * @param events in the order of their beginning
 */
record FaultPlan(long seed, List<Event> events) {
    private static final int SHORTEST_MS = 1_000;
    private static final int LONGEST_MS = 8_000;
    /** Long enough for Hazelcast to divide, and for a log to outgrow what it has laid by. */
    private static final int SLOW_MS = 13_000;
    private static final int LONGEST_SLOW_MS = 22_000;
    private static final int SLOW_ONE_IN = 3;
    /** After a fault that strikes alone. */
    static final Duration REST = Duration.ofSeconds(4);

    /**
     * @param at since the beginning
     * @param target the process that it strikes, unless its kind strikes the leader and there is one
     * @param alone whether nothing else is wrong meanwhile
     */
    record Event(Duration at, Duration length, FaultKind kind, String target, int severity, boolean alone) {
        Duration end() {
            return at.plus(length);
        }

        @Override
        public String toString() {
            return "%5d ms + %4d ms %s%s %s %s".formatted(at.toMillis(), length.toMillis(), kind,
                    severity == 0 ? "" : " " + severity, kind.strikesLeader() ? "leader, or" : "", target);
        }
    }

    static FaultPlan of(long seed, Duration length, Set<FaultKind> kinds) {
        Random random = new Random(seed);
        List<FaultKind> order = new ArrayList<>(List.copyOf(kinds).stream().sorted().toList());
        Collections.shuffle(order, random);
        List<Event> events = new ArrayList<>();
        long at = 0;
        for (FaultKind kind : order) {
            if (at > length.toMillis() * 6 / 10) {
                break;
            }
            Event event = event(random, at, kind, true);
            events.add(event);
            at = event.end().plus(REST).toMillis();
        }
        while (at < length.toMillis()) {
            Event event = event(random, at, order.get(random.nextInt(order.size())), false);
            if (events.stream().noneMatch(before -> clash(before, event))) {
                events.add(event);
            }
            at += random.nextInt(300, 4_000);
        }
        return new FaultPlan(seed, List.copyOf(events));
    }

    private static Event event(Random random, long at, FaultKind kind, boolean alone) {
        boolean slow = kind.worksSlowly() && random.nextInt(SLOW_ONE_IN) == 0;
        int length = slow ? random.nextInt(SLOW_MS, LONGEST_SLOW_MS) : random.nextInt(SHORTEST_MS, LONGEST_MS);
        String target = kind.targets().get(random.nextInt(kind.targets().size()));
        return new Event(Duration.ofMillis(at), Duration.ofMillis(length), kind, target, kind.severity(random), alone);
    }

    private static boolean clash(Event before, Event event) {
        return before.kind() == event.kind() && before.target().equals(event.target())
                && before.end().compareTo(event.at()) > 0;
    }
}
