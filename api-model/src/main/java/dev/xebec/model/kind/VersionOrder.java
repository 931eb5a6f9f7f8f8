package dev.xebec.model.kind;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * API versions by preference: stable before beta before alpha, higher before lower, anything else after them by name.
 * Source: apimachinery {@code version/helpers.go}.
 */
final class VersionOrder implements Comparator<String> {
    private static final Pattern VERSION = Pattern.compile("v([0-9]{1,9})(?:(alpha|beta)([0-9]{1,9}))?");

    @Override
    public int compare(String left, String right) {
        Matcher one = VERSION.matcher(left);
        Matcher other = VERSION.matcher(right);
        boolean oneMatches = one.matches();
        boolean otherMatches = other.matches();
        if (!oneMatches || !otherMatches) {
            return oneMatches == otherMatches ? left.compareTo(right) : oneMatches ? -1 : 1;
        }
        int byStability = Integer.compare(stability(other), stability(one));
        if (byStability != 0) {
            return byStability;
        }
        int byMajor = Integer.compare(number(other, 1), number(one, 1));
        return byMajor != 0 ? byMajor : Integer.compare(number(other, 3), number(one, 3));
    }

    private static int stability(Matcher version) {
        String stage = version.group(2);
        return stage == null ? 2 : stage.equals("beta") ? 1 : 0;
    }

    private static int number(Matcher version, int group) {
        String text = version.group(group);
        return text == null ? 0 : Integer.parseInt(text);
    }
}
