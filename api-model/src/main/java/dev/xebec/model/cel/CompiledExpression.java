package dev.xebec.model.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelType;
import dev.cel.compiler.CelCompiler;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An expression that was checked and can be evaluated, by many threads at once. */
final class CompiledExpression {
    /** Cost that one evaluation may have. Source: apiserver {@code pkg/apis/cel/config.go}. */
    static final long PER_CALL_LIMIT = 1_000_000;

    private final CelAbstractSyntaxTree ast;
    private final CelRuntime.Program program;

    private CompiledExpression(CelAbstractSyntaxTree ast, CelRuntime.Program program) {
        this.ast = ast;
        this.program = program;
    }

    /** What came of a compilation. */
    sealed interface Result {
        record Compiled(CompiledExpression expression) implements Result {}

        record Refused(String message) implements Result {}
    }

    /**
     * What came of an evaluation.
     *
     * @param value null where there is an error
     * @param error in cel-go's words; empty for none
     */
    record Outcome(@Nullable Object value, String error, long cost) {}

    static Result compile(CelCompiler compiler, String expression) {
        try {
            CelValidationResult parsed = compiler.parse(expression);
            if (parsed.hasError()) {
                return new Result.Refused(CompilerText.of(syntax(parsed.getErrorString())));
            }
            CelAbstractSyntaxTree ast = unambiguous(compiler.check(parsed.getAst()).getAst());
            return new Result.Compiled(
                    new CompiledExpression(ast, (CelRuntime.Program) Environment.runtime().createProgram(ast)));
        } catch (CelValidationException | CelEvaluationException refused) {
            return new Result.Refused(CompilerText.of(String.valueOf(refused.getMessage())));
        } catch (StackOverflowError tooDeep) {
            return new Result.Refused("ERROR: <input>:-1:0: expression recursion limit exceeded: 250");
        }
    }

    /** What cel-go says of an expression that is none. */
    private static String syntax(String errors) {
        return errors.replaceAll("(ERROR: <input>:-?[0-9]+:[0-9]+: )(?=mismatched|extraneous|missing|no viable|token)",
                "$1Syntax error: ").replaceAll("expecting \\{<EOF>, [^}]*\\}", "expecting <EOF>");
    }

    /** Where nothing is known of a list's elements, several overloads fit; any one of them serves. */
    private static CelAbstractSyntaxTree unambiguous(CelAbstractSyntaxTree ast) {
        Map<Long, CelReference> references = new HashMap<>(ast.getReferenceMap());
        references.replaceAll((id, reference) -> reference.overloadIds().size() > 1
                && reference.overloadIds().stream().allMatch(ListLibrary::isInterchangeable)
                        ? CelReference.newBuilder().setName(reference.name())
                                .addOverloadIds(reference.overloadIds().get(0)).build()
                        : reference);
        return CelAbstractSyntaxTree.newCheckedAst(ast.getExpr(), ast.getSource(), references, ast.getTypeMap());
    }

    CelAbstractSyntaxTree ast() {
        return ast;
    }

    CelType resultType() {
        return ast.getResultType();
    }

    boolean mentions(String variable) {
        return ast.getReferenceMap().values().stream().anyMatch(reference -> reference.name().equals(variable));
    }

    /** @param variables the value of each variable; null for one that is not there */
    Outcome evaluate(Function<String, @Nullable Object> variables) {
        RuntimeCost cost = new RuntimeCost(PER_CALL_LIMIT);
        CelVariableResolver resolver = name -> Optional.ofNullable(variables.apply(name));
        try {
            Object value = program.trace(resolver, cost);
            return cost.isExceeded() ? exceeded(cost) : new Outcome(value, "", cost.cost());
        } catch (CelEvaluationException failed) {
            return cost.isExceeded() ? exceeded(cost) : new Outcome(null, words(failed), cost.cost());
        } catch (RuntimeCost.LimitExceeded tooMuch) {
            return exceeded(cost);
        } catch (StackOverflowError tooDeep) {
            return new Outcome(null, "expression is nested too deeply", cost.cost());
        }
    }

    private static Outcome exceeded(RuntimeCost cost) {
        return new Outcome(null, "operation cancelled: actual cost limit exceeded", cost.cost());
    }

    /** The error as cel-go says it. */
    private static String words(CelEvaluationException failed) {
        String message = message(failed);
        return switch (failed.getErrorCode()) {
            case ATTRIBUTE_NOT_FOUND -> "no such key: " + between(message, "key '", "' is");
            case INDEX_OUT_OF_BOUNDS -> "index out of bounds: " + message.substring(message.lastIndexOf(' ') + 1);
            case DIVIDE_BY_ZERO -> message.contains("mod") ? "modulus by zero" : "division by zero";
            case OVERLOAD_NOT_FOUND, AMBIGUOUS_OVERLOAD -> "no such overload";
            case NUMERIC_OVERFLOW -> "integer overflow";
            case INTERNAL_ERROR, DUPLICATE_ATTRIBUTE, INVALID_ARGUMENT, TYPE_NOT_FOUND, ITERATION_BUDGET_EXCEEDED,
                    BAD_FORMAT ->
                message;
        };
    }

    private static String message(CelEvaluationException failed) {
        Throwable cause = failed.getCause();
        if (cause instanceof IllegalArgumentException && cause.getMessage() != null) {
            return cause.getMessage();
        }
        String message = String.valueOf(failed.getMessage());
        int colon = message.startsWith("evaluation error") ? message.indexOf(": ") : -1;
        return colon < 0 ? message : message.substring(colon + 2);
    }

    private static String between(String text, String before, String after) {
        int start = text.indexOf(before);
        int end = text.lastIndexOf(after);
        return start < 0 || end < start ? text : text.substring(start + before.length(), end);
    }

    /** Whether the error is the one of a value that the expression's author did not expect. */
    static boolean isNoOverload(String error) {
        return error.startsWith("no such overload");
    }

    static boolean isExceeded(String error) {
        return error.startsWith("operation cancelled: actual cost limit exceeded");
    }
}
