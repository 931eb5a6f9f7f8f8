package dev.xebec.contracts.state;

import java.util.List;

/** What a range read found. */
public sealed interface RangeResult {

    /** @param revision the revision that was read: continue a page at it; @param more whether keys were left off */
    record Page(long revision, List<KeyValue> keyValues, boolean more) implements RangeResult {}

    /** The asked revision is older than what is kept. */
    record Compacted(long compactedRevision) implements RangeResult {}
}
