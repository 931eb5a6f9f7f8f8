package dev.xebec.model.defaulting;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.structural.StructuralDefaults;

/**
 * Fills in what an object leaves out. Defaults belong to types, so a pod's are those of every pod template as well;
 * types without any below them are not looked into.
 *
 * <p>Runs when an object is written and when stored bytes are read, so old objects gain new defaults. Idempotent.
 */
public final class Defaulting {

    private Defaulting() {}

    /** Changes the object in place. */
    public static void apply(Kind kind, ObjectNode object) {
        if (kind.custom() != null) {
            StructuralDefaults.apply(kind.custom().structure(), object);
        } else if (kind.schema() instanceof Schema.Struct struct) {
            DefaultsOfType.of(struct).applyWhole(object);
        }
    }
}
