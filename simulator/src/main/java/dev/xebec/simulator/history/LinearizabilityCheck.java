package dev.xebec.simulator.history;

import dev.xebec.simulator.history.OrderSearch.Operation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Each object that clients write is a register with compare-and-set: there is one order of all that was done to it, within
 * real time, in which every answer is right. Objects are judged one by one.
 */
final class LinearizabilityCheck implements HistoryCheck {

    @Override
    public String name() {
        return "linearizable";
    }

    @Override
    public long size(History history, Timeline timeline) {
        return operations(history, timeline).values().stream().mapToLong(Collection::size).sum();
    }

    @Override
    public List<String> violations(History history, Timeline timeline) {
        List<String> found = new ArrayList<>();
        operations(history, timeline).forEach((id, operations) -> {
            switch (OrderSearch.search(Register.ABSENT, operations)) {
                case OrderSearch.Verdict.Ordered ordered -> {
                }
                case OrderSearch.Verdict.Impossible impossible ->
                    found.add(id + ": no order explains all answers; what fits nowhere: " + impossible.stuck());
                case OrderSearch.Verdict.Undecided undecided -> found.add(id + ": not decided after "
                        + OrderSearch.MAX_STEPS + " states; check it with a shorter history");
            }
        });
        return found;
    }

    /** Only objects that nobody but the recording clients writes can be judged: those that were written with a value. */
    private static Map<ObjectId, List<Operation<Register>>> operations(History history, Timeline timeline) {
        Map<ObjectId, List<Operation<Register>>> operations = new TreeMap<>();
        List<Entry.Write> writes = history.writes();
        for (Entry.Write write : writes) {
            if (!write.intent().value().isEmpty()) {
                operations.putIfAbsent(write.id(), new ArrayList<>());
            }
        }
        for (Entry.Write write : writes) {
            List<Operation<Register>> onObject = operations.get(write.id());
            if (onObject != null) {
                onObject.add(operation(write, timeline));
            }
        }
        history.each(Entry.Get.class).filter(get -> get.consistency() == Entry.Consistency.LINEARIZABLE)
                .forEach(get -> {
                    List<Operation<Register>> onObject = operations.get(get.id());
                    if (onObject != null) {
                        onObject.add(read(get, get.seen()));
                    }
                });
        history.listings().stream().filter(listing -> listing.consistency() == Entry.Consistency.LINEARIZABLE)
                .filter(listing -> listing.scope().labels().isEmpty())
                .forEach(listing -> addReads(listing, operations));
        return operations;
    }

    private static void addReads(Entry.Listing listing, Map<ObjectId, List<Operation<Register>>> operations) {
        Map<ObjectId, ObjectState> seen = new TreeMap<>();
        listing.items().forEach(state -> seen.put(state.id(), state));
        operations.forEach((id, onObject) -> {
            if (listing.scope().covers(id)) {
                onObject.add(read(listing, seen.get(id)));
            }
        });
    }

    private static Operation<Register> read(Entry entry, @Nullable ObjectState seen) {
        return new Operation<>("read by " + entry.who() + " of " + (seen == null ? "nothing" : seen), entry.begun(),
                entry.ended(), true, before -> before.shows(seen) ? before : null);
    }

    private static Operation<Register> operation(Entry.Write write, Timeline timeline) {
        String text = write.intent() + " by " + write.who() + ": " + write.outcome();
        return switch (write.outcome()) {
            case Outcome.Acknowledged done -> new Operation<>(text, write.begun(), write.ended(), true,
                    before -> before.after(write.intent(), done.state() == null ? 0 : done.state().revision()));
            case Outcome.Refused refused -> new Operation<>(text, write.begun(), write.ended(), true,
                    before -> before.refuses(write.intent(), refused.reason()) ? before : null);
            case Outcome.Unknown unknown -> {
                long revision = write.intent() instanceof Intent.Delete
                        ? 0
                        : timeline.revisionOf(write.id(), write.intent().value());
                yield new Operation<>(text, write.begun(), OrderSearch.NEVER, revision > 0,
                        before -> before.after(write.intent(), revision));
            }
        };
    }
}
