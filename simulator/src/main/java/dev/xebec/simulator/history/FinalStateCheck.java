package dev.xebec.simulator.history;

import dev.xebec.simulator.history.Timeline.Known;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What every gateway shows in the end: all that was acknowledged, and the same everywhere. */
final class FinalStateCheck implements HistoryCheck {
    private final List<Entry.Listing> finalState;

    /** @param finalState lists without selectors, some of each gateway, made after everything had settled */
    FinalStateCheck(List<Entry.Listing> finalState) {
        this.finalState = List.copyOf(finalState);
    }

    @Override
    public String name() {
        return "nothing acknowledged is lost";
    }

    @Override
    public long size(History history, Timeline timeline) {
        return history.writes().stream().filter(write -> write.outcome() instanceof Outcome.Acknowledged).count();
    }

    @Override
    public List<String> violations(History history, Timeline timeline) {
        List<String> found = new ArrayList<>();
        Map<ObjectId, Entry.Write> newest = newest(history);
        for (Entry.Listing listing : finalState) {
            Map<ObjectId, ObjectState> shown = new HashMap<>();
            listing.items().forEach(state -> shown.put(state.id(), state));
            newest.forEach((id, write) -> {
                if (listing.scope().covers(id)) {
                    compare(write, shown.get(id), listing, history, timeline, found);
                }
            });
        }
        for (List<Entry.Listing> same : byGateway().values()) {
            List<ObjectState> all = same.stream().flatMap(listing -> listing.items().stream()).toList();
            PodLifeCheck.surplus(all)
                    .forEach(text -> found.add("in the end at " + same.get(0).gateway() + ", " + text));
        }
        compareGateways(found);
        return found;
    }

    /** By object, the acknowledged write with the greatest revision. */
    private static Map<ObjectId, Entry.Write> newest(History history) {
        Map<ObjectId, Entry.Write> newest = new TreeMap<>();
        for (Entry.Write write : history.writes()) {
            if (write.acknowledged() != null && !(write.intent() instanceof Intent.Delete)) {
                newest.merge(write.id(), write, (one, other) -> revision(one) >= revision(other) ? one : other);
            }
        }
        return newest;
    }

    private static long revision(Entry.Write write) {
        return Objects.requireNonNull(write.acknowledged()).revision();
    }

    private static void compare(Entry.Write write, @Nullable ObjectState shown, Entry.Listing listing, History history,
            Timeline timeline, List<String> found) {
        String text = write.acknowledged() + ", acknowledged to " + write.who() + ", ";
        if (shown != null) {
            if (shown.revision() < revision(write)) {
                found.add(text + "is older in the end at " + listing.who() + ": " + shown);
            }
        } else if (!mayBeDeleted(write, history, timeline)) {
            found.add(text + "is not there in the end at " + listing.who() + ", and nobody deleted it");
        }
    }

    /** Somebody saw it go, or somebody asked for that and was not refused. */
    private static boolean mayBeDeleted(Entry.Write write, History history, Timeline timeline) {
        Map.Entry<Long, Known> last = timeline.of(write.id()).lastEntry();
        boolean seen = last != null && last.getKey() > revision(write) && last.getValue().state() == null;
        return seen || history.writes().stream().anyMatch(other -> other.intent() instanceof Intent.Delete
                && other.id().equals(write.id()) && !(other.outcome() instanceof Outcome.Refused)
                && (other.ended() >= write.begun() || other.outcome() instanceof Outcome.Unknown));
    }

    private Map<String, List<Entry.Listing>> byGateway() {
        Map<String, List<Entry.Listing>> byGateway = new TreeMap<>();
        finalState.forEach(listing -> byGateway.computeIfAbsent(listing.gateway(), gateway -> new ArrayList<>())
                .add(listing));
        return byGateway;
    }

    /** Two lists may differ in what happened between them, but not in what both show at one revision of an object. */
    private void compareGateways(List<String> found) {
        Map<ObjectId, ObjectState> first = new HashMap<>();
        Map<ObjectId, String> firstWho = new HashMap<>();
        for (Entry.Listing listing : finalState) {
            for (ObjectState state : listing.items()) {
                ObjectState other = first.putIfAbsent(state.id(), state);
                String otherWho = firstWho.putIfAbsent(state.id(), listing.who());
                if (other != null && other.revision() == state.revision() && !other.looksLike(state)) {
                    found.add(listing.who() + " shows " + state + " with " + state.digest() + " and " + otherWho
                            + " shows it with " + other.digest());
                }
            }
        }
    }
}
