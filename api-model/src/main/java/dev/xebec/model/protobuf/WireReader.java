package dev.xebec.model.protobuf;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A cursor over one message in protobuf's wire format. Everything that is not a well-formed message throws
 * {@link IllegalArgumentException}.
 */
final class WireReader {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LENGTH = 2;
    private static final int FIXED32 = 5;

    private final byte[] bytes;
    private final int end;
    private int at;
    private int wireType;

    WireReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    boolean hasMore() {
        return at < end;
    }

    /** Reads the next field's number; {@link #wireType()} then says how its value is written. */
    int field() {
        long tag = readVarint();
        long number = tag >>> 3;
        if (number < 1 || number > 536_870_911) {
            throw malformed("field number " + number);
        }
        wireType = (int) (tag & 7);
        return (int) number;
    }

    int wireType() {
        return wireType;
    }

    long varint() {
        expect(VARINT);
        return readVarint();
    }

    /** One of the numbers that are written without tags between them. */
    long packedVarint() {
        return readVarint();
    }

    double fixed64() {
        expect(FIXED64);
        return Double.longBitsToDouble(ByteBuffer.wrap(bytes, advance(8), 8).order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .getLong());
    }

    WireReader message() {
        expect(LENGTH);
        int length = length();
        int from = advance(length);
        return new WireReader(bytes, from, from + length);
    }

    byte[] bytes() {
        expect(LENGTH);
        int length = length();
        int from = advance(length);
        return java.util.Arrays.copyOfRange(bytes, from, from + length);
    }

    String text() {
        expect(LENGTH);
        int length = length();
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, advance(length), length))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw new IllegalArgumentException("protobuf: a string is not UTF-8", notText);
        }
    }

    void skip() {
        switch (wireType) {
            case VARINT -> readVarint();
            case FIXED64 -> advance(8);
            case LENGTH -> advance(length());
            case FIXED32 -> advance(4);
            default -> throw malformed("wire type " + wireType);
        }
    }

    private void expect(int expected) {
        if (wireType != expected) {
            throw malformed("wire type " + wireType + " where " + expected + " is due");
        }
    }

    private int length() {
        long length = readVarint();
        if (length < 0 || length > end - at) {
            throw malformed("a value longer than its message");
        }
        return (int) length;
    }

    private int advance(int count) {
        if (count > end - at) {
            throw malformed("message ends early");
        }
        int from = at;
        at += count;
        return from;
    }

    private long readVarint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = bytes[advance(1)];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw malformed("a number longer than ten bytes");
    }

    static IllegalArgumentException malformed(String what) {
        return new IllegalArgumentException("protobuf: " + what);
    }
}
