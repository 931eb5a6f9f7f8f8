package dev.xebec.state.etcd;

import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.OutcomeForgottenException;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.contracts.state.Write;
import dev.xebec.state.machine.TxnRules;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.kv.TxnResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Has etcd apply single transactions, each once however often it is asked to. Thread-safe; callers block. */
final class Judge {
    /** For how long after its last use a register stays: far longer than any attempt is under way. */
    private static final Duration REGISTER_LIFE = Duration.ofHours(1);

    private final KV kv;
    private final EtcdLayout layout;
    private final EtcdCalls calls;
    private final InstantSource clock;
    private final Leases expiries;
    private final Leases registerLeases;
    private final Registers registers = new Registers();
    private final LongConsumer seen;

    /** @param seen told of every revision that etcd mentions */
    Judge(KV kv, EtcdLayout layout, EtcdCalls calls, InstantSource clock, Leases expiries, Leases registerLeases,
            LongConsumer seen) {
        this.kv = kv;
        this.layout = layout;
        this.calls = calls;
        this.clock = clock;
        this.expiries = expiries;
        this.registerLeases = registerLeases;
        this.seen = seen;
    }

    /** The {@code index}-th transaction of a client's proposal. */
    TxnResult apply(long client, long sequence, int index, Txn txn) {
        String objection = TxnRules.objection(txn);
        if (objection != null) {
            return new TxnResult.Invalid(objection);
        }
        ByteSequence register = layout.register(client, Math.floorMod(sequence, Registers.LANES), index);
        try {
            while (true) {
                Txn effective = txn;
                if (!txn.writes().isEmpty() && txn.writes().stream().allMatch(Write.Delete.class::isInstance)) {
                    effective = withoutAbsent(txn);
                }
                TxnResult result = effective.writes().isEmpty()
                        ? read(register, sequence, txn)
                        : write(register, sequence, effective);
                if (result != null) {
                    return result;
                }
            }
        } catch (EtcdCalls.TooLarge tooLarge) {
            return new TxnResult.Invalid(String.valueOf(tooLarge.getMessage()));
        }
    }

    /** Deletions of what is there now: deleting what is not takes no revision. */
    private Txn withoutAbsent(Txn deletions) {
        List<Write> there = deletions.writes().stream()
                .filter(delete -> calls.await(kv.get(layout.key(delete.key()))).getCount() > 0).toList();
        return new Txn(deletions.guards(), there);
    }

    /**
     * A transaction that changes nothing if it holds; null where what it deletes has come to be. Deletions are among these when
     * their keys are gone, by an earlier attempt perhaps, which the register knows of.
     */
    private @Nullable TxnResult read(ByteSequence register, long sequence, Txn txn) {
        EtcdTxn asked = new EtcdTxn(layout).guards(txn.guards()).onlyIfAbsent(txn.writes());
        if (!txn.writes().isEmpty()) {
            asked.show(register);
        }
        TxnResponse response = commit(asked);
        if (!txn.writes().isEmpty()) {
            TxnResult before = learn(register, response, sequence);
            if (before != null) {
                return before;
            }
        }
        if (response.isSucceeded()) {
            return new TxnResult.Committed(response.getHeader().getRevision());
        }
        return refusal(txn, response);
    }

    /** Null where it has to be tried again with what was learnt. */
    private @Nullable TxnResult write(ByteSequence register, long sequence, Txn txn) {
        Registers.Mark known = registers.mark(register);
        TxnResult before = appliedBefore(known, sequence);
        if (before != null) {
            return before;
        }
        TxnResponse response;
        try {
            response = commit(inEtcdsTerms(register, known.revision(), sequence, txn));
        } catch (EtcdCalls.LeaseGone gone) {
            expiries.forget();
            registerLeases.forget();
            return null;
        }
        long revision = response.getHeader().getRevision();
        if (response.isSucceeded()) {
            registers.found(register, new Registers.Mark(revision, sequence));
            return new TxnResult.Committed(revision);
        }
        TxnResult earlier = learn(register, response, sequence);
        return earlier == null ? refusal(txn, response) : earlier;
    }

    /** What the register that the answer shows says of the proposal. */
    private @Nullable TxnResult learn(ByteSequence register, TxnResponse response, long sequence) {
        io.etcd.jetcd.KeyValue found = EtcdTxn.registered(response);
        if (found == null) {
            registers.gone(register);
            return null;
        }
        Registers.Mark mark = new Registers.Mark(found.getModRevision(), EtcdLayout.number(found.getValue()));
        registers.found(register, mark);
        return appliedBefore(mark, sequence);
    }

    /** What the register says of the proposal: its result where it was applied, null where it may be applied yet. */
    private static @Nullable TxnResult appliedBefore(Registers.Mark mark, long sequence) {
        if (mark.sequence() > sequence) {
            throw new OutcomeForgottenException("proposal " + sequence
                    + " may have been applied before: its results are forgotten");
        }
        return mark.sequence() == sequence ? new TxnResult.Committed(mark.revision()) : null;
    }

    private EtcdTxn inEtcdsTerms(ByteSequence register, long known, long sequence, Txn txn) {
        EtcdTxn built = new EtcdTxn(layout).guards(txn.guards());
        if (txn.writes().stream().allMatch(Write.Delete.class::isInstance)) {
            built.onlyIfThere(txn.writes());
        }
        for (Write write : txn.writes()) {
            switch (write) {
                case Write.Put put -> built.put(put,
                        put.expiresAtEpochMillis() == 0 ? 0 : expiries.until(put.expiresAtEpochMillis()));
                case Write.Delete delete -> built.delete(delete);
            }
        }
        return built.register(register, known, sequence,
                registerLeases.until(clock.millis() + REGISTER_LIFE.toMillis()));
    }

    private TxnResponse commit(EtcdTxn txn) {
        TxnResponse response = calls.await(txn.commit(kv));
        seen.accept(response.getHeader().getRevision());
        return response;
    }

    /** Null where all guards hold, so that something else was in the way. */
    private @Nullable TxnResult refusal(Txn txn, TxnResponse response) {
        int keys = (int) txn.guards().stream().map(Guard::key).distinct().count();
        List<KeyValue> current = EtcdTxn.guarded(response, keys, layout);
        Map<String, KeyValue> byKey = current.stream().collect(Collectors.toMap(KeyValue::key, Function.identity()));
        boolean hold = txn.guards().stream().allMatch(guard -> holds(guard, byKey.get(guard.key())));
        return hold ? null : new TxnResult.Refused(response.getHeader().getRevision(), current);
    }

    private static boolean holds(Guard guard, @Nullable KeyValue current) {
        return current == null ? guard.holds(0, 0) : guard.holds(current.modRevision(), current.version());
    }
}
