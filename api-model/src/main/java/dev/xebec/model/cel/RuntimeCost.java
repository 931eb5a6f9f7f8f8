package dev.xebec.model.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelEvaluationListener;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts what an evaluation costs, and ends it when that is too much. One for each evaluation.
 *
 * <p>Source: cel-go {@code interpreter/runtimecost.go}, apiserver {@code pkg/cel/library/cost.go}.
 */
final class RuntimeCost implements CelEvaluationListener {
    private static final double TRAVERSAL = 0.1;
    private static final double REGEX = 0.25;

    private final long limit;
    private final Map<Long, Object> values = new HashMap<>();
    private long cost;

    RuntimeCost(long limit) {
        this.limit = limit;
    }

    /** Ends an evaluation; says nothing that the count does not. */
    static final class LimitExceeded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LimitExceeded() {
            super("operation cancelled: actual cost limit exceeded", null, false, false);
        }
    }

    long cost() {
        return cost;
    }

    boolean isExceeded() {
        return cost > limit;
    }

    @Override
    public void callback(CelExpr expression, @Nullable Object value) {
        cost += switch (expression.getKind()) {
            case IDENT -> 1;
            case SELECT -> expression.select().testOnly() ? 0 : 1;
            case LIST -> 10;
            case MAP -> 30;
            case STRUCT -> 40;
            case CALL -> call(expression.call(), value);
            case CONSTANT, COMPREHENSION, NOT_SET -> 0;
        };
        if (isExceeded()) {
            throw new LimitExceeded();
        }
        values.put(expression.id(), value == null ? Void.class : value);
    }

    private long call(CelExpr.CelCall call, @Nullable Object result) {
        List<CelExpr> operands = new java.util.ArrayList<>(3);
        call.target().ifPresent(operands::add);
        operands.addAll(call.args());
        return switch (call.function()) {
            case "_&&_", "_||_", "_?_:_" -> 0;
            case "check" -> 350_000;
            case "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_" ->
                traversal(Math.min(size(operands, 0), size(operands, 1)));
            case "_+_" -> isText(operands) ? traversal(size(operands, 0) + size(operands, 1)) : 1;
            case "startsWith", "endsWith" -> traversal(size(operands, 1));
            case "@in", "_in_", "in" -> Math.max(1, size(operands, 1));
            case "contains" -> traversal(size(operands, 0)) * traversal(size(operands, 1));
            case "matches", "find", "findAll" -> regex(size(operands, 0), size(operands, 1));
            case "isSorted", "sum", "max", "min" -> traverse(value(operands, 0));
            case "indexOf", "lastIndexOf" -> traverse(value(operands, 0));
            case "url", "lowerAscii", "upperAscii", "substring", "trim", "cidr", "isIP", "isCIDR", "ip", "quantity",
                    "isQuantity", "semver", "isSemver", "string", "bytes", "format" ->
                traversal(size(operands, 0));
            case "slice", "lists.range", "reverse", "flatten" -> 11 + sizeOf(result);
            case "distinct", "sort" -> 11 + 2 * size(operands, 0) * size(operands, 0);
            case "replace", "split", "ip.isCanonical" -> traversal(2 * size(operands, 0));
            case "join" -> traversal(2 * sizeOf(result));
            case "validate" -> regex(size(operands, 1), 128);
            default -> 1;
        };
    }

    private static long traversal(long size) {
        return (long) Math.ceil(size * TRAVERSAL);
    }

    private static long regex(long text, long pattern) {
        return traversal(1 + text) * (long) Math.ceil(pattern * REGEX);
    }

    private boolean isText(List<CelExpr> operands) {
        return value(operands, 0) instanceof String || value(operands, 0) instanceof CelByteString;
    }

    private long size(List<CelExpr> operands, int index) {
        return sizeOf(value(operands, index));
    }

    private @Nullable Object value(List<CelExpr> operands, int index) {
        if (index >= operands.size()) {
            return null;
        }
        CelExpr operand = operands.get(index);
        return operand.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && operand.constant().getKind() == dev.cel.common.ast.CelConstant.Kind.STRING_VALUE
                        ? operand.constant().stringValue()
                        : values.get(operand.id());
    }

    private static long sizeOf(@Nullable Object value) {
        return switch (value) {
            case String text -> text.length();
            case CelByteString bytes -> bytes.size();
            case Collection<?> list -> list.size();
            case Map<?, ?> map -> map.size();
            case null, default -> 1;
        };
    }

    private static long traverse(@Nullable Object value) {
        return switch (value) {
            case String text -> (long) (text.length() * TRAVERSAL);
            case Collection<?> list -> {
                long sum = 0;
                for (Object one : list) {
                    sum += traverse(one);
                }
                yield sum;
            }
            case null, default -> 1;
        };
    }
}
