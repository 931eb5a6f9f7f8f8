package dev.xebec.contracts.state;

import dev.xebec.contracts.Bytes;

/** An effect of a transaction on one key. */
public sealed interface Write {
    String key();

    /** @param expiresAtEpochMillis when the leader may delete the key by its clock; 0 for never */
    record Put(String key, Bytes value, long expiresAtEpochMillis) implements Write {}

    /** Deleting an absent key is no error and no change. */
    record Delete(String key) implements Write {}
}
