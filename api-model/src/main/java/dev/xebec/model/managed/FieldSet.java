package dev.xebec.model.managed;

import dev.xebec.model.schema.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A set of fields, as a tree: an element may be a member itself, have members below it, or both. Immutable, sorted.
 *
 * <p>Source: structured-merge-diff v6 {@code fieldpath/set.go}.
 */
public final class FieldSet {
    public static final FieldSet EMPTY = new FieldSet(new Node[0]);

    private final Node[] nodes;

    /** An element that is a member, or has members below it, or both. */
    record Node(PathElement element, boolean member, FieldSet below) {}

    private FieldSet(Node[] nodes) {
        this.nodes = nodes;
    }

    /** @param sorted strictly ascending, each with something in it */
    static FieldSet of(List<Node> sorted) {
        return sorted.isEmpty() ? EMPTY : new FieldSet(sorted.toArray(new Node[0]));
    }

    public static FieldSet of(FieldPath... paths) {
        FieldSetBuilder builder = new FieldSetBuilder();
        for (FieldPath path : paths) {
            builder.insert(path);
        }
        return builder.build();
    }

    List<Node> nodes() {
        return Arrays.asList(nodes);
    }

    public boolean isEmpty() {
        return nodes.length == 0;
    }

    /** Members, at all depths. */
    public int size() {
        int count = 0;
        for (Node node : nodes) {
            count += (node.member() ? 1 : 0) + node.below().size();
        }
        return count;
    }

    private @Nullable Node find(PathElement element) {
        int low = 0;
        int high = nodes.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = nodes[middle].element().compareTo(element);
            if (order == 0) {
                return nodes[middle];
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }

    /** Whether the element itself is a member. */
    boolean hasMember(PathElement element) {
        Node node = find(element);
        return node != null && node.member();
    }

    /** What is below an element. */
    FieldSet below(PathElement element) {
        Node node = find(element);
        return node == null ? EMPTY : node.below();
    }

    public boolean has(FieldPath path) {
        FieldSet set = this;
        List<PathElement> elements = path.elements();
        for (int at = 0; at < elements.size() - 1; at++) {
            set = set.below(elements.get(at));
        }
        return !elements.isEmpty() && set.hasMember(elements.get(elements.size() - 1));
    }

    /** What one of two nodes of an element, or both, come to in a result; null where a set does not have it. */
    @FunctionalInterface
    private interface Both {
        @Nullable
        Node of(@Nullable Node one, @Nullable Node two);
    }

    private FieldSet combine(FieldSet other, Both both) {
        List<Node> result = new ArrayList<>(Math.max(nodes.length, other.nodes.length));
        int one = 0;
        int two = 0;
        while (one < nodes.length || two < other.nodes.length) {
            int order = one == nodes.length
                    ? 1
                    : two == other.nodes.length ? -1 : nodes[one].element().compareTo(other.nodes[two].element());
            Node node = both.of(order <= 0 ? nodes[one++] : null, order >= 0 ? other.nodes[two++] : null);
            if (node != null && (node.member() || !node.below().isEmpty())) {
                result.add(node);
            }
        }
        return of(result);
    }

    public FieldSet union(FieldSet other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        return combine(other, (one, two) -> one == null
                ? two
                : two == null
                        ? one
                        : new Node(one.element(), one.member() || two.member(), one.below().union(two.below())));
    }

    public FieldSet intersection(FieldSet other) {
        return combine(other, (one, two) -> one == null || two == null
                ? null
                : new Node(one.element(), one.member() && two.member(), one.below().intersection(two.below())));
    }

    /** Without the members of the other set; what is below them stays. */
    public FieldSet difference(FieldSet other) {
        return other.isEmpty()
                ? this
                : combine(other, (one, two) -> one == null || two == null
                        ? one
                        : new Node(one.element(), one.member() && !two.member(), one.below().difference(two.below())));
    }

    /** Without the members of the other set and all that is below them. */
    public FieldSet recursiveDifference(FieldSet other) {
        return other.isEmpty()
                ? this
                : combine(other, (one, two) -> one == null || two == null
                        ? one
                        : two.member()
                                ? null
                                : new Node(one.element(), one.member(), one.below().recursiveDifference(two.below())));
    }

    /** Without the members that have members below them. */
    public FieldSet leaves() {
        List<Node> result = new ArrayList<>(nodes.length);
        for (Node node : nodes) {
            result.add(node.below().isEmpty() ? node : new Node(node.element(), false, node.below().leaves()));
        }
        return of(result);
    }

    /** With each declared field that has members below it as a member, too. */
    FieldSet withNamedFields(@Nullable Schema schema) {
        List<Node> result = new ArrayList<>(nodes.length);
        for (Node node : nodes) {
            boolean named = !node.below().isEmpty() && node.element() instanceof PathElement.Field field
                    && schema instanceof Schema.Struct struct && struct.field(field.name()) != null;
            result.add(new Node(node.element(), node.member() || named,
                    node.below().withNamedFields(Schemas.below(schema, node.element()))));
        }
        return of(result);
    }

    /** Every member: those of a level first, then what is below each. */
    public void forEach(Consumer<FieldPath> action) {
        visit(new ArrayList<>(), action);
    }

    private void visit(List<PathElement> prefix, Consumer<FieldPath> action) {
        for (Node node : nodes) {
            if (node.member()) {
                List<PathElement> path = new ArrayList<>(prefix);
                path.add(node.element());
                action.accept(new FieldPath(List.copyOf(path)));
            }
        }
        for (Node node : nodes) {
            prefix.add(node.element());
            node.below().visit(prefix, action);
            prefix.remove(prefix.size() - 1);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldSet that && Arrays.equals(nodes, that.nodes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(nodes);
    }

    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        forEach(path -> lines.add(path.toString()));
        return String.join("\n", lines);
    }
}
