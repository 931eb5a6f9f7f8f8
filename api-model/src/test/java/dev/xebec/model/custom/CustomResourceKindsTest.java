package dev.xebec.model.custom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.schema.Schema.ListOf;
import dev.xebec.model.schema.Schema.ListType;
import dev.xebec.model.schema.Schema.MapOf;
import dev.xebec.model.schema.Schema.Scalar;
import dev.xebec.model.schema.Schema.Struct;
import dev.xebec.model.schema.Schema.Untyped;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CustomResourceKindsTest {

    @Test
    void oneKindForEachServedVersion() {
        ObjectNode definition = Definitions.ship(Definitions.yaml("{type: object}"));
        ObjectNode old = ((ObjectNode) definition.at("/spec/versions/0")).deepCopy();
        old.put("name", "v1beta1").put("storage", false).put("deprecated", true).remove("subresources");
        old.withArray("additionalPrinterColumns").addObject().put("name", "X").put("type", "integer")
                .put("jsonPath", ".x")
                .put("priority", 1);
        old.withArray("selectableFields").addObject().put("jsonPath", ".spec.color");
        definition.withObject("spec").withArray("versions").add(old);
        definition.withObject("spec").withArray("versions").add(old.deepCopy().put("name", "v0").put("served", false));
        definition.withObject("spec").withObject("names").withArray("shortNames").add("sh");
        List<Kind> kinds = CustomResourceKinds.of(definition);
        assertThat(kinds).extracting(kind -> kind.name().version()).containsExactly("v1", "v1beta1");
        Kind kind = kinds.get(0);
        assertThat(kind.storedAs()).isEqualTo(kind.name());
        assertThat(kind.namespaced() && kind.generation() && !kind.unconditionalUpdate() && !kind.createOnUpdate())
                .isTrue();
        assertThat(kind.subresources().keySet()).containsExactly("status", "scale");
        assertThat(kind.columns()).extracting(Kind.Column::name).containsExactly("Age");
        assertThat(kind.shortNames()).containsExactly("sh");
        assertThat(kind.custom().scale().specReplicas()).isEqualTo(".spec.replicas");
        Kind beta = kinds.get(1);
        assertThat(beta.storageVersion()).isEqualTo("v1");
        assertThat(beta.subresources()).isEmpty();
        assertThat(beta.selectableFields()).containsExactly("spec.color");
        assertThat(beta.columns()).containsExactly(new Kind.Column("X", "integer", "",
                "Custom resource definition column (in JSONPath format): .x", 1, ".x"));
        assertThat(beta.custom().deprecationWarning()).isEqualTo("example.com/v1beta1 Ship is deprecated");
    }

    @Test
    void namesThatWereAcceptedCount() {
        ObjectNode definition = Definitions.ship(Definitions.yaml("{type: object}"));
        definition.withObject("status").set("acceptedNames",
                Definitions.yaml("{plural: ships, singular: boat, kind: Ship, listKind: Ships, categories: [all]}"));
        Kind kind = CustomResourceKinds.of(definition).get(0);
        assertThat(kind.singular()).isEqualTo("boat");
        assertThat(kind.listKind()).isEqualTo("Ships");
        assertThat(kind.categories()).containsExactly("all");
    }

    @Test
    void structureBecomesTheEnginesSchema() {
        Struct spec = (Struct) field((Struct) Definitions.kindWithSpec("""
                type: object
                properties:
                  s: {type: string}
                  any: {x-kubernetes-preserve-unknown-fields: true}
                  io: {x-kubernetes-int-or-string: true}
                  set: {type: array, x-kubernetes-list-type: set, items: {type: string}}
                  map: {type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k], items: {type: object,
                        properties: {k: {type: string}}}}
                  plain: {type: array, items: {type: integer}}
                  m: {type: object, additionalProperties: {type: boolean}}
                  atomic: {type: object, x-kubernetes-map-type: atomic, properties: {x: {type: number}}}
                  open: {type: object, x-kubernetes-preserve-unknown-fields: true, properties: {x: {type: string}}}
                  e: {type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true}
                """).schema(), "spec");
        assertThat(field(spec, "s")).isEqualTo(new Scalar(Scalar.Type.STRING));
        assertThat(field(spec, "any")).isEqualTo(new Untyped());
        assertThat(field(spec, "io")).isEqualTo(new Scalar(Scalar.Type.INT_OR_STRING));
        assertThat(((ListOf) field(spec, "set")).listType()).isEqualTo(ListType.SET);
        assertThat(((ListOf) field(spec, "map")).mapKeys()).containsExactly("k");
        assertThat(((ListOf) field(spec, "plain")).listType()).isEqualTo(ListType.ATOMIC);
        assertThat(field(spec, "m")).isEqualTo(new MapOf(new Scalar(Scalar.Type.BOOLEAN), false));
        assertThat(((Struct) field(spec, "atomic")).atomic()).isTrue();
        assertThat(((Struct) field(spec, "open")).unknown()).isEqualTo(new Untyped());
        Struct embedded = (Struct) field(spec, "e");
        assertThat(embedded.fields().keySet()).containsExactly("apiVersion", "kind", "metadata");
        assertThat(embedded.unknown()).isEqualTo(new Untyped());
    }

    private static Schema field(Struct struct, String name) {
        return struct.field(name).schema();
    }

    /** A thousand definitions become kinds without reading their schemas; the figure is printed, not judged. */
    @Test
    void thousandDefinitions() {
        StringBuilder fields = new StringBuilder("type: object\nproperties:\n");
        for (int at = 0; at < 60; at++) {
            fields.append("  f").append(at).append(": {type: object, description: some words about it, properties: "
                    + "{a: {type: string, maxLength: 9}, b: {type: array, items: {type: integer}}, c: {type: object, "
                    + "additionalProperties: {type: string}}}}\n");
        }
        ObjectNode definition = Definitions.ship(Definitions.yaml(fields.toString()));
        List<ObjectNode> definitions = new ArrayList<>();
        for (int at = 0; at < 1_000; at++) {
            ObjectNode one = definition.deepCopy();
            one.withObject("spec").withObject("names").put("plural", "ships" + at);
            definitions.add(one);
        }
        for (int round = 0; round < 3; round++) {
            long start = System.nanoTime();
            List<Kind> kinds = new ArrayList<>();
            definitions.forEach(one -> kinds.addAll(CustomResourceKinds.of(one)));
            long made = System.nanoTime();
            kinds.forEach(kind -> assertThat(kind.custom().rules()).isNull());
            long read = System.nanoTime();
            System.out.println("1,000 definitions: kinds in " + (made - start) / 1_000 + " us, their schemas read in "
                    + (read - made) / 1_000 + " us");
            assertThat(kinds).hasSize(1_000);
        }
    }
}
