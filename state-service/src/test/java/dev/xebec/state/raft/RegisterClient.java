package dev.xebec.state.raft;

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
import dev.xebec.contracts.state.LinearizabilityChecker.Write;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.contracts.state.Write.Delete;
import dev.xebec.contracts.state.Write.Put;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Uses keys as registers, at any replica, and writes down what it called and what came back. */
public final class RegisterClient {
    private static final int KEYS = 3;

    private final int number;
    private final IntFunction<StateStore> stores;
    private final AtomicLong clock;
    private final List<Operation> history;
    private final Random random;
    private final Writer writer = new Writer();
    private int values;

    /** @param stores three of them; unavailable where one is stopped */
    public RegisterClient(int number, IntFunction<StateStore> stores, AtomicLong clock, List<Operation> history) {
        this.number = number;
        this.stores = stores;
        this.clock = clock;
        this.history = history;
        random = new Random(number);
    }

    public void run(AtomicBoolean over) {
        while (!over.get()) {
            String key = "r" + random.nextInt(KEYS);
            StateStore store;
            try {
                store = stores.apply(random.nextInt(3));
            } catch (UnavailableException e) {
                Group.sleep(Duration.ofMillis(5));
                continue;
            }
            if (random.nextInt(3) == 0) {
                write(store, key, random.nextInt(4) == 0 ? null : fresh());
            } else {
                readAndSwap(store, key);
            }
            Group.sleep(Duration.ofMillis(random.nextInt(10)));
        }
    }

    private String fresh() {
        return "c" + number + "-" + values++;
    }

    private void write(StateStore store, String key, @Nullable String value) {
        Txn txn = new Txn(List.of(),
                List.of(value == null ? new Delete(key) : new Put(key, Bytes.utf8(value), 0)));
        long invoked = clock.incrementAndGet();
        try {
            store.propose(writer.proposal(txn));
            record(key, invoked, new Write(value));
        } catch (UnavailableException e) {
            history.add(new Operation(key, invoked, Operation.NEVER, new Write(value)));
        }
    }

    private void readAndSwap(StateStore store, String key) {
        long invoked = clock.incrementAndGet();
        KeyValue seen;
        try {
            List<KeyValue> found = Writer.read(store, key);
            seen = found.isEmpty() ? null : found.getFirst();
        } catch (UnavailableException e) {
            return;
        }
        record(key, invoked, new Read(text(seen)));
        if (random.nextBoolean()) {
            swap(store, key, seen, fresh());
        }
    }

    /** Values are never used again, so being at a revision is the same as having a value. */
    private void swap(StateStore store, String key, @Nullable KeyValue expected, String value) {
        Guard guard = expected == null ? new Guard.Absent(key) : new Guard.ModRevision(key, expected.modRevision());
        Txn txn = new Txn(List.of(guard), List.of(new Put(key, Bytes.utf8(value), 0)));
        long invoked = clock.incrementAndGet();
        try {
            Action action = switch (store.propose(writer.proposal(txn)).getFirst()) {
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
