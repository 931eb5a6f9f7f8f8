package dev.xebec.model.cel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.xebec.model.cel.CompiledExpression.Outcome;
import dev.xebec.model.cel.CompiledExpression.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One expression over JSON values, of whose form nothing is known, that says whether they are wanted. Compiled once;
 * evaluated by any number of threads. An evaluation that costs more than one rule of a custom resource may is ended.
 */
public final class Filter {
    private final CompiledExpression expression;

    private Filter(CompiledExpression expression) {
        this.expression = expression;
    }

    /** What came of a compilation. */
    public sealed interface Compilation {
        record Compiled(Filter filter) implements Compilation {}

        /** @param message in cel-go's words */
        record Refused(String message) implements Compilation {}
    }

    /** What the expression says of some values. */
    public sealed interface Verdict {
        record Wanted() implements Verdict {}

        record Unwanted() implements Verdict {}

        /** @param error in cel-go's words */
        record Failed(String error) implements Verdict {}
    }

    /** @param variables that the expression may name */
    public static Compilation compile(List<String> variables, String expression) {
        Map<String, CelType> types = new LinkedHashMap<>();
        variables.forEach(variable -> types.put(variable, SimpleType.DYN));
        CelCompiler compiler = Environment.compiler(types, Map.of());
        return switch (CompiledExpression.compile(compiler, expression)) {
            case Result.Refused refused -> new Compilation.Refused(refused.message());
            case Result.Compiled compiled -> answersYesOrNo(compiled.expression())
                    ? new Compilation.Compiled(new Filter(compiled.expression()))
                    : new Compilation.Refused("must evaluate to bool");
        };
    }

    private static boolean answersYesOrNo(CompiledExpression expression) {
        return expression.resultType().equals(SimpleType.BOOL) || expression.resultType().equals(SimpleType.DYN);
    }

    /** @param values one for each variable */
    public Verdict evaluate(Map<String, ? extends JsonNode> values) {
        Outcome outcome = expression.evaluate(name -> {
            JsonNode value = values.get(name);
            return value == null ? null : CelValues.untyped(value);
        });
        if (Boolean.TRUE.equals(outcome.value())) {
            return new Verdict.Wanted();
        }
        if (Boolean.FALSE.equals(outcome.value())) {
            return new Verdict.Unwanted();
        }
        return new Verdict.Failed(outcome.error().isEmpty() ? "does not evaluate to bool" : outcome.error());
    }
}
