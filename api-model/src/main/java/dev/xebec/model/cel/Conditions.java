package dev.xebec.model.cel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.xebec.model.cel.CompiledExpression.Outcome;
import dev.xebec.model.cel.CompiledExpression.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Match conditions of an admission webhook: expressions over {@code object}, {@code oldObject} and {@code request}, each
 * of which has to be true for the webhook to be called. Compiled once; evaluated by any number of threads.
 *
 * <p>Source: apiserver {@code pkg/admission/plugin/webhook/matchconditions}.
 */
public final class Conditions {
    /** Cost of all conditions of one webhook for one request. */
    public static final long BUDGET = 2_500_000;

    private final List<Condition> conditions;

    private Conditions(List<Condition> conditions) {
        this.conditions = conditions;
    }

    /** A condition as it is written. */
    public record Source(String name, String expression) {}

    /**
     * Why an expression is refused.
     *
     * @param index among the conditions
     * @param message in kube-apiserver's words
     */
    public record CompileError(int index, String message) {}

    /** What conditions say of a request. */
    public sealed interface Verdict {
        /** All are true. */
        record Matched() implements Verdict {}

        /** One is false. @param condition its name */
        record NotMatched(String condition) implements Verdict {}

        /** None is false, but some could not be evaluated. @param errors in kube-apiserver's words */
        record Failed(List<String> errors) implements Verdict {}
    }

    private record Condition(String name, String source, CompiledExpression expression) {}

    /** The compiler, made when the first condition is compiled. */
    private static final class Compiler {
        private static final CelCompiler INSTANCE = Environment.compiler(variables(), RequestType.TYPES);

        private static Map<String, CelType> variables() {
            Map<String, CelType> variables = new LinkedHashMap<>();
            variables.put("object", SimpleType.DYN);
            variables.put("oldObject", SimpleType.DYN);
            variables.put("request", RequestType.TYPE);
            return variables;
        }
    }

    /** What is wrong with the conditions; empty where all of them compile. */
    public static List<CompileError> check(List<Source> sources) {
        List<CompileError> errors = new ArrayList<>();
        for (int at = 0; at < sources.size(); at++) {
            String wrong = wrong(sources.get(at).expression());
            if (wrong != null) {
                errors.add(new CompileError(at, wrong));
            }
        }
        return errors;
    }

    private static @Nullable String wrong(String expression) {
        return switch (CompiledExpression.compile(Compiler.INSTANCE, expression)) {
            case Result.Refused refused -> "compilation failed: " + refused.message();
            case Result.Compiled compiled -> isBoolean(compiled.expression())
                    ? null
                    : "must evaluate to bool but got " + CelTypes.format(compiled.expression().resultType());
        };
    }

    private static boolean isBoolean(CompiledExpression expression) {
        return expression.resultType().equals(SimpleType.BOOL) || expression.resultType().equals(SimpleType.DYN);
    }

    /** Throws {@link IllegalArgumentException} where {@link #check} finds something wrong. */
    public static Conditions compile(List<Source> sources) {
        List<Condition> conditions = new ArrayList<>(sources.size());
        for (Source source : sources) {
            switch (CompiledExpression.compile(Compiler.INSTANCE, source.expression())) {
                case Result.Refused refused -> throw new IllegalArgumentException(refused.message());
                case Result.Compiled compiled -> conditions
                        .add(new Condition(source.name(), source.expression(), compiled.expression()));
            }
        }
        return new Conditions(List.copyOf(conditions));
    }

    /**
     * @param object null for none, as in a deletion
     * @param oldObject null for none, as in a creation
     * @param request the AdmissionRequest without its objects
     */
    public Verdict evaluate(@Nullable JsonNode object, @Nullable JsonNode oldObject, JsonNode request) {
        Map<String, Object> variables = Map.of("object", CelValues.untyped(orNull(object)), "oldObject",
                CelValues.untyped(orNull(oldObject)), "request", CelValues.untyped(request));
        List<String> errors = new ArrayList<>();
        long budget = BUDGET;
        for (Condition condition : conditions) {
            Outcome outcome = condition.expression().evaluate(variables::get);
            budget -= outcome.cost();
            if (budget < 0) {
                return new Verdict.Failed(List.of("validation failed due to running out of cost budget, "
                        + "no further validation rules will be run"));
            }
            if (Boolean.FALSE.equals(outcome.value())) {
                return new Verdict.NotMatched(condition.name());
            }
            if (!Boolean.TRUE.equals(outcome.value())) {
                errors.add("expression '" + condition.source() + "' resulted in error: "
                        + (outcome.error().isEmpty() ? "no such overload" : outcome.error()));
            }
        }
        return errors.isEmpty() ? new Verdict.Matched() : new Verdict.Failed(errors);
    }

    private static JsonNode orNull(@Nullable JsonNode node) {
        return node == null ? NullNode.instance : node;
    }
}
