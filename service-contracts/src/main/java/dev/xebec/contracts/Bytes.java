package dev.xebec.contracts;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Immutable bytes: an object's JSON on its way. {@link #array()} gives the array itself, which nobody may change. */
public final class Bytes {
    public static final Bytes EMPTY = new Bytes(new byte[0], 0);

    private final byte[] array;
    private final int from;

    private Bytes(byte[] array, int from) {
        this.array = array;
        this.from = from;
    }

    /** Takes the array over; the caller may not change it any more. */
    public static Bytes of(byte[] array) {
        return array.length == 0 ? EMPTY : new Bytes(array, 0);
    }

    public static Bytes utf8(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same bytes without the first ones, which are not copied for it. */
    public Bytes without(int first) {
        return first == 0 ? this : new Bytes(array, from + first);
    }

    /** Exactly these bytes: a copy of them where they are the rest of others. */
    public byte[] array() {
        return from == 0 ? array : Arrays.copyOfRange(array, from, array.length);
    }

    /** The array that they end; they begin in it at {@link #start}. Never a copy. */
    public byte[] backing() {
        return array;
    }

    public int start() {
        return from;
    }

    public int size() {
        return array.length - from;
    }

    public boolean isEmpty() {
        return size() == 0;
    }

    public String utf8() {
        return new String(array, from, size(), StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that
                && Arrays.equals(array, from, array.length, that.array, that.from, that.array.length);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array());
    }

    @Override
    public String toString() {
        return size() + " bytes";
    }
}
