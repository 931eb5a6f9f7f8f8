package dev.xebec.state.machine;

/**
 * A key that exists, without its value.
 *
 * @param expiresAtEpochMillis 0 for never
 */
record Head(long createRevision, long modRevision, long version, long expiresAtEpochMillis) {

    byte[] encode() {
        return Layout.longs(createRevision, modRevision, version, expiresAtEpochMillis);
    }

    static Head decode(byte[] encoded) {
        return new Head(Layout.getLong(encoded, 0), Layout.getLong(encoded, 8), Layout.getLong(encoded, 16),
                Layout.getLong(encoded, 24));
    }
}
