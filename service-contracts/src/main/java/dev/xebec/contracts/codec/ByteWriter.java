package dev.xebec.contracts.codec;

import dev.xebec.contracts.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Writes one message, field after field. Not thread-safe; used once: {@link #finish()} takes the array away. */
public final class ByteWriter {
    /** Bytes of one message. Beyond it is a fault of the sender, whose own limits are far lower. */
    public static final int MAX_BYTES = 64 * 1024 * 1024;

    private static final int FIRST_CAPACITY = 256;

    private byte[] buffer;
    private int size;

    public ByteWriter() {
        this(FIRST_CAPACITY);
    }

    /** @param capacity expected size in bytes; a good guess saves copying */
    public ByteWriter(int capacity) {
        buffer = new byte[Math.max(capacity, 16)];
    }

    /** Bytes written so far. */
    public int size() {
        return size;
    }

    /** One byte, 0 to 255. */
    public ByteWriter u8(int value) {
        room(1);
        buffer[size++] = (byte) value;
        return this;
    }

    public ByteWriter bool(boolean value) {
        return u8(value ? 1 : 0);
    }

    /** An unsigned number, seven bits a byte; negative numbers are legal and take ten bytes. */
    public ByteWriter varint(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
        return this;
    }

    /** A number that is often small and may be negative: zig-zag, then as {@link #varint}. */
    public ByteWriter signed(long value) {
        return varint((value << 1) ^ (value >> 63));
    }

    /** Eight bytes, big-endian: ids, hashes. */
    public ByteWriter fixed64(long value) {
        room(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            buffer[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    public ByteWriter utf8(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        return varint(encoded.length).raw(encoded, 0, encoded.length);
    }

    /** Length, then content. */
    public ByteWriter bytes(Bytes bytes) {
        return varint(bytes.size()).raw(bytes.array(), 0, bytes.size());
    }

    /** Content alone; the reader has to know the length. */
    public ByteWriter raw(byte[] source, int offset, int length) {
        room(length);
        System.arraycopy(source, offset, buffer, size, length);
        size += length;
        return this;
    }

    /** Count, then each element by {@code element}, which writes at least one byte. */
    public <T> ByteWriter list(List<T> elements, BiConsumer<ByteWriter, ? super T> element) {
        varint(elements.size());
        for (T one : elements) {
            element.accept(this, one);
        }
        return this;
    }

    public ByteWriter strings(List<String> texts) {
        return list(texts, ByteWriter::utf8);
    }

    public ByteWriter map(Map<String, String> map) {
        varint(map.size());
        for (Map.Entry<String, String> entry : map.entrySet()) {
            utf8(entry.getKey()).utf8(entry.getValue());
        }
        return this;
    }

    /** What was written. The writer may not be used any more. */
    public Bytes finish() {
        return Bytes.of(size == buffer.length ? buffer : Arrays.copyOf(buffer, size));
    }

    private void room(int more) {
        if (more > buffer.length - size) {
            grow(more);
        }
    }

    private void grow(int more) {
        long needed = (long) size + more;
        if (needed > MAX_BYTES) {
            throw new IllegalStateException("a message of " + needed + " bytes; at most " + MAX_BYTES + " are allowed");
        }
        buffer = Arrays.copyOf(buffer, (int) Math.max(needed, Math.min(2L * buffer.length, MAX_BYTES)));
    }
}
