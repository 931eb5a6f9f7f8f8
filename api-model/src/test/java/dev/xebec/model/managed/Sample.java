package dev.xebec.model.managed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.xebec.model.custom.CustomType;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.schema.Schema.Field;
import dev.xebec.model.schema.Schema.ListType;
import dev.xebec.model.schema.Schema.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A custom kind that has one of everything: lists and maps of all sorts, defaults of keys, what is not typed. */
final class Sample {
    private static final Schema TEXT = new Scalar(Scalar.Type.STRING);
    private static final Schema NUMBER = new Scalar(Scalar.Type.INT64);
    static final Kind V1 = kind("v1", true);
    /** The same without {@code numeric}. */
    static final Kind V2 = kind("v2", false);
    static final Versions VERSIONS = new Versions() {
        @Override
        public Kind in(String apiVersion) {
            return apiVersion.equals("test.dev/v1") ? V1 : apiVersion.equals("test.dev/v2") ? V2 : null;
        }

        @Override
        public com.fasterxml.jackson.databind.node.ObjectNode convert(
                com.fasterxml.jackson.databind.node.ObjectNode object, Kind wanted) {
            return object.deepCopy().put("apiVersion", wanted.name().apiVersion());
        }
    };

    private Sample() {}

    static Kind kind(String version, boolean numeric) {
        Map<String, Field> port = fields(Map.of("port", NUMBER, "name", TEXT));
        port.put("protocol", new Field("protocol", TEXT, false, new int[0], "", Set.of(), "\"TCP\"", ""));
        Schema ports = new Schema.Struct("Port", () -> port, false);
        Map<String, Schema> spec = new LinkedHashMap<>();
        spec.put("text", TEXT);
        if (numeric) {
            spec.put("numeric", NUMBER);
        }
        spec.put("flag", new Scalar(Scalar.Type.BOOLEAN));
        spec.put("set", new Schema.ListOf(TEXT, ListType.SET, List.of(), "", ""));
        spec.put("atomicList", new Schema.ListOf(TEXT, ListType.ATOMIC, List.of(), "", ""));
        spec.put("ports", new Schema.ListOf(ports, ListType.MAP, List.of("port", "protocol"), "", ""));
        spec.put("items", new Schema.ListOf(struct("Item", Map.of("name", TEXT, "value", TEXT, "set",
                new Schema.ListOf(TEXT, ListType.SET, List.of(), "", ""))), ListType.MAP, List.of("name"), "", ""));
        spec.put("map", new Schema.MapOf(TEXT, false));
        spec.put("maps", new Schema.MapOf(new Schema.MapOf(TEXT, false), false));
        spec.put("atomicMap", new Schema.MapOf(TEXT, true));
        spec.put("part", struct("Part", Map.of("a", TEXT, "b", TEXT)));
        spec.put("atomicPart", new Schema.Struct("AtomicPart", () -> fields(Map.of("a", TEXT, "b", TEXT)), true));
        spec.put("any", new Schema.Untyped());
        Schema metadata = KindRegistry.builtIn().type("meta.v1.ObjectMeta").orElseThrow();
        Map<String, Schema> object = new LinkedHashMap<>();
        object.put("apiVersion", TEXT);
        object.put("kind", TEXT);
        object.put("metadata", metadata);
        object.put("spec", struct("Spec", spec));
        object.put("status", struct("Status", Map.of("state", TEXT)));
        GroupVersionKind name = new GroupVersionKind("test.dev", version, "Sample");
        return new Kind(name, "samples", "sample", "SampleList", true, Set.of("get"), List.of(), List.of(),
                Map.of("status", new Kind.Subresource("status", name, Set.of("get"))), struct("Sample", object),
                List.of(), Set.of(), true, false, false, Kind.DeletePropagation.BACKGROUND, "v1",
                new CustomType(JsonNodeFactory.instance.objectNode(), JsonNodeFactory.instance.objectNode()));
    }

    private static Schema struct(String name, Map<String, Schema> fields) {
        Map<String, Field> all = fields(fields);
        return new Schema.Struct(name, () -> all, false);
    }

    private static Map<String, Field> fields(Map<String, Schema> schemas) {
        Map<String, Field> fields = new LinkedHashMap<>();
        schemas.forEach((name, schema) -> fields.put(name,
                new Field(name, schema, false, new int[0], "", Set.of(), "", "")));
        return fields;
    }
}
