package dev.xebec.gateway.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.contracts.state.Write;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a write wants done, decided from one state of the object. */
public sealed interface Decision {

    /**
     * Store this object.
     *
     * @param tree may be changed by nobody from now on
     * @param expiresAtEpochMillis 0 for never
     * @param guards and {@code writes}: on and to other keys, in the same transaction
     * @param way null for straight to the store
     */
    record Put(ObjectNode tree, long expiresAtEpochMillis, List<Guard> guards, List<Write> writes, @Nullable Way way)
            implements
                Decision {
        public Put(ObjectNode tree) {
            this(tree, 0, List.of(), List.of());
        }

        public Put(ObjectNode tree, long expiresAtEpochMillis, List<Guard> guards, List<Write> writes) {
            this(tree, expiresAtEpochMillis, guards, writes, null);
        }
    }

    /** How a transaction gets to the store where something is to be added to it on the way, such as a quota's charge. */
    @FunctionalInterface
    interface Way {
        TxnResult commit(Txn txn);
    }

    /**
     * Remove the object.
     *
     * @param guards and {@code writes}: on and to other keys, in the same transaction
     * @param shown what the client is answered with; null for the object's last state
     */
    record Remove(List<Guard> guards, List<Write> writes, @Nullable ObjectNode shown) implements Decision {
        public Remove() {
            this(List.of(), List.of(), null);
        }

        public Remove(ObjectNode shown) {
            this(List.of(), List.of(), shown);
        }
    }

    /** Leave it as it is: nothing would change. */
    record Keep() implements Decision {}
}
