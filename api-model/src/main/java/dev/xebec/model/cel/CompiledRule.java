package dev.xebec.model.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.xebec.model.cel.CompiledExpression.Result;
import dev.xebec.model.structural.Structural.CelRule;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a schema that was compiled.
 *
 * @param expression null where it is refused
 * @param error why it is refused; empty for none
 * @param message the compiled messageExpression; null for none, or where it is refused
 * @param messageError why the messageExpression is refused; empty for none
 * @param place what the schema says of self
 */
record CompiledRule(CelRule rule, @Nullable CompiledExpression expression, String error, boolean usesOldSelf,
        @Nullable CompiledExpression message, String messageError, DeclaredType place) {

    /** Compiles the rules of one node; the compilers are made when they are needed. */
    static final class Compilers {
        private final DeclaredType place;
        private final Map<String, CelType> types;
        private @Nullable CelCompiler plain;
        private @Nullable CelCompiler optional;

        Compilers(DeclaredType place, Map<String, CelType> types) {
            this.place = place;
            this.types = types;
        }

        CompiledRule compile(CelRule rule) {
            CelCompiler compiler = Boolean.TRUE.equals(rule.optionalOldSelf()) ? optional() : plain();
            return switch (CompiledExpression.compile(compiler, rule.rule())) {
                case Result.Refused refused -> refused(rule, "compilation failed: " + refused.message());
                case Result.Compiled compiled -> compiled.expression().resultType().equals(SimpleType.BOOL)
                        ? withMessage(rule, compiled.expression(), compiler)
                        : refused(rule, "cel expression must evaluate to a bool");
            };
        }

        private CompiledRule refused(CelRule rule, String error) {
            return new CompiledRule(rule, null, error, false, null, "", place);
        }

        private CompiledRule withMessage(CelRule rule, CompiledExpression expression, CelCompiler compiler) {
            boolean oldSelf = expression.mentions("oldSelf");
            if (rule.messageExpression().isEmpty()) {
                return new CompiledRule(rule, expression, "", oldSelf, null, "", place);
            }
            return switch (CompiledExpression.compile(compiler, rule.messageExpression())) {
                case Result.Refused refused -> new CompiledRule(rule, expression, "", oldSelf, null,
                        "messageExpression compilation failed: " + refused.message(), place);
                case Result.Compiled compiled -> compiled.expression().resultType().equals(SimpleType.STRING)
                        ? new CompiledRule(rule, expression, "", oldSelf, compiled.expression(), "", place)
                        : new CompiledRule(rule, expression, "", oldSelf, null,
                                "messageExpression must evaluate to a string", place);
            };
        }

        private CelCompiler plain() {
            CelCompiler made = plain;
            if (made == null) {
                made = Environment.compiler(variables(place.type()), types);
                plain = made;
            }
            return made;
        }

        private CelCompiler optional() {
            CelCompiler made = optional;
            if (made == null) {
                made = Environment.compiler(variables(OptionalType.create(place.type())), types);
                optional = made;
            }
            return made;
        }

        private Map<String, CelType> variables(CelType old) {
            Map<String, CelType> variables = new LinkedHashMap<>();
            variables.put("self", place.type());
            variables.put("oldSelf", old);
            return variables;
        }
    }

    /** The most that the rule can cost once. */
    long cost() {
        return expression == null ? 0 : StaticCost.of(expression.ast(), Map.of("self", place, "oldSelf", place));
    }

    long messageCost() {
        return message == null ? 0 : StaticCost.of(message.ast(), Map.of("self", place, "oldSelf", place));
    }

    /** How often the rule can run at most for one object whose size only the request's limit bounds. */
    long cardinality() {
        return DeclaredType.MAX_REQUEST / (place.minSize() + 1);
    }

    /** What names the rule in errors. */
    String name() {
        return rule.message().isEmpty() ? rule.rule().strip() : rule.message().strip();
    }
}
