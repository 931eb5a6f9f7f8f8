package dev.xebec.contracts.state;

import dev.xebec.contracts.Bytes;

/**
 * A key's value at some revision.
 *
 * @param createRevision the revision that created the key
 * @param modRevision the revision of this value
 * @param version 1 at creation, one more at each put
 */
public record KeyValue(String key, Bytes value, long createRevision, long modRevision, long version) {}
