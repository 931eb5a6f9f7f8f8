package dev.xebec.kit.member;

import dev.xebec.contracts.member.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The members heard of, by the process that spoke for them. Not thread-safe; time comes as an argument, on a monotonic
 * scale. Each change answers the roles whose ready members are others than before.
 */
final class MemberTable {
    private final long ownSource;
    private final long silenceNanos;
    private final Map<Long, Speaker> speakers = new HashMap<>();
    private View view = View.EMPTY;
    private long lastExpiryNanos;
    private boolean excused;

    private record Speaker(Heartbeat last, long heardNanos) {}

    /**
     * @param all ordered by name
     * @param ready by role, ordered by name
     */
    record View(List<Member> all, Map<String, List<Member>> ready) {
        static final View EMPTY = new View(List.of(), Map.of());
    }

    MemberTable(long ownSource, long silenceNanos, long nowNanos) {
        this.ownSource = ownSource;
        this.silenceNanos = silenceNanos;
        lastExpiryNanos = nowNanos;
    }

    View view() {
        return view;
    }

    boolean knows(long source) {
        return speakers.containsKey(source);
    }

    Set<String> heard(Heartbeat heartbeat, long nowNanos) {
        if (heartbeat.goodbye()) {
            speakers.remove(heartbeat.source());
        } else {
            if (!speakers.containsKey(heartbeat.source())) {
                // A process of that name that was there before has been replaced, known to be dead or not.
                speakers.values().removeIf(speaker -> speaker.last().process().equals(heartbeat.process())
                        && speaker.last().source() != ownSource);
            }
            speakers.put(heartbeat.source(), new Speaker(heartbeat, nowNanos));
        }
        return refresh();
    }

    Set<String> nodeLeft(String node) {
        speakers.values().removeIf(speaker -> speaker.last().node().equals(node) && isOther(speaker));
        return refresh();
    }

    /** Drops who was silent for too long; to be called several times within that time. */
    Set<String> expire(long nowNanos) {
        boolean late = nowNanos - lastExpiryNanos > silenceNanos / 2;
        lastExpiryNanos = nowNanos;
        // Not twice in a row: a process that is always late would never find anybody gone.
        excused = late && !excused;
        if (excused) {
            // It was this process that did not run: what the others said meanwhile is still to be read.
            return Set.of();
        }
        speakers.values().removeIf(speaker -> isOther(speaker) && nowNanos - speaker.heardNanos() > silenceNanos);
        return refresh();
    }

    private boolean isOther(Speaker speaker) {
        return speaker.last().source() != ownSource;
    }

    private Set<String> refresh() {
        View before = view;
        TreeMap<String, Member> byName = new TreeMap<>();
        for (Speaker speaker : speakers.values()) {
            for (Member member : speaker.last().members()) {
                byName.put(member.name(), member);
            }
        }
        Map<String, List<Member>> ready = new HashMap<>();
        for (Member member : byName.values()) {
            if (member.ready()) {
                ready.computeIfAbsent(member.role(), role -> new ArrayList<>()).add(member);
            }
        }
        ready.replaceAll((role, members) -> List.copyOf(members));
        view = new View(List.copyOf(byName.values()), Map.copyOf(ready));
        return changedRoles(before, view);
    }

    private static Set<String> changedRoles(View before, View after) {
        Set<String> roles = new HashSet<>(before.ready().keySet());
        roles.addAll(after.ready().keySet());
        roles.removeIf(role -> identities(before, role).equals(identities(after, role)));
        return roles;
    }

    private static List<String> identities(View view, String role) {
        return view.ready().getOrDefault(role, List.of()).stream().sorted(Comparator.comparing(Member::name))
                .map(member -> member.name() + "/" + member.incarnation()).toList();
    }
}
