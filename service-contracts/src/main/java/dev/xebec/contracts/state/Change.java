package dev.xebec.contracts.state;

import org.jspecify.annotations.Nullable;

/**
 * One key's change at one revision.
 *
 * @param current the value put; null for a deletion
 */
public record Change(long revision, String key, @Nullable KeyValue current) {

    public boolean deletion() {
        return current == null;
    }
}
