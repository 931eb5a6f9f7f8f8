package dev.xebec.model.validation;

import dev.xebec.model.schema.Schema;
import org.jspecify.annotations.Nullable;

/** Finds the type of what stands at a path, such as {@code spec.template.spec.containers[0].env}. */
final class SchemaPath {

    private SchemaPath() {}

    /** Null where there is nothing of that name. */
    static @Nullable Schema of(Schema root, String path) {
        Schema type = root;
        int at = 0;
        while (type != null && at < path.length()) {
            if (path.charAt(at) == '[') {
                int end = path.indexOf(']', at);
                type = end < 0 ? null : element(type);
                at = end < 0 ? path.length() : end + 1;
            } else {
                int start = path.charAt(at) == '.' ? at + 1 : at;
                at = end(path, start);
                type = type instanceof Schema.Struct struct ? field(struct, path.substring(start, at)) : null;
            }
        }
        return type;
    }

    /** Where a name that begins at a place ends. */
    static int end(String path, int start) {
        int at = start;
        while (at < path.length() && path.charAt(at) != '.' && path.charAt(at) != '[') {
            at++;
        }
        return at;
    }

    private static @Nullable Schema field(Schema.Struct struct, String name) {
        Schema.Field field = struct.field(name);
        return field == null ? null : field.schema();
    }

    /** What a list or a map holds; null where it is neither. */
    static @Nullable Schema element(Schema type) {
        return switch (type) {
            case Schema.ListOf list -> list.items();
            case Schema.MapOf map -> map.values();
            case Schema.Struct struct -> null;
            case Schema.Scalar scalar -> null;
            case Schema.Untyped untyped -> null;
        };
    }
}
