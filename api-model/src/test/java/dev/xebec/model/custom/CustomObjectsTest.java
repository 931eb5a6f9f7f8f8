package dev.xebec.model.custom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.defaulting.Defaulting;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.validation.Shape;
import dev.xebec.model.validation.Validation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the facades make of custom objects, in the words of kube-apiserver. */
class CustomObjectsTest {

    private static List<String> errors(String specSchema, String spec) {
        return Validation.create(Definitions.kindWithSpec(specSchema), Definitions.object(spec)).stream()
                .map(FieldError::toString).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "{type: integer, maximum: 10}; 11; spec.v: Invalid value: 11: spec.v in body should be less than or equal to 10",
            "{type: integer, maximum: 10, exclusiveMaximum: true}; 10; spec.v: Invalid value: 10: spec.v in body should be less than 10",
            "{type: integer, minimum: 1}; 0; spec.v: Invalid value: 0: spec.v in body should be greater than or equal to 1",
            "{type: number, minimum: 0.5, exclusiveMinimum: true}; 0.5; spec.v: Invalid value: 0.5: spec.v in body should be greater than 0.5",
            "{type: number, multipleOf: 0.1}; 0.25; spec.v: Invalid value: 0.25: spec.v in body should be a multiple of 0.1",
            "{type: string, maxLength: 2}; abc; spec.v: Too long: may not be more than 2 bytes",
            "{type: string, minLength: 2}; a; spec.v: Invalid value: \"a\": spec.v in body should be at least 2 chars long",
            "{type: string, pattern: '^[a-z]+$'}; A1; spec.v: Invalid value: \"A1\": spec.v in body should match '^[a-z]+$'",
            "{type: string, format: ipv4}; 1.2.3; spec.v: Invalid value: \"1.2.3\": spec.v in body must be of type ipv4: \"1.2.3\"",
            "{type: string, format: hostname}; a_b; spec.v: Invalid value: \"a_b\": spec.v in body must be of type hostname: \"a_b\"",
            "{type: string, format: hostname}; a.b-c; spec.v: Invalid value: \"a.b-c\": spec.v in body must be of type hostname: \"a.b-c\"",
            "{type: string, maxLength: 1}; ab; spec.v: Too long: may not be more than 1 byte",
            "{type: string, enum: [a, b]}; c; spec.v: Unsupported value: \"c\": supported values: \"a\", \"b\"",
            "{type: integer}; x; spec.v: Invalid value: \"string\": spec.v in body must be of type integer: \"string\"",
            "{type: integer}; 1.5; spec.v: Invalid value: \"number\": spec.v in body must be of type integer: \"number\"",
            "{type: string}; 5; spec.v: Invalid value: \"integer\": spec.v in body must be of type string: \"integer\"",
            "{type: boolean}; 5; spec.v: Invalid value: \"integer\": spec.v in body must be of type boolean: \"integer\"",
            "{x-kubernetes-int-or-string: true}; true; spec.v: Invalid value: \"boolean\": spec.v in body must be of type integer,string: \"boolean\"",
            "{type: array, items: {type: string}, maxItems: 1}; [a, b]; spec.v: Too many: 2: must have at most 1 item",
            "{type: array, items: {type: string}, minItems: 3}; [a, b]; spec.v: Invalid value: 2: spec.v in body should have at least 3 items",
            "{type: array, items: {type: integer, maximum: 1}}; [1, 2]; spec.v[1]: Invalid value: 2: spec.v[1] in body should be less than or equal to 1",
            "{type: array, x-kubernetes-list-type: set, items: {type: string}}; [a, b, a, a]; spec.v[2]: Duplicate value: \"a\"",
            "{type: object, required: [x], properties: {x: {type: string}}}; {}; spec.v.x: Required value",
            "{type: object, maxProperties: 1, additionalProperties: {type: string}}; {a: b, c: d}; spec.v: Too many: 2: must have at most 1 item",
            "{type: object, minProperties: 1, additionalProperties: {type: string}}; {}; spec.v: Invalid value: 0: spec.v in body should have at least 1 properties",
            "{type: object, additionalProperties: {type: integer}}; {k: x}; spec.v.k: Invalid value: \"string\": spec.v.k in body must be of type integer: \"string\""})
    void oneRule(String schema, String value, String wanted) {
        assertThat(errors("{type: object, properties: {v: " + schema + "}}", "{v: " + value + "}"))
                .containsExactly(wanted);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"{type: string, format: ipv4}; '01.2.3.4'",
            "{type: string, format: hostname}; a.bc",
            "{type: string, format: quantity}; nothing"})
    void formatsThatAreReadLooselyOrNotAtAll(String schema, String value) {
        assertThat(errors("{type: object, properties: {v: " + schema + "}}", "{v: " + value + "}")).isEmpty();
    }

    @Test
    void alternatives() {
        String schema = "{type: object, properties: {a: {type: string}, b: {type: string}}, "
                + "oneOf: [{required: [a]}, {required: [b]}]}";
        assertThat(errors(schema, "{a: x}")).isEmpty();
        assertThat(errors(schema, "{}")).containsExactly(
                "<nil>: Invalid value: \"\": \"spec\" must validate one and only one schema (oneOf). Found none valid",
                "spec.a: Required value");
        assertThat(errors(schema, "{a: x, b: y}")).containsExactly(
                "<nil>: Invalid value: \"\": \"spec\" must validate one and only one schema (oneOf). "
                        + "Found 2 valid alternatives");
    }

    @Test
    void listsOfTypeMapHaveEachKeyOnce() {
        String schema = "{type: object, properties: {v: {type: array, x-kubernetes-list-type: map, "
                + "x-kubernetes-list-map-keys: [k], items: {type: object, required: [k], properties: {k: {type: string}}}}}}";
        assertThat(errors(schema, "{v: [{k: a}, {k: b}, {k: a}]}"))
                .containsExactly("spec.v[2]: Duplicate value: {\"k\":\"a\"}");
    }

    @Test
    void whatWasWrongAndHasNotChangedIsLetBe() {
        Kind kind = Definitions.kindWithSpec(
                "{type: object, properties: {a: {type: integer, maximum: 1}, b: {type: integer, maximum: 1}}}");
        ObjectNode before = Definitions.object("{a: 5, b: 1}");
        assertThat(Validation.update(kind, Definitions.object("{a: 5, b: 0}"), before)).isEmpty();
        assertThat(Validation.update(kind, Definitions.object("{a: 6, b: 0}"), before)).hasSize(1);
        assertThat(Validation.update(kind, Definitions.object("{a: 5, b: 2}"), before)).extracting(FieldError::field)
                .containsExactly("spec.b");
    }

    @Test
    void elementsOfMapListsAreFollowedByTheirKeys() {
        Kind kind = Definitions
                .kindWithSpec("{type: object, properties: {v: {type: array, x-kubernetes-list-type: map, "
                        + "x-kubernetes-list-map-keys: [k], items: {type: object, properties: {k: {type: string}, "
                        + "n: {type: integer, maximum: 1}}}}}}");
        ObjectNode before = Definitions.object("{v: [{k: a, n: 5}, {k: b, n: 1}]}");
        assertThat(Validation.update(kind, Definitions.object("{v: [{k: b, n: 0}, {k: a, n: 5}]}"), before)).isEmpty();
        assertThat(Validation.update(kind, Definitions.object("{v: [{k: c, n: 5}]}"), before)).hasSize(1);
    }

    @Test
    void unknownFieldsAreReportedAndPruned() {
        Kind kind = Definitions.kindWithSpec("{type: object, properties: {a: {type: string}, "
                + "free: {type: object, x-kubernetes-preserve-unknown-fields: true, properties: {in: {type: object}}}, "
                + "list: {type: array, items: {type: object}}}}");
        ObjectNode object = Definitions.object("{a: x, b: y, free: {c: d, in: {e: f}}, list: [{g: h}]}");
        object.withObject("metadata").put("nonsense", 1);
        assertThat(Shape.unknownFields(kind, object)).containsExactly("unknown field \"metadata.nonsense\"",
                "unknown field \"spec.b\"", "unknown field \"spec.free.in.e\"", "unknown field \"spec.list[0].g\"");
        Shape.prune(kind, object);
        assertThat(object).isEqualTo(Definitions.object("{a: x, free: {c: d, in: {}}, list: [{}]}"));
    }

    @Test
    void nullsAreDroppedUnlessTheyMayBe() {
        Kind kind = Definitions.kindWithSpec("{type: object, properties: {a: {type: string}, "
                + "b: {type: string, nullable: true}, c: {type: string, default: x}, d: {type: string, default: y, "
                + "nullable: true}}}");
        ObjectNode object = Definitions.object("{a: null, b: null, c: null, d: null}");
        Shape.prune(kind, object);
        Defaulting.apply(kind, object);
        assertThat(object.get("spec")).isEqualTo(Definitions.json("{\"b\":null,\"c\":\"x\",\"d\":null}"));
    }

    @Test
    void defaultsAreCompletedByDefaultsBelow() {
        Kind kind = Definitions.kindWithSpec("{type: object, properties: {a: {type: object, default: {}, "
                + "properties: {b: {type: integer, default: 3}}}, m: {type: object, additionalProperties: {type: object, "
                + "properties: {e: {type: string, default: f}}}}}}");
        ObjectNode object = Definitions.object("{m: {k: {}}}");
        Defaulting.apply(kind, object);
        assertThat(object.get("spec")).isEqualTo(Definitions.json("{\"m\":{\"k\":{\"e\":\"f\"}},\"a\":{\"b\":3}}"));
    }

    @Test
    void statusIsJudgedBelowItself() {
        ObjectNode schema = Definitions.yaml("{type: object, properties: {status: {type: object, properties: "
                + "{n: {type: integer, maximum: 1}}}}}");
        Kind kind = CustomResourceKinds.of(Definitions.ship(schema)).get(0);
        ObjectNode now = Definitions.object("{}");
        now.putObject("status").put("n", 5);
        assertThat(Validation.updateStatus(kind, now, Definitions.object("{}"))).extracting(FieldError::toString)
                .containsExactly("status.n: Invalid value: 5: n in body should be less than or equal to 1");
    }

    @Test
    void embeddedResourcesNeedATypeAndKeepTheirMetadata() {
        Kind kind = Definitions.kindWithSpec("{type: object, properties: {e: {type: object, "
                + "x-kubernetes-embedded-resource: true, properties: {x: {type: string}}}}}");
        ObjectNode object = Definitions
                .object("{e: {kind: Foo_, metadata: {name: n, labels: {a: b}, odd: 1}, x: y, z: z}}");
        Shape.prune(kind, object);
        assertThat(object.at("/spec/e")).isEqualTo(
                Definitions.json(
                        "{\"kind\":\"Foo_\",\"metadata\":{\"name\":\"n\",\"labels\":{\"a\":\"b\"}},\"x\":\"y\"}"));
        assertThat(Validation.create(kind, object)).extracting(FieldError::field).containsExactly("spec.e.apiVersion",
                "spec.e.kind");
    }
}
