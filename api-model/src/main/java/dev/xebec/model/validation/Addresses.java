package dev.xebec.model.validation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** IP addresses as text; nothing is ever resolved. */
final class Addresses {
    static final String NOT_IP = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
    static final String NOT_CIDR = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";
    private static final Pattern IPV4 = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

    private Addresses() {}

    static boolean valid(String address) {
        return bytes(address) != null;
    }

    static boolean isV4(String address) {
        byte[] bytes = bytes(address);
        return bytes != null && bytes.length == 4;
    }

    static void ip(String address, String path, Findings findings) {
        if (!valid(address)) {
            findings.invalid(path, address, NOT_IP);
        }
    }

    static void cidr(String cidr, String path, Findings findings) {
        if (!validCidr(cidr)) {
            findings.invalid(path, cidr, NOT_CIDR);
        }
    }

    static boolean validCidr(String cidr) {
        int slash = cidr.indexOf('/');
        byte[] bytes = slash < 0 ? null : bytes(cidr.substring(0, slash));
        String length = cidr.substring(slash + 1);
        return bytes != null && length.matches("[0-9]{1,3}") && Integer.parseInt(length) <= bytes.length * 8;
    }

    /** Whether one block is a part of another, and not all of it. */
    static boolean within(String inner, String outer) {
        byte[] part = bytes(inner.substring(0, inner.indexOf('/')));
        byte[] whole = bytes(outer.substring(0, outer.indexOf('/')));
        int partLength = Integer.parseInt(inner.substring(inner.indexOf('/') + 1));
        int wholeLength = Integer.parseInt(outer.substring(outer.indexOf('/') + 1));
        if (part == null || whole == null || part.length != whole.length || partLength <= wholeLength) {
            return false;
        }
        for (int bit = 0; bit < wholeLength; bit++) {
            int mask = 0x80 >> bit % 8;
            if ((part[bit / 8] & mask) != (whole[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** An address that stands for a place outside the node: not loopback, link-local, multicast or unspecified. */
    static void outside(String address, String path, Findings findings) {
        byte[] bytes = bytes(address);
        if (bytes != null && (bytes.length == 4 ? bytes[0] == 127 : allZero(bytes, 15) && bytes[15] == 1)) {
            findings.invalid(path, address, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
        }
        reachable(address, path, findings);
    }

    /**
     * An address that requests can be sent to. Loopback is one, unlike in Kubernetes: pods and gateways of a cluster
     * on one machine have addresses in 127.0.0.0/8.
     */
    static void reachable(String address, String path, Findings findings) {
        byte[] bytes = bytes(address);
        if (bytes == null) {
            findings.invalid(path, address, NOT_IP);
            return;
        }
        if (bytes.length == 16 && allZero(bytes, 10) && bytes[10] == -1 && bytes[11] == -1) {
            // The address within might be one of those below, for whoever dials it.
            findings.invalid(path, address, "must not be an IPv4-mapped IPv6 address");
            return;
        }
        boolean v4 = bytes.length == 4;
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        if (allZero(bytes, bytes.length)) {
            findings.invalid(path, address, "may not be unspecified (" + address + ")");
        }
        if (v4 ? first == 169 && second == 254 : first == 0xfe && (second & 0xc0) == 0x80) {
            findings.invalid(path, address, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
        }
        if (v4 ? first == 224 && second == 0 && bytes[2] == 0 : first == 0xff && (second & 0x0f) == 2) {
            findings.invalid(path, address, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
        }
    }

    private static boolean allZero(byte[] bytes, int length) {
        for (int at = 0; at < length; at++) {
            if (bytes[at] != 0) {
                return false;
            }
        }
        return true;
    }

    private static byte @Nullable [] bytes(String address) {
        if (address.contains(":")) {
            return v6(address);
        }
        if (!IPV4.matcher(address).matches()) {
            return null;
        }
        String[] parts = address.split("\\.");
        byte[] bytes = new byte[4];
        for (int at = 0; at < 4; at++) {
            int part = Integer.parseInt(parts[at]);
            if (part > 255) {
                return null;
            }
            bytes[at] = (byte) part;
        }
        return bytes;
    }

    private static byte @Nullable [] v6(String address) {
        int gap = address.indexOf("::");
        if (gap >= 0 && address.indexOf("::", gap + 1) >= 0) {
            return null;
        }
        List<Integer> head = groups(gap < 0 ? address : address.substring(0, gap));
        List<Integer> tail = gap < 0 ? List.of() : groups(address.substring(gap + 2));
        if (head == null || tail == null) {
            return null;
        }
        int count = head.size() + tail.size();
        if (gap < 0 ? count != 8 : count > 7) {
            return null;
        }
        int[] groups = new int[8];
        for (int at = 0; at < head.size(); at++) {
            groups[at] = head.get(at);
        }
        for (int at = 0; at < tail.size(); at++) {
            groups[8 - tail.size() + at] = tail.get(at);
        }
        byte[] bytes = new byte[16];
        for (int at = 0; at < 8; at++) {
            bytes[2 * at] = (byte) (groups[at] >> 8);
            bytes[2 * at + 1] = (byte) groups[at];
        }
        return bytes;
    }

    private static @Nullable List<Integer> groups(String text) {
        List<Integer> groups = new ArrayList<>();
        if (text.isEmpty()) {
            return groups;
        }
        List<String> parts = Arrays.asList(text.split(":", -1));
        for (int at = 0; at < parts.size(); at++) {
            String part = parts.get(at);
            byte[] v4 = at == parts.size() - 1 && part.contains(".") ? bytes(part) : null;
            if (v4 != null && v4.length == 4) {
                groups.add((v4[0] & 0xff) << 8 | (v4[1] & 0xff));
                groups.add((v4[2] & 0xff) << 8 | (v4[3] & 0xff));
            } else if (part.matches("[0-9a-fA-F]{1,4}")) {
                groups.add(Integer.parseInt(part, 16));
            } else {
                return null;
            }
        }
        return groups;
    }
}
