package dev.xebec.state.machine;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.KeyValue;
import java.util.Arrays;

/** One version of a key as {@link Table#DATA} holds it: create revision, version, value; or nothing, for a tombstone. */
final class Version {
    private static final int HEADER_BYTES = 16;
    private static final byte[] TOMBSTONE = new byte[0];

    private Version() {}

    static byte[] tombstone() {
        return TOMBSTONE;
    }

    static boolean isTombstone(byte[] encoded) {
        return encoded.length == 0;
    }

    static byte[] encode(long createRevision, long version, Bytes value) {
        byte[] encoded = new byte[HEADER_BYTES + value.size()];
        Layout.putLong(encoded, 0, createRevision);
        Layout.putLong(encoded, 8, version);
        System.arraycopy(value.array(), 0, encoded, HEADER_BYTES, value.size());
        return encoded;
    }

    static KeyValue decode(String key, long modRevision, byte[] encoded) {
        return new KeyValue(key, Bytes.of(Arrays.copyOfRange(encoded, HEADER_BYTES, encoded.length)),
                Layout.getLong(encoded, 0), modRevision, Layout.getLong(encoded, 8));
    }
}
