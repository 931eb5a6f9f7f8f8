package dev.xebec.state.machine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One change as {@link Table#LOG} holds it.
 *
 * @param replaced revision of the version that the change made obsolete; 0 for none
 */
record LogItem(boolean deletion, long replaced, byte[] key) {
    private static final int HEADER_BYTES = 9;

    byte[] encode() {
        byte[] encoded = new byte[HEADER_BYTES + key.length];
        encoded[0] = (byte) (deletion ? 1 : 0);
        Layout.putLong(encoded, 1, replaced);
        System.arraycopy(key, 0, encoded, HEADER_BYTES, key.length);
        return encoded;
    }

    static LogItem decode(byte[] encoded) {
        return new LogItem(encoded[0] == 1, Layout.getLong(encoded, 1),
                Arrays.copyOfRange(encoded, HEADER_BYTES, encoded.length));
    }

    String keyText() {
        return new String(key, StandardCharsets.UTF_8);
    }
}
