package dev.xebec.model.cel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.cel.CompiledExpression.Outcome;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.structural.FieldPath;
import dev.xebec.model.structural.Structural;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One value before the rules of its node. */
final class RuleEvaluation {
    /** Bytes of a message that an expression makes. Source: apiserver {@code pkg/apis/cel/config.go}. */
    private static final int MAX_MESSAGE = 5 * 1024;

    private final Structural schema;
    private final JsonNode now;
    private final String path;
    private final Object self;
    private final @Nullable Object oldSelf;

    RuleEvaluation(Structural schema, JsonNode now, @Nullable JsonNode before, String path) {
        this.schema = schema;
        this.now = now;
        this.path = path;
        this.self = CelValues.typed(now, schema);
        this.oldSelf = before == null ? null : CelValues.typed(before, schema);
    }

    /**
     * What a rule says.
     *
     * @param error null where the value keeps to it
     * @param judged whether the rule was false, rather than failing
     * @param budget what is left; negative where no further rule may run
     */
    record Finding(@Nullable FieldError error, boolean judged, long budget) {}

    Finding evaluate(CompiledRule rule, long budget) {
        CompiledExpression expression = rule.expression();
        if (expression == null) {
            return new Finding(invalid("rule compile error: " + rule.error()), false, budget);
        }
        Outcome outcome = expression.evaluate(variables(rule));
        long left = budget - outcome.cost();
        if (CompiledExpression.isExceeded(outcome.error())) {
            return new Finding(invalid("'" + outcome.error() + "': no further validation rules will be run due to call "
                    + "cost exceeds limit for rule: " + rule.name()), false, -1);
        }
        if (left < 0) {
            return new Finding(invalid("validation failed due to running out of cost budget, no further validation "
                    + "rules will be run"), false, -1);
        }
        if (!outcome.error().isEmpty()) {
            return new Finding(invalid(CompiledExpression.isNoOverload(outcome.error())
                    ? "'" + outcome.error() + "': call arguments did not match a supported operator, function or macro "
                            + "signature for rule: " + rule.name()
                    : outcome.error() + " evaluating rule: " + rule.name()), false, left);
        }
        return Boolean.TRUE.equals(outcome.value()) ? new Finding(null, true, left) : failed(rule, left);
    }

    private Function<String, @Nullable Object> variables(CompiledRule rule) {
        boolean optional = Boolean.TRUE.equals(rule.rule().optionalOldSelf());
        return name -> switch (name) {
            case "self" -> self;
            case "oldSelf" -> optional ? Optional.ofNullable(oldSelf) : oldSelf;
            default -> null;
        };
    }

    private Finding failed(CompiledRule rule, long budget) {
        String detail = rule.rule().message().isEmpty() ? "failed rule: " + rule.name() : rule.rule().message().strip();
        long left = budget;
        if (rule.message() != null) {
            Outcome outcome = rule.message().evaluate(variables(rule));
            left -= outcome.cost();
            if (CompiledExpression.isExceeded(outcome.error())) {
                return new Finding(invalid("no further validation rules will be run due to call cost exceeds limit for "
                        + "messageExpression: \"" + rule.rule().messageExpression() + "\""), true, -1);
            }
            if (left < 0) {
                return new Finding(invalid("messageExpression evaluation failed due to running out of cost budget, no "
                        + "further validation rules will be run"), true, -1);
            }
            String made = outcome.value() instanceof String text ? text.strip() : "";
            boolean usable = !made.isEmpty() && !made.contains("\n")
                    && made.getBytes(StandardCharsets.UTF_8).length <= MAX_MESSAGE;
            detail = usable ? made : detail;
        }
        return new Finding(error(rule, detail), true, left);
    }

    private FieldError error(CompiledRule rule, String detail) {
        String field = path;
        String below = rule.rule().fieldPath().isEmpty()
                ? ""
                : FieldPath.resolve(rule.rule().fieldPath(), schema, true).normalized();
        if (!below.isEmpty()) {
            field = path.isEmpty() ? below : path + "." + below;
        }
        return switch (rule.rule().reason()) {
            case "FieldValueForbidden" -> FieldError.forbidden(shown(field), detail);
            case "FieldValueRequired" -> FieldError.required(shown(field), detail);
            case "FieldValueDuplicate" -> now.isContainerNode()
                    ? new FieldError(FieldError.Type.DUPLICATE, shown(field), "Duplicate value")
                    : FieldError.duplicate(shown(field), value());
            default -> now.isContainerNode()
                    ? new FieldError(FieldError.Type.INVALID, shown(field), "Invalid value: " + detail)
                    : FieldError.invalid(shown(field), value(), detail);
        };
    }

    private Object value() {
        return now.isTextual() ? now.asText() : now;
    }

    /** An error of the rule rather than of the value names the value's type. */
    FieldError invalid(String detail) {
        return FieldError.invalid(shown(path), schema.type(), detail);
    }

    private static String shown(String field) {
        return field.isEmpty() ? "<nil>" : field;
    }
}
