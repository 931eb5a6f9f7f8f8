package dev.xebec.model.protobuf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes one message in protobuf's wire format, from its end to its beginning: so a value's length is known when the
 * length is due, and nothing is measured or copied twice.
 */
final class WireWriter {
    private static final int FIRST_BYTES = 1_024;

    private byte[] buffer = new byte[FIRST_BYTES];
    /** Where the first byte that is written stands. */
    private int at = FIRST_BYTES;

    /** How much is written; {@link #lengthSince} takes it. */
    int written() {
        return buffer.length - at;
    }

    byte[] bytes() {
        return Arrays.copyOfRange(buffer, at, buffer.length);
    }

    private void room(int bytes) {
        if (at >= bytes) {
            return;
        }
        int written = written();
        byte[] larger = new byte[Math.max(2 * buffer.length, written + bytes)];
        System.arraycopy(buffer, at, larger, larger.length - written, written);
        at = larger.length - written;
        buffer = larger;
    }

    void tag(int number, int wireType) {
        varint((long) number << 3 | wireType);
    }

    /** The number without a tag. */
    void varint(long value) {
        int bytes = varintBytes(value);
        room(bytes);
        at -= bytes;
        long rest = value;
        for (int index = at; index < at + bytes - 1; index++) {
            buffer[index] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[at + bytes - 1] = (byte) rest;
    }

    void varintField(int number, long value) {
        varint(value);
        tag(number, WireReader.VARINT);
    }

    void fixed64Field(int number, double value) {
        room(8);
        at -= 8;
        long bits = Double.doubleToRawLongBits(value);
        for (int index = 0; index < 8; index++) {
            buffer[at + index] = (byte) (bits >>> 8 * index);
        }
        tag(number, WireReader.FIXED64);
    }

    void bytesField(int number, byte[] value) {
        room(value.length);
        at -= value.length;
        System.arraycopy(value, 0, buffer, at, value.length);
        varint(value.length);
        tag(number, WireReader.LENGTH);
    }

    void textField(int number, String value) {
        int length = value.length();
        room(length);
        for (int index = 0; index < length; index++) {
            char c = value.charAt(index);
            if (c >= 0x80) {
                bytesField(number, value.getBytes(StandardCharsets.UTF_8));
                return;
            }
            buffer[at - length + index] = (byte) c;
        }
        at -= length;
        varint(length);
        tag(number, WireReader.LENGTH);
    }

    /** Makes what was written since then the value of a field. */
    void lengthSince(int number, int writtenThen) {
        varint(written() - writtenThen);
        tag(number, WireReader.LENGTH);
    }

    static int varintBytes(long value) {
        return Math.max(1, (70 - Long.numberOfLeadingZeros(value)) / 7);
    }
}
