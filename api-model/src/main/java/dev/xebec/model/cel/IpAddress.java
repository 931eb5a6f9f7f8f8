package dev.xebec.model.cel;

import dev.xebec.model.structural.InternetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An IP address as a value of CEL. Immutable. */
final class IpAddress {
    private final byte[] bytes;

    IpAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Throws {@link IllegalArgumentException} for what is no address, and for an IPv4 address in IPv6's clothes. */
    static IpAddress parse(String text) {
        byte[] bytes = InternetAddress.parse(text);
        if (bytes == null) {
            throw new IllegalArgumentException("IP Address \"" + text
                    + "\" parse error during conversion from string: ParseAddr(\"" + text + "\"): unable to parse IP");
        }
        IpAddress address = new IpAddress(bytes);
        if (address.isMapped()) {
            throw new IllegalArgumentException("IPv4-mapped IPv6 address \"" + text + "\" is not allowed");
        }
        return address;
    }

    static boolean isAddress(String text) {
        byte[] bytes = InternetAddress.parse(text);
        return bytes != null && !new IpAddress(bytes).isMapped();
    }

    byte[] bytes() {
        return bytes;
    }

    long family() {
        return bytes.length == 4 ? 4 : 6;
    }

    boolean isMapped() {
        return InternetAddress.isMapped(bytes);
    }

    boolean isUnspecified() {
        return isZero(bytes.length);
    }

    boolean isLoopback() {
        return bytes.length == 4 ? bytes[0] == 127 : isZero(15) && bytes[15] == 1;
    }

    boolean isLinkLocalMulticast() {
        return bytes.length == 4
                ? at(0) == 224 && bytes[1] == 0 && bytes[2] == 0
                : at(0) == 0xff && (at(1) & 0x0f) == 0x02;
    }

    boolean isLinkLocalUnicast() {
        return bytes.length == 4 ? at(0) == 169 && at(1) == 254 : at(0) == 0xfe && (at(1) & 0xc0) == 0x80;
    }

    boolean isGlobalUnicast() {
        boolean broadcast = bytes.length == 4 && at(0) == 255 && at(1) == 255 && at(2) == 255 && at(3) == 255;
        boolean multicast = bytes.length == 4 ? (at(0) & 0xf0) == 0xe0 : at(0) == 0xff;
        return !broadcast && !multicast && !isUnspecified() && !isLoopback() && !isLinkLocalUnicast();
    }

    private int at(int index) {
        return bytes[index] & 0xff;
    }

    private boolean isZero(int leading) {
        for (int at = 0; at < leading; at++) {
            if (bytes[at] != 0) {
                return false;
            }
        }
        return true;
    }

    /** The address with all bits but the leading ones cleared. */
    IpAddress masked(int bits) {
        byte[] masked = bytes.clone();
        for (int at = 0; at < masked.length; at++) {
            int kept = Math.clamp(bits - at * 8L, 0, 8);
            masked[at] &= (byte) (0xff << (8 - kept));
        }
        return new IpAddress(masked);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IpAddress that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The one canonical form. Source: RFC 5952. */
    @Override
    public String toString() {
        return InternetAddress.text(bytes);
    }
}
