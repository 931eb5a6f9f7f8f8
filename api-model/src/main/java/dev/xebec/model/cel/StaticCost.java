package dev.xebec.model.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The most that an expression can cost, judged by its form and by how large the schema lets values be. Sums and products
 * stop at the largest number.
 *
 * <p>Source: cel-go {@code checker/cost.go}, apiserver {@code pkg/cel/library/cost.go}.
 */
final class StaticCost {
    static final long UNKNOWN = Long.MAX_VALUE;

    private final CelAbstractSyntaxTree ast;
    private final Map<String, DeclaredType> variables;
    private final Map<Long, Long> sizes = new HashMap<>();
    private final Map<Long, DeclaredType> places = new HashMap<>();
    private final Map<String, Deque<Local>> locals = new HashMap<>();

    /** A variable of a comprehension: where in the schema its values stand, if anywhere, and how large they are. */
    private record Local(@Nullable DeclaredType place, @Nullable Long size) {}

    private StaticCost(CelAbstractSyntaxTree ast, Map<String, DeclaredType> variables) {
        this.ast = ast;
        this.variables = variables;
    }

    /** @param variables where each variable stands in the schema */
    static long of(CelAbstractSyntaxTree ast, Map<String, DeclaredType> variables) {
        return new StaticCost(ast, variables).cost(ast.getExpr());
    }

    static long plus(long one, long other) {
        return one > UNKNOWN - other ? UNKNOWN : one + other;
    }

    static long times(long one, long other) {
        return one == 0 || other == 0 ? 0 : one > UNKNOWN / other ? UNKNOWN : one * other;
    }

    static long scaled(long size, double factor) {
        double product = Math.ceil(size * factor);
        return size == UNKNOWN || product >= UNKNOWN ? UNKNOWN : (long) product;
    }

    private long cost(CelExpr expression) {
        return switch (expression.getKind()) {
            case CONSTANT, NOT_SET -> 0;
            case IDENT -> identifier(expression);
            case SELECT -> select(expression);
            case CALL -> call(expression);
            case LIST -> {
                long sum = 10;
                for (CelExpr element : expression.list().elements()) {
                    sum = plus(sum, cost(element));
                }
                yield sum;
            }
            case MAP -> {
                long sum = 30;
                for (CelExpr.CelMap.Entry entry : expression.map().entries()) {
                    sum = plus(sum, plus(cost(entry.key()), cost(entry.value())));
                }
                yield sum;
            }
            case STRUCT -> 40;
            case COMPREHENSION -> comprehension(expression);
        };
    }

    private long identifier(CelExpr expression) {
        String name = expression.ident().name();
        Local local = local(name);
        DeclaredType place = local == null ? variables.get(name) : local.place();
        if (place != null) {
            places.put(expression.id(), place);
        }
        if (local != null && local.size() != null) {
            sizes.put(expression.id(), local.size());
        }
        return 1;
    }

    private @Nullable Local local(String name) {
        Deque<Local> stack = locals.get(name);
        return stack == null ? null : stack.peek();
    }

    private long select(CelExpr expression) {
        CelExpr.CelSelect select = expression.select();
        long operand = cost(select.operand());
        if (select.testOnly()) {
            return operand;
        }
        DeclaredType parent = places.get(select.operand().id());
        DeclaredType field = parent == null ? null : parent.fields().get(select.field());
        if (field != null) {
            places.put(expression.id(), field);
        }
        CelKind kind = kind(select.operand());
        return kind == CelKind.MAP || kind == CelKind.STRUCT || kind == CelKind.TYPE_PARAM ? plus(operand, 1) : operand;
    }

    private CelKind kind(CelExpr expression) {
        return ast.getType(expression.id()).map(CelType::kind).orElse(CelKind.DYN);
    }

    private long comprehension(CelExpr expression) {
        CelComprehension loop = expression.comprehension();
        long sum = plus(cost(loop.iterRange()), cost(loop.accuInit()));
        push(loop.accuVar(), new Local(null, size(loop.accuInit())));
        pushIteration(loop);
        long step = plus(cost(loop.loopCondition()), cost(loop.loopStep()));
        pop(loop.iterVar());
        if (!loop.iterVar2().isEmpty()) {
            pop(loop.iterVar2());
        }
        sum = plus(sum, cost(loop.result()));
        pop(loop.accuVar());
        long count = sizeOrUnknown(loop.iterRange());
        switch (loop.accuInit().getKind()) {
            case LIST, MAP -> sizes.put(expression.id(), count);
            case CONSTANT -> {
                Long size = size(loop.accuInit());
                if (size != null) {
                    sizes.put(expression.id(), size);
                }
            }
            case IDENT, SELECT, CALL, STRUCT, COMPREHENSION, NOT_SET -> {
                // Nothing is known of what such a loop makes.
            }
        }
        return plus(sum, times(count, step));
    }

    private void pushIteration(CelComprehension loop) {
        DeclaredType range = places.get(loop.iterRange().id());
        boolean list = kind(loop.iterRange()) == CelKind.LIST;
        DeclaredType key = range == null ? null : range.key();
        DeclaredType element = range == null ? null : range.element();
        Long constant = list ? largestElement(loop.iterRange()) : null;
        if (loop.iterVar2().isEmpty()) {
            push(loop.iterVar(), list ? new Local(element, constant) : new Local(key, null));
        } else {
            push(loop.iterVar(), list ? new Local(null, 1L) : new Local(key, null));
            push(loop.iterVar2(), new Local(element, constant));
        }
    }

    private @Nullable Long largestElement(CelExpr range) {
        if (range.getKind() != CelExpr.ExprKind.Kind.LIST) {
            return null;
        }
        long largest = 0;
        for (CelExpr element : range.list().elements()) {
            largest = Math.max(largest, sizeOrUnknown(element));
        }
        return largest;
    }

    private void push(String name, Local local) {
        locals.computeIfAbsent(name, absent -> new ArrayDeque<>()).push(local);
    }

    private void pop(String name) {
        Deque<Local> stack = locals.get(name);
        if (stack != null) {
            stack.pop();
        }
    }

    private long call(CelExpr expression) {
        CelCall call = expression.call();
        List<CelExpr> operands = new ArrayList<>(3);
        call.target().ifPresent(operands::add);
        operands.addAll(call.args());
        long[] costs = operands.stream().mapToLong(this::cost).toArray();
        long sum = 0;
        for (long each : costs) {
            sum = plus(sum, each);
        }
        if (call.function().equals("_?_:_")) {
            sizes.put(expression.id(), Math.max(sizeOrUnknown(operands.get(1)), sizeOrUnknown(operands.get(2))));
            return plus(costs[0], Math.max(costs[1], costs[2]));
        }
        index(expression, call, operands);
        List<Long> sizesOfOperands = operands.stream().map(this::sizeOrUnknown).toList();
        CallCost own = CallCost.of(call.function(), sizesOfOperands, elementSize(operands), isText(operands));
        if (own.resultSize() != null) {
            sizes.put(expression.id(), own.resultSize());
        }
        return plus(sum, own.cost());
    }

    /** An element of a list or a map stands where its schema's items or values do. */
    private void index(CelExpr expression, CelCall call, List<CelExpr> operands) {
        if (call.function().equals("_[_]") || call.function().equals("_[?_]")) {
            DeclaredType container = places.get(operands.get(0).id());
            if (container != null && container.element() != null) {
                places.put(expression.id(), container.element());
            }
        }
    }

    private boolean isText(List<CelExpr> operands) {
        return !operands.isEmpty()
                && (kind(operands.get(0)) == CelKind.STRING || kind(operands.get(0)) == CelKind.BYTES);
    }

    /** How large an element of the first operand can be; 0 where elements are no texts. */
    private long elementSize(List<CelExpr> operands) {
        if (operands.isEmpty()
                || !(ast.getType(operands.get(0).id()).orElse(null) instanceof ListType list) || !list.hasElemType()
                || (list.elemType().kind() != CelKind.STRING && list.elemType().kind() != CelKind.BYTES)) {
            return 0;
        }
        DeclaredType place = places.get(operands.get(0).id());
        return place != null && place.element() != null ? place.element().maxElements() : UNKNOWN;
    }

    private long sizeOrUnknown(CelExpr expression) {
        Long size = size(expression);
        return size == null ? UNKNOWN : size;
    }

    private @Nullable Long size(CelExpr expression) {
        Long known = sizes.get(expression.id());
        if (known != null) {
            return known;
        }
        switch (expression.getKind()) {
            case CONSTANT -> {
                if (expression.constant().getKind() == CelConstant.Kind.STRING_VALUE) {
                    return (long) expression.constant().stringValue().length();
                }
                if (expression.constant().getKind() == CelConstant.Kind.BYTES_VALUE) {
                    return (long) expression.constant().bytesValue().size();
                }
            }
            case LIST -> {
                return (long) expression.list().elements().size();
            }
            case MAP -> {
                return (long) expression.map().entries().size();
            }
            case IDENT, SELECT, CALL, STRUCT, COMPREHENSION, NOT_SET -> {
                // By its place or its type.
            }
        }
        DeclaredType place = places.get(expression.id());
        if (place != null) {
            return place.maxElements();
        }
        return switch (kind(expression)) {
            case BOOL, DOUBLE, DURATION, INT, TIMESTAMP, UINT -> 1L;
            case UNSPECIFIED, ERROR, DYN, ANY, BYTES, LIST, MAP, NULL_TYPE, OPAQUE, STRING, STRUCT, TYPE, TYPE_PARAM ->
                null;
        };
    }
}
