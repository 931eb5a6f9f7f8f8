package dev.xebec.model.cel;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import java.util.ArrayList;
import java.util.List;

/** {@code find} and {@code findAll}. Source: apiserver {@code pkg/cel/library/regex.go}. */
final class RegexLibrary {
    static final List<CelFunction> FUNCTIONS = List.of(
            CelFunction.member("find", "string_find_string", SimpleType.STRING,
                    List.of(SimpleType.STRING, SimpleType.STRING), List.of(String.class, String.class), arguments -> {
                        List<String> found = find((String) arguments[0], (String) arguments[1], 1);
                        return found.isEmpty() ? "" : found.get(0);
                    }),
            CelFunction.member("findAll", "string_find_all_string", ListType.create(SimpleType.STRING),
                    List.of(SimpleType.STRING, SimpleType.STRING), List.of(String.class, String.class),
                    arguments -> find((String) arguments[0], (String) arguments[1], Long.MAX_VALUE)),
            CelFunction.member("findAll", "string_find_all_string_int", ListType.create(SimpleType.STRING),
                    List.of(SimpleType.STRING, SimpleType.STRING, SimpleType.INT),
                    List.of(String.class, String.class, Long.class),
                    arguments -> find((String) arguments[0], (String) arguments[1],
                            (Long) arguments[2] < 0 ? Long.MAX_VALUE : (Long) arguments[2])));

    private RegexLibrary() {}

    private static List<String> find(String text, String regex, long most) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(regex);
        } catch (PatternSyntaxException malformed) {
            throw new IllegalArgumentException("Illegal regex: " + malformed.getMessage(), malformed);
        }
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (found.size() < most && matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }
}
