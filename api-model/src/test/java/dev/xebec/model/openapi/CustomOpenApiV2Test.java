package dev.xebec.model.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.custom.CustomResourceKinds;
import dev.xebec.model.custom.Definitions;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.object.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Custom kinds in OpenAPI v2, which has fewer words than v3. */
class CustomOpenApiV2Test {

    @Test
    void saysWhatItHasWordsFor() {
        ObjectNode schema = Definitions.yaml("""
                type: object
                description: A ship.
                properties:
                  spec:
                    type: object
                    title: T
                    required: [a, n]
                    oneOf: [{required: [a]}, {required: [n]}]
                    properties:
                      a: {type: string, pattern: '^x', maxLength: 300, minLength: 1, default: x1, enum: [x1, x2]}
                      n: {type: object, nullable: true, description: maybe, properties: {x: {type: string}}}
                      p: {type: object, x-kubernetes-preserve-unknown-fields: true, properties: {x: {type: string}}}
                      i: {type: integer, maximum: 10, minimum: -0.5, exclusiveMaximum: true, multipleOf: 2}
                      l: {type: array, maxItems: 5, minItems: 1, items: {type: string, not: {enum: [z]}}}
                      m: {type: object, maxProperties: 3, minProperties: 0, additionalProperties: true}
                      s: {x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]}
                """);
        KindRegistry registry = KindRegistry.builtIn()
                .with(CustomResourceKinds.of(Definitions.ship(schema)).toArray(Kind[]::new));
        JsonNode ship = Json.parseObject(OpenApiV2.json(registry)).at("/definitions/com.example.v1.Ship");
        assertThat(ship.at("/properties/metadata/$ref").asText())
                .isEqualTo("#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");
        assertThat(ship.at("/properties/spec")).isEqualTo(Definitions.yaml("""
                type: object
                title: T
                required: [a]
                properties:
                  a: {type: string, pattern: '^x', maxLength: 300, minLength: 1, enum: [x1, x2]}
                  n: {description: maybe}
                  p: {x-kubernetes-preserve-unknown-fields: true}
                  i: {type: integer, maximum: 10, minimum: -0.5, exclusiveMaximum: true, multipleOf: 2}
                  l: {type: array, maxItems: 5, minItems: 1, items: {type: string}}
                  m: {type: object, maxProperties: 3, minProperties: 0}
                  s: {x-kubernetes-int-or-string: true}
                """));
        assertThat(new String(OpenApiV2.protobuf(registry), StandardCharsets.ISO_8859_1))
                .contains("com.example.v1.Ship", "A ship.");
    }

    /** kubectl explain shows what an embedded object has; what else may be in it must not be refused. */
    @Test
    void writesOutWhatMarksStandFor() {
        ObjectNode schema = Definitions
                .yaml("""
                        type: object
                        properties:
                          spec:
                            type: object
                            properties:
                              one: {type: object, x-kubernetes-embedded-resource: true, required: [spec], properties: {spec: {type: string}}}
                              any: {type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true}
                              list: {type: array, items: {x-kubernetes-int-or-string: true}}
                              both: {x-kubernetes-int-or-string: true, anyOf: [{minLength: 1}]}
                              known: {x-kubernetes-int-or-string: true, allOf: [{anyOf: [{type: integer}, {type: string}]}]}
                              open: {type: array, x-kubernetes-preserve-unknown-fields: true, items: {type: object}}
                        """);
        KindRegistry registry = KindRegistry.builtIn()
                .with(CustomResourceKinds.of(Definitions.ship(schema)).toArray(Kind[]::new));
        JsonNode older = Json.parseObject(OpenApiV2.json(registry))
                .at("/definitions/com.example.v1.Ship/properties/spec/properties");
        assertThat(older.at("/one/required")).isEqualTo(Definitions.yaml("l: [spec, kind, apiVersion]").get("l"));
        assertThat(older.at("/one/properties/metadata/$ref").asText()).endsWith("ObjectMeta");
        assertThat(older.get("any")).isEqualTo(Definitions
                .yaml("{x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true}"));
        assertThat(older.get("open")).isEqualTo(Definitions.yaml("{x-kubernetes-preserve-unknown-fields: true}"));
        JsonNode fields = Json
                .parseObject(OpenApiV3.document(new GroupVersion("example.com", "v1"), registry))
                .at("/components/schemas/com.example.v1.Ship/properties/spec/properties");
        assertThat(fields.at("/any/required")).isEqualTo(Definitions.yaml("l: [kind, apiVersion]").get("l"));
        assertThat(fields.at("/any/properties/kind/type").asText()).isEqualTo("string");
        assertThat(fields.at("/one/required")).isEqualTo(older.at("/one/required"));
        JsonNode either = Definitions.yaml("anyOf: [{type: integer}, {type: string}]").get("anyOf");
        assertThat(fields.at("/list/items/anyOf")).isEqualTo(either);
        assertThat(fields.at("/both/allOf/0/anyOf")).isEqualTo(either);
        assertThat(fields.at("/known/allOf")).hasSize(1);
        assertThat(fields.at("/known").has("anyOf")).isFalse();
    }

    /** kubectl refuses what is not named as soon as anything is. */
    @Test
    void saysNothingOfAnObjectThatKeepsUnknownFields() {
        ObjectNode schema = Definitions.yaml("""
                type: object
                description: A ship.
                x-kubernetes-preserve-unknown-fields: true
                properties: {spec: {type: object}}
                """);
        KindRegistry registry = KindRegistry.builtIn()
                .with(CustomResourceKinds.of(Definitions.ship(schema)).toArray(Kind[]::new));
        assertThat(Json.parseObject(OpenApiV2.json(registry)).at("/definitions/com.example.v1.Ship"))
                .isEqualTo(Definitions.yaml("""
                        type: object
                        x-kubernetes-group-version-kind: [{group: example.com, version: v1, kind: Ship}]
                        """));
    }
}
