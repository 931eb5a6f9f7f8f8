package dev.xebec.model.cel;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import dev.xebec.model.structural.RegularExpression;
import java.util.ArrayList;
import java.util.List;

/** {@code find}, {@code findAll} and {@code matches}. Source: apiserver {@code pkg/cel/library/regex.go}. */
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

    /** What the standard's {@code matches} does, with patterns that cannot become too large. */
    static final List<CelFunctionBinding> MATCHES = List.of(matches("matches"), matches("matches_string"));

    private RegexLibrary() {}

    private static CelFunctionBinding matches(String overload) {
        return CelFunctionBinding.from(overload, String.class, String.class,
                (text, regex) -> RegularExpression.compile(regex).matcher(text).find());
    }

    private static List<String> find(String text, String regex, long most) {
        Pattern pattern = RegularExpression.compile(regex);
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (found.size() < most && matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }
}
