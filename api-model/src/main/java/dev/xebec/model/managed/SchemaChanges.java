package dev.xebec.model.managed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries a field set over to a schema that has since made something owned as a whole that was owned in parts, or the other
 * way round.
 *
 * <p>Source: structured-merge-diff v6 {@code typed/reconcile_schema.go}.
 */
final class SchemaChanges {
    private final FieldSet live;
    private final FieldSetBuilder gone = new FieldSetBuilder();
    private FieldSet come = FieldSet.EMPTY;

    private SchemaChanges(FieldSet live) {
        this.live = live;
    }

    /** Refuses by TypedException a set that has a field which the schema does not. */
    static FieldSet carry(FieldSet set, Schema schema, ObjectNode object) {
        SchemaChanges changes = new SchemaChanges(Fields.of(schema, object));
        changes.walk(new ArrayList<>(), schema, set, false);
        FieldSet removed = changes.gone.build();
        return removed.isEmpty() && changes.come.isEmpty()
                ? set
                : set.recursiveDifference(removed).union(changes.come);
    }

    /** @param whole whether the set has the value itself and nothing below it */
    private void walk(List<PathElement> path, Schema schema, @Nullable FieldSet set, boolean whole) {
        boolean list = schema instanceof Schema.ListOf;
        boolean leaf = schema instanceof Schema.Scalar || schema instanceof Schema.Untyped;
        if (leaf) {
            return;
        }
        boolean atomic = Schemas.atomic(schema, list ? Schemas.Form.LIST : Schemas.Form.MAP);
        if (!whole && atomic) {
            if (list || (set != null && !set.isEmpty())) {
                FieldPath here = new FieldPath(List.copyOf(path));
                gone.insert(here);
                come = come.union(FieldSet.of(here));
            }
            return;
        }
        if (whole && !atomic) {
            come = come.union(granular(path));
        }
        if (set != null) {
            for (FieldSet.Node node : set.nodes()) {
                below(path, schema, node);
            }
        }
    }

    private void below(List<PathElement> path, Schema schema, FieldSet.Node node) {
        Schema below = schema instanceof Schema.ListOf list
                ? list.items()
                : node.element() instanceof PathElement.Field field
                        ? Schemas.field(schema, field.name())
                        : schema instanceof Schema.MapOf map ? map.values() : null;
        if (below == null) {
            throw new TypedException(node.element().shown(), "field not declared in schema");
        }
        path.add(node.element());
        walk(path, below, node.below().isEmpty() ? null : node.below(), node.member() && node.below().isEmpty());
        path.remove(path.size() - 1);
    }

    /** The value's path with all that the live object has below it. */
    private FieldSet granular(List<PathElement> path) {
        FieldSet below = live;
        for (PathElement element : path) {
            below = below.below(element);
        }
        for (int depth = path.size() - 1; depth >= 0; depth--) {
            boolean last = depth == path.size() - 1;
            below = FieldSet.of(List.of(new FieldSet.Node(path.get(depth), last, below)));
        }
        return below;
    }
}
