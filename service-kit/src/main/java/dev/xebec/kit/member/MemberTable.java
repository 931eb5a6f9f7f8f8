package dev.xebec.kit.member;

import dev.xebec.contracts.member.Member;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The members that processes speak for. Not thread-safe. Each change answers the roles whose ready members are others than
 * before.
 */
final class MemberTable {
    private View view = View.EMPTY;

    /**
     * @param all ordered by name
     * @param ready by role, ordered by name
     */
    record View(List<Member> all, Map<String, List<Member>> ready) {
        static final View EMPTY = new View(List.of(), Map.of());
    }

    View view() {
        return view;
    }

    /**
     * Takes what the processes say that are there, all of them, the one heard of last at the end: a process of a name that was there
     * before has been replaced, known to be dead or not.
     */
    Set<String> heard(Collection<Heartbeat> heartbeats) {
        Map<String, Heartbeat> byProcess = new HashMap<>();
        heartbeats.forEach(heartbeat -> byProcess.put(heartbeat.process(), heartbeat));
        TreeMap<String, Member> byName = new TreeMap<>();
        for (Heartbeat heartbeat : byProcess.values()) {
            heartbeat.members().forEach(member -> byName.put(member.name(), member));
        }
        Map<String, List<Member>> ready = new HashMap<>();
        for (Member member : byName.values()) {
            if (member.ready()) {
                ready.computeIfAbsent(member.role(), role -> new ArrayList<>()).add(member);
            }
        }
        ready.replaceAll((role, members) -> List.copyOf(members));
        View before = view;
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
        return view.ready().getOrDefault(role, List.of()).stream()
                .map(member -> member.name() + "/" + member.incarnation()).toList();
    }
}
