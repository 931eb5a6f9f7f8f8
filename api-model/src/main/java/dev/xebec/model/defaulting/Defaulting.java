package dev.xebec.model.defaulting;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.structural.StructuralDefaults;
import dev.xebec.model.structure.WrittenForm;

/**
 * Fills in what an object leaves out. Defaults belong to types, so a pod's are those of every pod template as well;
 * types without any below them are not looked into.
 *
 * <p>What says nothing is left out and what is always there is added, as {@link WrittenForm} says.
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
            WrittenForm.strip(struct, object);
            DefaultsOfType.of(struct).apply(object);
            WrittenForm.fill(struct, object);
        }
    }

    /**
     * The same of what a client sent, in which fields of features that are off stay until it is noted who sent them.
     *
     * @return whether there are any, for {@link #shut} to drop
     */
    public static boolean applyToSent(Kind kind, ObjectNode object) {
        boolean off = false;
        if (kind.custom() == null && kind.schema() instanceof Schema.Struct struct) {
            off = WrittenForm.stripOpen(struct, object);
            DefaultsOfType.of(struct).apply(object);
            WrittenForm.fill(struct, object);
        } else {
            apply(kind, object);
        }
        return off;
    }

    /** Drops the fields of features that are off. */
    public static void shut(Kind kind, ObjectNode object) {
        if (kind.schema() instanceof Schema.Struct struct) {
            WrittenForm.shut(struct, object);
        }
    }

    /**
     * A new object as it will be read: defaults once more, which now follow from what the server has filled in as well,
     * and lists with nothing in them are none. In place; custom resources stay as they are.
     */
    public static void settle(Kind kind, ObjectNode object) {
        if (kind.custom() == null && kind.schema() instanceof Schema.Struct struct) {
            WrittenForm.empty(struct, object);
            DefaultsOfType.of(struct).apply(object);
            WrittenForm.fill(struct, object);
        }
    }
}
