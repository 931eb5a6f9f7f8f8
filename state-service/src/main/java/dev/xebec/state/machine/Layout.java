package dev.xebec.state.machine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** How keys of the tables are laid out, so that their byte order is the order wanted. Durable: changing it needs a new format. */
final class Layout {
    /** Written into a new storage, checked when one is opened. */
    static final long FORMAT = 2;
    /** Has no entries of clients in {@link Table#PROPOSALS}; read as it is, and written on as {@link #FORMAT}. */
    static final long FORMAT_WITHOUT_CLIENTS = 1;
    static final byte[] META_FORMAT = utf8("format");
    static final byte[] META_APPLIED = utf8("applied");
    static final byte[] META_SWEPT = utf8("swept");
    /** The last restore, and the revision after it. */
    static final byte[] META_RESTORED = utf8("restored");

    /** Bytes of a revision in a key. */
    private static final int REVISION_BYTES = 8;

    private Layout() {}

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Versions of a key stand together, newest first. */
    static byte[] data(byte[] key, long revision) {
        byte[] encoded = Arrays.copyOf(key, key.length + 1 + REVISION_BYTES);
        putLong(encoded, key.length + 1, ~revision);
        return encoded;
    }

    /** The end of all versions of a key. */
    static byte[] dataEnd(byte[] key) {
        byte[] encoded = Arrays.copyOf(key, key.length + 1);
        encoded[key.length] = 1;
        return encoded;
    }

    /**
     * A bound of a range read as a bound in {@link Table#DATA}. Keys hold no NUL, so a bound that does is the one right
     * after what stands before the NUL.
     */
    static byte[] dataBound(String bound) {
        int nul = bound.indexOf('\0');
        return nul < 0 ? utf8(bound) : dataEnd(utf8(bound.substring(0, nul)));
    }

    static int userKeyLength(byte[] dataKey) {
        return dataKey.length - 1 - REVISION_BYTES;
    }

    static long dataRevision(byte[] dataKey) {
        return ~getLong(dataKey, dataKey.length - REVISION_BYTES);
    }

    /** Positions count the changes of one revision from 0. */
    static byte[] log(long revision, int position) {
        byte[] encoded = new byte[REVISION_BYTES + 2];
        putLong(encoded, 0, revision);
        encoded[REVISION_BYTES] = (byte) (position >>> 8);
        encoded[REVISION_BYTES + 1] = (byte) position;
        return encoded;
    }

    static long logRevision(byte[] logKey) {
        return getLong(logKey, 0);
    }

    static byte[] expiry(long atEpochMillis, byte[] key) {
        byte[] encoded = new byte[8 + key.length];
        putLong(encoded, 0, atEpochMillis);
        System.arraycopy(key, 0, encoded, 8, key.length);
        return encoded;
    }

    static byte[] proposal(long client, long sequence) {
        byte[] encoded = new byte[16];
        putLong(encoded, 0, client);
        putLong(encoded, 8, sequence);
        return encoded;
    }

    /** Stands before the client's proposals. */
    static byte[] client(long client) {
        return longs(client);
    }

    /** Whether a key of {@link Table#PROPOSALS} is a client's own, not that of one of its proposals. */
    static boolean isClient(byte[] key) {
        return key.length == 8;
    }

    static byte[] longs(long... values) {
        byte[] encoded = new byte[8 * values.length];
        for (int i = 0; i < values.length; i++) {
            putLong(encoded, 8 * i, values[i]);
        }
        return encoded;
    }

    static long getLong(byte[] from, int offset) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | (from[offset + i] & 0xFF);
        }
        return value;
    }

    static void putLong(byte[] into, int offset, long value) {
        for (int i = 0; i < 8; i++) {
            into[offset + i] = (byte) (value >>> (56 - 8 * i));
        }
    }
}
