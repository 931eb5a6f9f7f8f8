package dev.xebec.model.selector;

import dev.xebec.model.names.Names;
import dev.xebec.model.object.GoString;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One comparison of a label selector. {@code values} are sorted and without repeats.
 *
 * <p>Source: apimachinery {@code labels/selector.go}.
 */
record Requirement(String key, Operator operator, List<String> values) {

    enum Operator {
        EQUALS("="), DOUBLE_EQUALS("=="), NOT_EQUALS("!="), IN(" in "), NOT_IN(" notin "), EXISTS(""), ABSENT(
                "!"), GREATER(">"), LESS("<");

        private final String text;

        Operator(String text) {
            this.text = text;
        }
    }

    /** Checks what is written. Throws {@link IllegalArgumentException} in Kubernetes' words. */
    static Requirement checked(String key, Operator operator, List<String> values) {
        checkKey("key", key);
        switch (operator) {
            case IN, NOT_IN -> require(!values.isEmpty(),
                    "values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty");
            case EQUALS, DOUBLE_EQUALS, NOT_EQUALS -> require(values.size() == 1,
                    "values: Invalid value: " + values + ": exact-match compatibility requires one single value");
            case EXISTS, ABSENT -> require(values.isEmpty(),
                    "values: Invalid value: " + values + ": values set must be empty for exists and does not exist");
            case GREATER, LESS -> require(values.size() == 1 && number(values.get(0)) != null,
                    "values[0]: Invalid value: \"" + (values.isEmpty() ? "" : values.get(0))
                            + "\": for 'Gt', 'Lt' operators, the value must be an integer");
        }
        for (int at = 0; at < values.size(); at++) {
            List<String> wrong = Names.labelValue(values.get(at));
            require(wrong.isEmpty(),
                    "values[" + at + "][" + key + "]: Invalid value: " + GoString.quoted(values.get(at)) + ": "
                            + String.join("; ", wrong));
        }
        return new Requirement(key, operator, values.stream().distinct().sorted().toList());
    }

    /** @param field where the key stands */
    static void checkKey(String field, String key) {
        List<String> wrong = Names.qualified(key);
        require(wrong.isEmpty(), field + ": Invalid value: " + GoString.quoted(key) + ": " + String.join("; ", wrong));
    }

    boolean matches(Map<String, String> labels) {
        String value = labels.get(key);
        return switch (operator) {
            case EQUALS, DOUBLE_EQUALS, IN -> value != null && values.contains(value);
            case NOT_EQUALS, NOT_IN -> value == null || !values.contains(value);
            case EXISTS -> value != null;
            case ABSENT -> value == null;
            case GREATER -> compare(value) > 0;
            case LESS -> compare(value) < 0;
        };
    }

    /** 0 where the label is absent or not a number: then neither operator holds. */
    private int compare(@Nullable String value) {
        BigInteger label = value == null ? null : number(value);
        BigInteger bound = number(values.get(0));
        return label == null || bound == null ? 0 : label.compareTo(bound);
    }

    private static @Nullable BigInteger number(String text) {
        return text.matches("[+-]?[0-9]{1,19}") ? new BigInteger(text) : null;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    @Override
    public String toString() {
        return switch (operator) {
            case EXISTS -> key;
            case ABSENT -> "!" + key;
            case IN, NOT_IN -> key + operator.text + "(" + String.join(",", values) + ")";
            case EQUALS, DOUBLE_EQUALS, NOT_EQUALS, GREATER, LESS -> key + operator.text + values.get(0);
        };
    }
}
