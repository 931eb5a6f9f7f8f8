package dev.xebec.model.selector;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.selector.Requirement.Operator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Selects objects by their labels: all requirements have to hold. Immutable. */
public final class LabelSelector {
    private static final LabelSelector EVERYTHING = new LabelSelector(List.of(), false);
    private static final LabelSelector NOTHING = new LabelSelector(List.of(), true);

    private final List<Requirement> requirements;
    private final boolean nothing;

    private LabelSelector(List<Requirement> requirements, boolean nothing) {
        this.requirements = requirements.stream().sorted(Comparator.comparing(Requirement::key)).toList();
        this.nothing = nothing;
    }

    public static LabelSelector everything() {
        return EVERYTHING;
    }

    public static LabelSelector nothing() {
        return NOTHING;
    }

    /** Reads the query form, {@code a=b,c!=d,e in (x,y),!f}. Throws {@link IllegalArgumentException} on bad input. */
    public static LabelSelector parse(String query) {
        List<Requirement> requirements = LabelSelectorParser.parse(query);
        return requirements.isEmpty() ? EVERYTHING : new LabelSelector(requirements, false);
    }

    /** Reads the simple form of Services and ReplicationControllers: a map of labels to equal. */
    public static LabelSelector ofMap(Map<String, String> labels) {
        return new LabelSelector(labels.entrySet().stream()
                .map(label -> new Requirement(label.getKey(), Operator.EQUALS, List.of(label.getValue()))).toList(),
                false);
    }

    /**
     * Reads a {@code meta/v1 LabelSelector}: absent or null selects nothing, an empty one everything. Throws
     * {@link IllegalArgumentException} on bad input.
     */
    public static LabelSelector of(JsonNode selector) {
        if (!selector.isObject()) {
            return NOTHING;
        }
        List<Requirement> requirements = new ArrayList<>();
        selector.path("matchLabels").properties().forEach(label -> requirements
                .add(Requirement.checked(label.getKey(), Operator.EQUALS, List.of(label.getValue().asText()))));
        for (JsonNode expression : selector.path("matchExpressions")) {
            List<String> values = new ArrayList<>();
            expression.path("values").forEach(value -> values.add(value.asText()));
            requirements.add(Requirement.checked(expression.path("key").asText(),
                    operator(expression.path("operator").asText()), values));
        }
        return new LabelSelector(requirements, false);
    }

    private static Operator operator(String name) {
        return switch (name) {
            case "In" -> Operator.IN;
            case "NotIn" -> Operator.NOT_IN;
            case "Exists" -> Operator.EXISTS;
            case "DoesNotExist" -> Operator.ABSENT;
            default -> throw new IllegalArgumentException("\"" + name + "\" is not a valid label selector operator");
        };
    }

    public boolean matches(Map<String, String> labels) {
        if (nothing) {
            return false;
        }
        for (Requirement requirement : requirements) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    /** Whether this selects everything. */
    public boolean isEmpty() {
        return requirements.isEmpty() && !nothing;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LabelSelector that && nothing == that.nothing && requirements.equals(that.requirements);
    }

    @Override
    public int hashCode() {
        return requirements.hashCode();
    }

    /** The query form; {@link #parse} reads it back. */
    @Override
    public String toString() {
        return requirements.stream().map(Requirement::toString).collect(Collectors.joining(","));
    }
}
