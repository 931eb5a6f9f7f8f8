package dev.xebec.model.structural;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A pattern in Go's syntax, compiled when it is first matched. Matching takes time linear in the text, and a compiled
 * pattern's size is bounded by that of its text, whatever the pattern is.
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

    /** Throws {@link IllegalArgumentException} with what is wrong, in the words of Go's regexp. */
    public static Pattern compile(String text) {
        String wrong = RepeatLimit.wrong(text);
        if (wrong != null) {
            throw new IllegalArgumentException(wrong);
        }
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException malformed) {
            throw new IllegalArgumentException(malformed.getMessage(), malformed);
        } catch (StackOverflowError tooDeep) {
            throw new IllegalArgumentException("error parsing regexp: expression nests too deeply: `" + text + "`",
                    tooDeep);
        }
    }

    /** What is wrong with a pattern; null where all is well. */
    public static @Nullable String wrong(String text) {
        try {
            compile(text);
            return null;
        } catch (IllegalArgumentException malformed) {
            return malformed.getMessage();
        }
    }

    /** Whether the pattern is found anywhere; one that is malformed is found nowhere. */
    boolean isFoundIn(String value) {
        Pattern pattern = compiled;
        if (pattern == null) {
            try {
                pattern = compile(text);
            } catch (IllegalArgumentException malformed) {
                return false;
            }
            compiled = pattern;
        }
        return pattern.matcher(value).find();
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
