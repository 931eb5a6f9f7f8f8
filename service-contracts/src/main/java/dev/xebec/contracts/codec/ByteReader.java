package dev.xebec.contracts.codec;

import dev.xebec.contracts.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Reads one message, field after field, never past its end: whatever the bytes say, it allocates no more than they
 * could hold, and throws {@link MalformedMessageException} where they are wrong. Not thread-safe.
 */
public final class ByteReader {
    private final byte[] array;
    private int position;
    private final int end;

    public ByteReader(Bytes message) {
        this(message.array(), 0, message.size());
    }

    /** Reads {@code length} bytes from {@code offset}, which have to lie within {@code array}. */
    public ByteReader(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        this.array = array;
        position = offset;
        end = offset + length;
    }

    public int remaining() {
        return end - position;
    }

    public int u8() {
        need(1);
        return array[position++] & 0xFF;
    }

    public boolean bool() {
        int value = u8();
        if (value > 1) {
            throw new MalformedMessageException("a boolean of " + value);
        }
        return value == 1;
    }

    public long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = u8();
            if (shift == 63 && next > 1) {
                break;
            }
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new MalformedMessageException("a number of more than 64 bits");
    }

    /** A {@link #varint} that has to fit a non-negative int. */
    public int varint32() {
        long value = varint();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new MalformedMessageException("a number out of range: " + Long.toUnsignedString(value));
        }
        return (int) value;
    }

    public long signed() {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    /** A {@link #signed} that has to fit an int. */
    public int signed32() {
        long value = signed();
        if (value != (int) value) {
            throw new MalformedMessageException("a number out of range: " + value);
        }
        return (int) value;
    }

    public long fixed64() {
        need(8);
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | (array[position++] & 0xFF);
        }
        return value;
    }

    public String utf8() {
        int length = length();
        String text = new String(array, position, length, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) {
            checkUtf8(length);
        }
        position += length;
        return text;
    }

    public Bytes bytes() {
        int length = length();
        return raw(length);
    }

    /** {@code length} bytes without a length before them. */
    public Bytes raw(int length) {
        need(length);
        Bytes bytes = Bytes.of(Arrays.copyOfRange(array, position, position + length));
        position += length;
        return bytes;
    }

    /** All that is left. */
    public Bytes rest() {
        return raw(remaining());
    }

    /** An immutable list; elements take at least one byte each. */
    public <T> List<T> list(Function<ByteReader, ? extends T> element) {
        int count = length();
        List<T> elements = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            elements.add(element.apply(this));
        }
        return List.copyOf(elements);
    }

    public List<String> strings() {
        return list(ByteReader::utf8);
    }

    /** In the order written. */
    public Map<String, String> map() {
        int count = length();
        if (count == 0) {
            return Map.of();
        }
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            map.put(utf8(), utf8());
        }
        return Collections.unmodifiableMap(map);
    }

    /** Checks a version byte, which says that the rest is in the form that the caller knows. */
    public ByteReader version(int known, String what) {
        int version = u8();
        if (version != known) {
            throw new MalformedMessageException(what + " of version " + version + "; this build knows " + known);
        }
        return this;
    }

    /** The {@code tag}-th of an enumeration's values. */
    public <E extends Enum<E>> E constant(E[] values) {
        int tag = u8();
        if (tag >= values.length) {
            throw new MalformedMessageException("no value " + tag + " among " + Arrays.toString(values));
        }
        return values[tag];
    }

    /** Checks that the message is read to its end. */
    public void finish() {
        if (position != end) {
            throw new MalformedMessageException(remaining() + " bytes behind the end of a message");
        }
    }

    private int length() {
        int length = varint32();
        need(length);
        return length;
    }

    private void need(int bytes) {
        if (bytes < 0 || bytes > end - position) {
            throw new MalformedMessageException("cut off: " + bytes + " bytes wanted, " + (end - position) + " left");
        }
    }

    private void checkUtf8(int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(array, position, length));
        } catch (CharacterCodingException e) {
            throw new MalformedMessageException("a text that is not UTF-8");
        }
    }
}
