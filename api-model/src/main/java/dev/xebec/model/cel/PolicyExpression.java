package dev.xebec.model.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.xebec.model.cel.CompiledExpression.Result;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * An expression of an admission policy. Nothing is known here of the functions of {@code authorizer}: an expression that
 * names it is taken as it is. Source: apiserver {@code pkg/admission/plugin/cel/compile.go}.
 */
public final class PolicyExpression {
    private PolicyExpression() {}

    /** What an expression may say. */
    public enum Wanted {
        BOOL, TEXT, ANYTHING
    }

    /** Compilers, made when the first expression is compiled. */
    private static final class Compilers {
        private static final CelCompiler PLAIN = Environment.compiler(variables(false), RequestType.TYPES);
        private static final CelCompiler WITH_PARAMS = Environment.compiler(variables(true), RequestType.TYPES);

        private static Map<String, CelType> variables(boolean params) {
            Map<String, CelType> variables = new LinkedHashMap<>();
            for (String name : new String[]{"object", "oldObject", "namespaceObject", "variables"}) {
                variables.put(name, SimpleType.DYN);
            }
            variables.put("request", RequestType.TYPE);
            if (params) {
                variables.put("params", SimpleType.DYN);
            }
            return variables;
        }
    }

    /** What is wrong with it, in kube-apiserver's words; empty for nothing. @param params whether the policy has parameters */
    public static String problem(String expression, boolean params, Wanted wanted) {
        if (expression.contains("authorizer")) {
            return "";
        }
        return switch (CompiledExpression.compile(params ? Compilers.WITH_PARAMS : Compilers.PLAIN, expression)) {
            case Result.Refused refused -> "compilation failed: " + refused.message();
            case Result.Compiled compiled -> fits(compiled.expression().resultType(), wanted);
        };
    }

    private static String fits(CelType type, Wanted wanted) {
        Set<CelType> any = Set.of(SimpleType.DYN, SimpleType.ANY);
        return switch (wanted) {
            case ANYTHING -> "";
            case BOOL -> type.equals(SimpleType.BOOL) || any.contains(type) ? "" : wanted("bool", type);
            case TEXT -> type.equals(SimpleType.STRING) || type.equals(SimpleType.NULL_TYPE) || any.contains(type)
                    ? ""
                    : wanted("string", type);
        };
    }

    private static String wanted(String wanted, CelType type) {
        return "must evaluate to " + wanted + " but got " + CelTypes.format(type);
    }
}
