package dev.xebec.gateway.registry;

import dev.xebec.contracts.Bytes;

/**
 * What a write has come to.
 *
 * @param json the object with its resourceVersion; of a removed one its last state
 */
public record Outcome(Kind kind, Bytes json, long revision) {

    /** What happened to the object. */
    public enum Kind {
        CREATED, UPDATED, UNCHANGED, REMOVED
    }
}
