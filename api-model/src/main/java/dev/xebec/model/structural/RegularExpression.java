package dev.xebec.model.structural;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A pattern in Go's syntax, compiled when it is first matched. Matching takes time linear in the text, whatever the
 * pattern is.
 */
public final class RegularExpression {
    private final String text;
    private volatile @Nullable Pattern compiled;

    RegularExpression(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /** Whether the pattern is found anywhere; one that is malformed is found nowhere. */
    boolean isFoundIn(String value) {
        Pattern pattern = compiled;
        if (pattern == null) {
            try {
                pattern = Pattern.compile(text);
            } catch (PatternSyntaxException malformed) {
                return false;
            }
            compiled = pattern;
        }
        return pattern.matcher(value).find();
    }

    /** What is wrong with a pattern, in the words of Go's regexp; null where all is well. */
    public static @Nullable String wrong(String text) {
        try {
            Pattern.compile(text);
            return null;
        } catch (PatternSyntaxException malformed) {
            return malformed.getMessage();
        } catch (StackOverflowError tooDeep) {
            return "error parsing regexp: expression nests too deeply: `" + text + "`";
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RegularExpression that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
