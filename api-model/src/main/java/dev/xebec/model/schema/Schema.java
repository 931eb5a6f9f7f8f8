package dev.xebec.model.schema;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The type of a value in an object, with what server-side merging, validation and protobuf need of it. */
public sealed interface Schema {

    /**
     * A leaf.
     *
     * @param typeName of an ANY, where it has a name: {@code runtime.RawExtension}, {@code apiextensions.v1.JSON}; else empty
     */
    record Scalar(Type type, String typeName) implements Schema {
        public Scalar(Type type) {
            this(type, "");
        }

        /** Leaf types; ANY is any JSON (RawExtension, JSON), BYTES is base64 text, the times are RFC 3339 text. */
        public enum Type {
            STRING, BOOLEAN, INT32, INT64, DOUBLE, BYTES, TIME, MICRO_TIME, DURATION, QUANTITY, INT_OR_STRING, ANY
        }
    }

    /**
     * A list.
     *
     * @param listType how server-side apply sees it
     * @param mapKeys of a MAP list
     * @param patchStrategy of strategic merge patch: {@code merge}, {@code retainKeys}, {@code merge,retainKeys} or empty (replace)
     * @param mergeKey of strategic merge patch; empty for lists of scalars
     */
    record ListOf(Schema items, ListType listType, List<String> mapKeys, String patchStrategy, String mergeKey)
            implements
                Schema {}

    /** How server-side apply sees a list. */
    enum ListType {
        ATOMIC, SET, MAP
    }

    /**
     * Any JSON whose parts count one by one: server-side apply owns an object's fields each, and a list as a whole. A
     * scalar of type ANY is owned as a whole instead.
     */
    record Untyped() implements Schema {}

    /** A map with string keys. */
    record MapOf(Schema values, boolean atomic) implements Schema {}

    /**
     * A structure. Fields come from a supplier because types may contain themselves.
     *
     * @param typeName such as {@code core.v1.Container}
     * @param description what the structure is, in a sentence; empty for none
     * @param unknown the schema of the fields that have none of their own; null where such fields are not kept
     */
    record Struct(String typeName, Supplier<Map<String, Field>> fieldSupplier, boolean atomic, String description,
            @Nullable Schema unknown) implements Schema {
        public Struct(String typeName, Supplier<Map<String, Field>> fieldSupplier, boolean atomic, String description) {
            this(typeName, fieldSupplier, atomic, description, null);
        }

        public Struct(String typeName, Supplier<Map<String, Field>> fieldSupplier, boolean atomic) {
            this(typeName, fieldSupplier, atomic, "");
        }

        /** By JSON name, in the description's order. */
        public Map<String, Field> fields() {
            return fieldSupplier.get();
        }

        public @Nullable Field field(String jsonName) {
            return fields().get(jsonName);
        }
    }

    /**
     * A field of a structure.
     *
     * @param protoPath field numbers from the structure's message to the value: more than one where Go embeds a type, none
     *     where the number is not known
     * @param patchStrategy for structures and maps ({@code retainKeys}); lists carry their own
     * @param enumeration allowed values, empty for any; "" is always allowed where it says the same as no value
     * @param defaultJson the default as JSON text; empty for none
     * @param zeroIsValue whether 0, false and "" say something; where not, they say the same as leaving the field out, and
     *     Go's own clients do leave it out of JSON, though not out of protobuf
     */
    record Field(String jsonName, Schema schema, boolean required, int[] protoPath, String patchStrategy,
            Set<String> enumeration, String defaultJson, String description, boolean zeroIsValue) {

        /** A field whose zero says something. */
        public Field(String jsonName, Schema schema, boolean required, int[] protoPath, String patchStrategy,
                Set<String> enumeration, String defaultJson, String description) {
            this(jsonName, schema, required, protoPath, patchStrategy, enumeration, defaultJson, description, true);
        }
    }
}
