package dev.xebec.model.managed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.Kind;
import org.jspecify.annotations.Nullable;

/** The versions of a kind that are served: managers own fields in the terms of the version that they used. */
public interface Versions {

    /** The kind in another of its versions; null where that is not served, or no longer. */
    @Nullable
    Kind in(String apiVersion);

    /** An object of the kind in another of its versions; the input is not changed. */
    ObjectNode convert(ObjectNode object, Kind wanted);

    /** A kind that has no other version. */
    static Versions only(Kind kind) {
        return new Versions() {
            @Override
            public @Nullable Kind in(String apiVersion) {
                return kind.name().apiVersion().equals(apiVersion) ? kind : null;
            }

            @Override
            public ObjectNode convert(ObjectNode object, Kind wanted) {
                return object;
            }
        };
    }
}
