package dev.xebec.simulator.state;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.LinearizabilityChecker.Action;
import dev.xebec.contracts.state.LinearizabilityChecker.MaybeSwapped;
import dev.xebec.contracts.state.LinearizabilityChecker.NotSwapped;
import dev.xebec.contracts.state.LinearizabilityChecker.Operation;
import dev.xebec.contracts.state.LinearizabilityChecker.Read;
import dev.xebec.contracts.state.LinearizabilityChecker.Swapped;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.contracts.state.Write.Put;
import dev.xebec.kit.state.StateClient;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads and swaps keys through the production client, and writes down what it called and what came back. Those with odd
 * numbers only read, so that they stay with a leader that is none any more for as long as it answers.
 */
final class RegisterClient {
    private static final int KEYS = 3;

    private final int number;
    private final StateClient client;
    private final AtomicLong clock;
    private final List<Operation> history;
    private final Random random;
    private int values;

    /** @param history of all clients, which they add to at once */
    RegisterClient(int number, StateClient client, AtomicLong clock, List<Operation> history) {
        this.number = number;
        this.client = client;
        this.clock = clock;
        this.history = history;
        random = new Random(number);
    }

    void run(AtomicBoolean over) {
        while (!over.get()) {
            String key = "r" + random.nextInt(KEYS);
            readAndSwap(key);
            SimulatedStateGroupTest.pause(random.nextInt(10));
        }
    }

    private void readAndSwap(String key) {
        long invoked = clock.incrementAndGet();
        KeyValue seen;
        try {
            RangeQuery query = new RangeQuery(LogGroup.MAIN, key, key + "\0", client.currentRevision(LogGroup.MAIN),
                    0);
            if (!(client.range(query) instanceof RangeResult.Page page)) {
                return;
            }
            seen = page.keyValues().isEmpty() ? null : page.keyValues().getFirst();
        } catch (UnavailableException e) {
            return;
        }
        record(key, invoked, new Read(text(seen)));
        if (number % 2 == 0 && random.nextInt(3) > 0) {
            swap(key, seen, "c" + number + "-" + values++);
        }
    }

    /** Values are never used again, so being at a revision is the same as having a value. */
    private void swap(String key, @Nullable KeyValue expected, String value) {
        Guard guard = expected == null ? new Guard.Absent(key) : new Guard.ModRevision(key, expected.modRevision());
        Txn txn = new Txn(List.of(guard), List.of(new Put(key, Bytes.utf8(value), 0)));
        long invoked = clock.incrementAndGet();
        try {
            Action action = switch (client.commit(txn)) {
                case TxnResult.Committed committed -> new Swapped(text(expected), value);
                case TxnResult.Refused refused -> new NotSwapped(text(expected),
                        refused.current().isEmpty() ? null : text(refused.current().getFirst()));
                case TxnResult.Invalid invalid -> throw new AssertionError(invalid.message());
            };
            record(key, invoked, action);
        } catch (UnavailableException e) {
            history.add(new Operation(key, invoked, Operation.NEVER, new MaybeSwapped(text(expected), value)));
        }
    }

    private void record(String key, long invoked, Action action) {
        history.add(new Operation(key, invoked, clock.incrementAndGet(), action));
    }

    private static @Nullable String text(@Nullable KeyValue keyValue) {
        return keyValue == null ? null : keyValue.value().utf8();
    }
}
