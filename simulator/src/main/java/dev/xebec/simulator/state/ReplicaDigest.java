package dev.xebec.simulator.state;

import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.state.machine.History;
import dev.xebec.state.machine.Position;
import dev.xebec.state.machine.StateMachine;
import dev.xebec.state.machine.Storage;
import dev.xebec.state.machine.Table;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a copy of the state holds, as one number: equal for equal copies at equal positions, however far each has swept what
 * compaction made unreachable.
 *
 * @param at where the copy stood
 */
public record ReplicaDigest(Position at, long hash) {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    private static final int SLICE_BYTES = 1024 * 1024;

    /** Looks again where an entry was applied meanwhile. */
    static ReplicaDigest of(StateMachine machine, Storage storage) {
        while (true) {
            Position at = machine.position();
            long hash = OFFSET;
            for (Table table : new Table[]{Table.HEADS, Table.EXPIRY, Table.PROPOSALS}) {
                hash = table(storage, table, hash);
            }
            hash = values(machine, hash);
            hash = changes(machine, at, hash);
            if (machine.position().equals(at)) {
                return new ReplicaDigest(at, hash);
            }
        }
    }

    private static long table(Storage storage, Table table, long seed) {
        return Objects.requireNonNull(storage.read(table, cursor -> {
            long hash = seed;
            for (cursor.seek(new byte[0]); cursor.valid(); cursor.next()) {
                hash = bytes(bytes(hash, cursor.key()), cursor.value());
            }
            return hash;
        }));
    }

    private static long values(StateMachine machine, long seed) {
        long hash = seed;
        if (machine.range(RangeQuery.prefix("")) instanceof RangeResult.Page page) {
            for (KeyValue keyValue : page.keyValues()) {
                hash = keyValue(hash, keyValue);
            }
        }
        return hash;
    }

    private static long changes(StateMachine machine, Position at, long seed) {
        long hash = seed;
        long next = Math.max(1, at.compacted());
        while (next <= at.revision() && machine.changes(next, SLICE_BYTES) instanceof History.Changes slice) {
            for (Change change : slice.changes()) {
                hash = keyValue(number(bytes(hash, utf8(change.key())), change.revision()), change.current());
            }
            next = slice.through() + 1;
        }
        return hash;
    }

    private static long keyValue(long seed, @Nullable KeyValue keyValue) {
        if (keyValue == null) {
            return number(seed, -1);
        }
        long hash = bytes(bytes(seed, utf8(keyValue.key())), keyValue.value().array());
        return number(number(number(hash, keyValue.createRevision()), keyValue.modRevision()), keyValue.version());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static long number(long seed, long number) {
        return (seed ^ number) * PRIME + (seed >>> 29);
    }

    private static long bytes(long seed, byte[] bytes) {
        long hash = number(seed, bytes.length);
        for (byte one : bytes) {
            hash = (hash ^ (one & 0xFF)) * PRIME;
        }
        return hash;
    }
}
