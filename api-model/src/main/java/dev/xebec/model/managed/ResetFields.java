package dev.xebec.model.managed;

import dev.xebec.model.kind.Kind;
import dev.xebec.model.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which fields a request cannot set, by the part of the object that it is about: they are neither owned nor in conflict.
 *
 * <p>Source: GetResetFields of the strategies of {@code pkg/registry/*}.
 */
public sealed interface ResetFields {
    /** Everything counts. */
    ResetFields NONE = new Without(FieldSet.EMPTY);
    Set<String> ALWAYS = Set.of("apiVersion", "kind", "metadata", "status");

    FieldSet filter(FieldSet set);

    /** These fields and all that is below them do not count. */
    record Without(FieldSet fields) implements ResetFields {
        @Override
        public FieldSet filter(FieldSet set) {
            return set.recursiveDifference(fields);
        }
    }

    /** Only what is below one of these paths counts, and what leads to it. */
    record Only(List<List<String>> paths) implements ResetFields {
        /** Stands for any element. */
        static final String ANY = "*";

        @Override
        public FieldSet filter(FieldSet set) {
            return filter(set, paths);
        }

        private static FieldSet filter(FieldSet set, List<List<String>> paths) {
            List<FieldSet.Node> kept = new ArrayList<>();
            for (FieldSet.Node node : set.nodes()) {
                List<List<String>> below = new ArrayList<>();
                for (List<String> path : paths) {
                    if (path.isEmpty() || path.get(0).equals(ANY)
                            || (node.element() instanceof PathElement.Field field
                                    && field.name().equals(path.get(0)))) {
                        below.add(path.isEmpty() ? path : path.subList(1, path.size()));
                    }
                }
                if (!below.isEmpty()) {
                    boolean all = below.stream().anyMatch(List::isEmpty);
                    kept.add(new FieldSet.Node(node.element(), node.member(),
                            all ? node.below() : filter(node.below(), below)));
                }
            }
            kept.removeIf(node -> !node.member() && node.below().isEmpty());
            return FieldSet.of(kept);
        }
    }

    /**
     * Of a request to a kind's objects or one of their subresources.
     *
     * @param kept the fields of metadata that a request to {@code /status} cannot set
     * @param whole whether it comes to own none of the others either
     */
    static ResetFields of(Kind kind, String subresource, Set<String> kept, boolean whole) {
        return switch (subresource) {
            case "" -> fixed(kind)
                    ? new Without(FieldSet.of(FieldPath.of("spec"), FieldPath.of("status")))
                    : kind.subresources().containsKey("status")
                            ? new Without(FieldSet.of(FieldPath.of("status")))
                            : NONE;
            case "status" -> new Without(allButStatus(kind, kept, whole));
            case "ephemeralcontainers" -> new Only(List.of(List.of("spec", "ephemeralContainers")));
            case "resize" -> new Only(List.of(List.of("spec", "containers", Only.ANY, "resources"),
                    List.of("spec", "containers", Only.ANY, "resizePolicy"),
                    List.of("spec", "initContainers", Only.ANY, "resources"),
                    List.of("spec", "initContainers", Only.ANY, "resizePolicy")));
            case "approval" -> new Without(
                    FieldSet.of(FieldPath.of("spec"), FieldPath.of("status", "certificate")));
            case "finalize" -> new Without(FieldSet.of(FieldPath.of("status")));
            default -> NONE;
        };
    }

    /** Whether what was asked once is never asked otherwise: approval has a way of its own. */
    private static boolean fixed(Kind kind) {
        return kind.subresources().containsKey("approval");
    }

    private static FieldSet allButStatus(Kind kind, Set<String> kept, boolean whole) {
        FieldSetBuilder set = new FieldSetBuilder();
        if (kind.schema() instanceof Schema.Struct struct) {
            struct.fields().keySet().stream().filter(field -> !ALWAYS.contains(field))
                    .forEach(field -> set.insert(FieldPath.of(field)));
        }
        if (whole) {
            set.insert(FieldPath.of("metadata"));
        } else {
            kept.forEach(field -> set.insert(FieldPath.of("metadata", field)));
        }
        set.insert(FieldPath.of("spec"));
        if (fixed(kind)) {
            set.insert(FieldPath.of("status", "conditions"));
        }
        return set.build();
    }
}
