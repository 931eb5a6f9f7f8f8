package dev.xebec.state.etcd;

import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.Write;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.Txn;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One transaction in etcd's terms, as it is put together: conditions, writes, and what is read where a condition fails. */
final class EtcdTxn {
    private final EtcdLayout layout;
    private final List<Cmp> conditions = new ArrayList<>();
    /** What is done where all conditions hold. */
    private final List<Op> writes = new ArrayList<>();
    private final List<Op> reads = new ArrayList<>();

    EtcdTxn(EtcdLayout layout) {
        this.layout = layout;
    }

    EtcdTxn guards(Collection<Guard> guards) {
        Set<String> read = new LinkedHashSet<>();
        for (Guard guard : guards) {
            ByteSequence key = layout.key(guard.key());
            switch (guard) {
                case Guard.Absent absent -> conditions.add(version(key, 0));
                case Guard.Version version -> conditions.add(version(key, version.version()));
                case Guard.ModRevision mod -> {
                    conditions.add(modRevision(key, mod.revision()));
                    if (mod.revision() <= 0) {
                        // Of a key that is not there, etcd says revision 0.
                        conditions.add(exists(key));
                    }
                }
            }
            if (read.add(guard.key())) {
                reads.add(get(key));
            }
        }
        return this;
    }

    EtcdTxn onlyIfAbsent(Collection<Write> keys) {
        keys.forEach(write -> conditions.add(version(layout.key(write.key()), 0)));
        return this;
    }

    EtcdTxn onlyIfThere(Collection<Write> keys) {
        keys.forEach(write -> conditions.add(exists(layout.key(write.key()))));
        return this;
    }

    /** The register has to be as it was written at that revision, or absent for 0, and is read last where it is not. */
    EtcdTxn register(ByteSequence register, long knownRevision, long sequence, long lease) {
        conditions.add(knownRevision == 0 ? version(register, 0) : modRevision(register, knownRevision));
        writes.add(Op.put(register, EtcdLayout.number(sequence), PutOption.builder().withLeaseId(lease).build()));
        reads.add(get(register));
        return this;
    }

    /** The register is read last, whether the conditions hold or not. */
    EtcdTxn show(ByteSequence register) {
        writes.add(get(register));
        reads.add(get(register));
        return this;
    }

    /** @param lease for a value that expires */
    EtcdTxn put(Write.Put put, long lease) {
        PutOption option = lease == 0 ? PutOption.DEFAULT : PutOption.builder().withLeaseId(lease).build();
        writes.add(Op.put(layout.key(put.key()), ByteSequence.from(put.value().array()), option));
        return this;
    }

    EtcdTxn delete(Write.Delete delete) {
        writes.add(Op.delete(layout.key(delete.key()), DeleteOption.DEFAULT));
        return this;
    }

    CompletableFuture<TxnResponse> commit(KV kv) {
        Txn txn = kv.txn();
        if (!conditions.isEmpty()) {
            txn = txn.If(conditions.toArray(Cmp[]::new));
        }
        return txn.Then(writes.toArray(Op[]::new)).Else(reads.toArray(Op[]::new)).commit();
    }

    /** What stood at the guarded keys where a condition failed. */
    static List<KeyValue> guarded(TxnResponse response, int guardedKeys, EtcdLayout layout) {
        List<KeyValue> found = new ArrayList<>(guardedKeys);
        for (GetResponse read : response.getGetResponses().subList(0, guardedKeys)) {
            read.getKvs().forEach(stored -> found.add(layout.keyValue(stored)));
        }
        return List.copyOf(found);
    }

    /** What stood in the register that was read last; null for nothing. */
    static io.etcd.jetcd.@Nullable KeyValue registered(TxnResponse response) {
        List<io.etcd.jetcd.KeyValue> stored = response.getGetResponses().getLast().getKvs();
        return stored.isEmpty() ? null : stored.getFirst();
    }

    private static Op get(ByteSequence key) {
        return Op.get(key, GetOption.DEFAULT);
    }

    private static Cmp version(ByteSequence key, long version) {
        return new Cmp(key, Cmp.Op.EQUAL, CmpTarget.version(version));
    }

    private static Cmp exists(ByteSequence key) {
        return new Cmp(key, Cmp.Op.GREATER, CmpTarget.version(0));
    }

    private static Cmp modRevision(ByteSequence key, long revision) {
        return new Cmp(key, Cmp.Op.EQUAL, CmpTarget.modRevision(revision));
    }
}
