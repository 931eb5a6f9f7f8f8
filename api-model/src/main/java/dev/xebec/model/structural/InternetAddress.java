package dev.xebec.model.structural;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An IP address as its bytes, and how Go reads one: four decimal numbers without leading zeros, or eight groups of
 * hexadecimal digits with one gap, of which the last two may be written as an IPv4 address. No zones.
 */
public final class InternetAddress {
    private static final int GROUPS = 8;

    private InternetAddress() {}

    /**
     * An address and how many of its leading bits count.
     *
     * @param address 4 or 16 bytes; not to be changed
     */
    public record Cidr(byte[] address, int bits) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Cidr that && bits == that.bits && Arrays.equals(address, that.address);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(address) * 31 + bits;
        }
    }

    /** 4 or 16 bytes; null where the text is no address. */
    public static byte @Nullable [] parse(String text) {
        return text.indexOf(':') >= 0 ? parse6(text) : parse4(text);
    }

    public static @Nullable Cidr parseCidr(String text) {
        int slash = text.lastIndexOf('/');
        byte[] address = slash < 0 ? null : parse(text.substring(0, slash));
        String bits = text.substring(slash + 1);
        if (address == null || !bits.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(bits) > address.length * 8) {
            return null;
        }
        return new Cidr(address, Integer.parseInt(bits));
    }

    private static byte @Nullable [] parse4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        byte[] bytes = new byte[4];
        for (int at = 0; at < 4; at++) {
            if (!parts[at].matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(parts[at]) > 255) {
                return null;
            }
            bytes[at] = (byte) Integer.parseInt(parts[at]);
        }
        return bytes;
    }

    private static byte @Nullable [] parse6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return null;
        }
        int[] head = groups(gap < 0 ? text : text.substring(0, gap), gap < 0);
        int[] tail = gap < 0 ? new int[0] : groups(text.substring(gap + 2), true);
        if (head == null || tail == null || (gap < 0 ? head.length != GROUPS : head.length + tail.length >= GROUPS)) {
            return null;
        }
        byte[] bytes = new byte[16];
        for (int at = 0; at < head.length; at++) {
            set(bytes, at, head[at]);
        }
        for (int at = 0; at < tail.length; at++) {
            set(bytes, GROUPS - tail.length + at, tail[at]);
        }
        return bytes;
    }

    private static void set(byte[] bytes, int group, int value) {
        bytes[group * 2] = (byte) (value >> 8);
        bytes[group * 2 + 1] = (byte) value;
    }

    private static int @Nullable [] groups(String text, boolean last) {
        if (text.isEmpty()) {
            return new int[0];
        }
        String[] parts = text.split(":", -1);
        byte[] four = last && parts[parts.length - 1].indexOf('.') >= 0 ? parse4(parts[parts.length - 1]) : null;
        int plain = four == null ? parts.length : parts.length - 1;
        int[] groups = new int[four == null ? plain : plain + 2];
        if (groups.length > GROUPS) {
            return null;
        }
        for (int at = 0; at < plain; at++) {
            if (!parts[at].matches("[0-9a-fA-F]{1,4}")) {
                return null;
            }
            groups[at] = Integer.parseInt(parts[at], 16);
        }
        if (four != null) {
            groups[plain] = (four[0] & 0xff) << 8 | four[1] & 0xff;
            groups[plain + 1] = (four[2] & 0xff) << 8 | four[3] & 0xff;
        }
        return groups;
    }

    /** Whether it is an IPv4 address in IPv6's clothes. */
    public static boolean isMapped(byte[] address) {
        if (address.length != 16 || address[10] != -1 || address[11] != -1) {
            return false;
        }
        for (int at = 0; at < 10; at++) {
            if (address[at] != 0) {
                return false;
            }
        }
        return true;
    }

    /** The text of an address, which of an IPv4 address in IPv6's clothes is that of the IPv4 address. */
    public static String unmappedText(byte[] address) {
        return text(isMapped(address) ? Arrays.copyOfRange(address, 12, 16) : address);
    }

    /** The one canonical form. Source: RFC 5952. */
    public static String text(byte[] address) {
        if (address.length == 4) {
            return (address[0] & 0xff) + "." + (address[1] & 0xff) + "." + (address[2] & 0xff) + "."
                    + (address[3] & 0xff);
        }
        int gap = -1;
        int gapLength = 1;
        for (int start = 0; start < GROUPS; start++) {
            int end = start;
            while (end < GROUPS && group(address, end) == 0) {
                end++;
            }
            if (end - start > gapLength) {
                gap = start;
                gapLength = end - start;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < GROUPS; at++) {
            if (at == gap) {
                text.append("::");
                at += gapLength - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(group(address, at)));
            }
        }
        return text.toString();
    }

    private static int group(byte[] address, int index) {
        return (address[index * 2] & 0xff) << 8 | address[index * 2 + 1] & 0xff;
    }
}
