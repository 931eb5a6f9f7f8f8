package dev.xebec.simulator.history;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How long users had to wait at the most.
 *
 * @param write from one acknowledged write, of anybody, to the next
 * @param watch from a write's acknowledgement to when a watcher was shown it that goes to whichever gateway works
 * @param pinned the same for watchers that stay with one gateway, also while it is down
 * @param scheduling from when a pod was first seen to when it was first seen on a node
 */
public record Gaps(Duration write, Duration watch, Duration pinned, Duration scheduling) {

    /** Of a whole history, or of a part of one. */
    public static Gaps of(History history) {
        Set<String> moving = moving(history);
        return new Gaps(Duration.ofNanos(writeGap(history)), Duration.ofNanos(watchGap(history, moving::contains)),
                Duration.ofNanos(watchGap(history, client -> !moving.contains(client))),
                Duration.ofNanos(schedulingGap(history)));
    }

    /** Clients that watched at more than one gateway. */
    private static Set<String> moving(History history) {
        Map<String, String> first = new HashMap<>();
        return history.watches().stream().filter(
                watch -> !first.computeIfAbsent(watch.client(), client -> watch.gateway()).equals(watch.gateway()))
                .map(Entry.Watch::client).collect(Collectors.toSet());
    }

    private static long writeGap(History history) {
        List<Long> ends = history.writes().stream().filter(write -> write.outcome() instanceof Outcome.Acknowledged)
                .map(Entry.Write::ended).sorted().toList();
        long gap = 0;
        for (int at = 1; at < ends.size(); at++) {
            gap = Math.max(gap, ends.get(at) - ends.get(at - 1));
        }
        return gap;
    }

    private static long watchGap(History history, Predicate<String> counted) {
        Map<ObjectId, Map<Long, Long>> acknowledged = new HashMap<>();
        for (Entry.Write write : history.writes()) {
            ObjectState state = write.acknowledged();
            if (state != null && !(write.intent() instanceof Intent.Delete)) {
                acknowledged.computeIfAbsent(state.id(), id -> new HashMap<>()).merge(state.revision(), write.ended(),
                        Math::min);
            }
        }
        return history.watches().stream().filter(watch -> counted.test(watch.client()))
                .flatMap(watch -> watch.items().stream()).mapToLong(item -> {
                    Long at = item instanceof WatchItem.Event event && event.type() != WatchItem.Type.DELETED
                            ? acknowledged.getOrDefault(event.state().id(), Map.of()).get(event.revision())
                            : null;
                    return at == null ? 0 : item.at() - at;
                }).max().orElse(0);
    }

    private static long schedulingGap(History history) {
        Map<String, Long> pending = new HashMap<>();
        Map<String, Long> bound = new HashMap<>();
        for (Entry.Write write : history.writes()) {
            ObjectState state = write.acknowledged();
            if (state != null && write.intent() instanceof Intent.Create) {
                note(state, write.ended(), pending, bound);
            }
        }
        history.watches().forEach(watch -> watch.items().forEach(item -> {
            if (item instanceof WatchItem.Event event && event.type() != WatchItem.Type.DELETED) {
                note(event.state(), event.at(), pending, bound);
            }
        }));
        return bound.entrySet().stream()
                .mapToLong(entry -> entry.getValue() - pending.getOrDefault(entry.getKey(), entry.getValue())).max()
                .orElse(0);
    }

    private static void note(ObjectState state, long at, Map<String, Long> pending, Map<String, Long> bound) {
        if (state.facts() instanceof Facts.Pod pod) {
            (pod.node().isEmpty() ? pending : bound).merge(state.uid(), at, Math::min);
        }
    }
}
