package dev.xebec.model.cel;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why an expression does not compile, in cel-go's words: cel-java says the same of the same place a little differently. */
final class CompilerText {
    private static final Pattern CANDIDATES = Pattern.compile(" \\(candidates: .*\\)$", Pattern.MULTILINE);
    private static final Pattern HAS = Pattern.compile("(ERROR: <input>:\\d+:)(\\d+)(: invalid argument to has\\(\\) "
            + "macro\n \\| .*\n \\| )");

    private CompilerText() {}

    static String of(String message) {
        String text = CANDIDATES.matcher(message).replaceAll("").replace("*error*", "!error!");
        // The argument is what is wrong there, here it is the parenthesis before it.
        return HAS.matcher(text).replaceAll(found -> Matcher.quoteReplacement(found.group(1)
                + (Integer.parseInt(found.group(2)) + 1) + found.group(3) + "."));
    }
}
