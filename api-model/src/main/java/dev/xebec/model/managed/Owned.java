package dev.xebec.model.managed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What a manager owns.
 *
 * @param apiVersion in whose terms the fields are
 * @param time of the last change, RFC 3339; empty where it is not known
 * @param fields the set; null where only its JSON form is at hand
 * @param json the canonical JSON form; null where only the set is at hand
 */
record Owned(String apiVersion, String time, @Nullable FieldSet fields, @Nullable ObjectNode json) {

    static Owned of(String apiVersion, String time, FieldSet fields) {
        return new Owned(apiVersion, time, fields, null);
    }

    FieldSet set() {
        return fields != null ? fields : json == null ? FieldSet.EMPTY : FieldsV1.decode(json);
    }

    ObjectNode encoded() {
        return json != null ? json : FieldsV1.encode(set());
    }

    /** Whether it has a member of the set. */
    boolean touches(FieldSet other) {
        JsonNode form = json;
        return !other.isEmpty()
                && (form != null ? FieldsV1.touches(form, other) : !set().intersection(other).isEmpty());
    }

    /** Whether it has all members of the set. */
    boolean contains(FieldSet other) {
        JsonNode form = json;
        return form != null ? FieldsV1.contains(form, other) : other.difference(set()).isEmpty();
    }

    Owned with(FieldSet changed) {
        return new Owned(apiVersion, time, changed, null);
    }

    Owned at(String newTime) {
        return new Owned(apiVersion, newTime, fields, json);
    }
}
