package dev.xebec.model.managed;

import dev.xebec.model.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries a field set over to a schema that has since made something owned as a whole that was owned in parts. Not the other
 * way round: an owner of a whole that is in parts now owns no part of it.
 *
 * <p>Source: structured-merge-diff v6 {@code typed/reconcile_schema.go}.
 */
final class SchemaChanges {
    private final FieldSetBuilder gone = new FieldSetBuilder();
    private FieldSet come = FieldSet.EMPTY;

    private SchemaChanges() {}

    /** Refuses by TypedException a set that has a field which the schema does not. */
    static FieldSet carry(FieldSet set, Schema schema) {
        SchemaChanges changes = new SchemaChanges();
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
}
