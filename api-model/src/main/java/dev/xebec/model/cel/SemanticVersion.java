package dev.xebec.model.cel;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A semantic version. What stands after a plus says nothing of the order.
 *
 * @param preRelease parts separated by dots; empty for none
 */
record SemanticVersion(long major, long minor, long patch, String preRelease) implements Comparable<SemanticVersion> {
    private static final String NUMBER = "(0|[1-9][0-9]{0,18})";
    private static final Pattern FORM = Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER
            + "(?:-((?:0|[1-9][0-9]*+|[0-9]*+[a-zA-Z-][0-9a-zA-Z-]*+)(?:\\.(?:0|[1-9][0-9]*+|[0-9]*+[a-zA-Z-]"
            + "[0-9a-zA-Z-]*+))*+))?(?:\\+[0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*+)?");
    private static final int MAX_LENGTH = 1024;

    static SemanticVersion parse(String text) {
        Matcher matcher = text.length() > MAX_LENGTH ? null : FORM.matcher(text);
        if (matcher == null || !matcher.matches()) {
            throw new IllegalArgumentException(text.isEmpty()
                    ? "Version string empty"
                    : text.split("\\.", 3).length < 3
                            ? "No Major.Minor.Patch elements found"
                            : "Invalid character(s) found in version \"" + text + "\"");
        }
        String pre = matcher.group(4);
        return new SemanticVersion(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)),
                Long.parseLong(matcher.group(3)), pre == null ? "" : pre);
    }

    /** Without a leading v, with all three numbers, and those without leading zeros. */
    static String normalized(String text) {
        String[] parts = (text.startsWith("v") ? text.substring(1) : text).split("\\.", 3);
        for (int at = 0; at < parts.length; at++) {
            if (parts[at].length() > 1) {
                String stripped = parts[at].replaceFirst("^0+", "");
                parts[at] = stripped.isEmpty() || !Character.isDigit(stripped.charAt(0)) ? "0" + stripped : stripped;
            }
        }
        String last = parts[parts.length - 1];
        if (parts.length < 3 && (last.contains("+") || last.contains("-"))) {
            throw new IllegalArgumentException("short version cannot contain PreRelease/Build meta data");
        }
        return String.join(".", parts) + ".0".repeat(3 - parts.length);
    }

    @Override
    public int compareTo(SemanticVersion other) {
        int order = Long.compare(major, other.major);
        order = order != 0 ? order : Long.compare(minor, other.minor);
        order = order != 0 ? order : Long.compare(patch, other.patch);
        if (order != 0 || preRelease.equals(other.preRelease)) {
            return order;
        }
        if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
            return preRelease.isEmpty() ? 1 : -1;
        }
        String[] mine = preRelease.split("\\.");
        String[] theirs = other.preRelease.split("\\.");
        for (int at = 0; at < Math.min(mine.length, theirs.length); at++) {
            int part = comparePart(mine[at], theirs[at]);
            if (part != 0) {
                return part;
            }
        }
        return Integer.compare(mine.length, theirs.length);
    }

    private static int comparePart(String one, String other) {
        boolean number = one.matches("[0-9]+");
        boolean otherNumber = other.matches("[0-9]+");
        if (number && otherNumber) {
            return new BigInteger(one).compareTo(new BigInteger(other));
        }
        return number == otherNumber ? one.compareTo(other) : number ? -1 : 1;
    }
}
