package dev.xebec.model.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.custom.Definitions;
import dev.xebec.model.status.FieldError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a definition may say, in the words of kube-apiserver. */
class DefinitionRulesTest {
    private static final String SCHEMA = "spec.validation.openAPIV3Schema";

    private static List<String> withSpec(String spec) {
        return strings(DefinitionRules.create(definition(spec)));
    }

    private static ObjectNode definition(String spec) {
        ObjectNode schema = Definitions.yaml("{type: object, properties: {}}");
        ((ObjectNode) schema.get("properties")).set("spec", Definitions.yaml(spec));
        return Definitions.ship(schema);
    }

    private static List<String> strings(List<FieldError> errors) {
        return errors.stream().map(FieldError::toString).toList();
    }

    @Test
    void usualDefinitionsAreFine() {
        assertThat(withSpec("""
                type: object
                required: [a]
                properties:
                  a: {type: string, enum: [x, y], default: x}
                  b: {x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}], pattern: '^[0-9]+%?$'}
                  c: {type: object, x-kubernetes-preserve-unknown-fields: true}
                  d: {type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k], maxItems: 10,
                      items: {type: object, required: [k], properties: {k: {type: string, maxLength: 10}},
                      x-kubernetes-validations: [{rule: self.k != ''}]}}
                  e: {type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true}
                  f: {type: object, additionalProperties: {type: string}}
                anyOf: [{required: [a]}, {required: [b]}]
                """)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "{}; S.type: Required value: must not be empty for specified object fields",
            "{type: thing}; S.type: Unsupported value: \"thing\": supported values: \"array\", \"boolean\", \"integer\", \"number\", \"object\", \"string\"",
            "{type: array}; S.items: Required value: must be specified",
            "{type: string, uniqueItems: true}; S.uniqueItems: Forbidden: uniqueItems cannot be set to true since the runtime complexity becomes quadratic",
            "{type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}; S.additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive",
            "{type: string, pattern: '('}; S.pattern: Invalid value: \"(\": must be a valid regular expression, but isn't: error parsing regexp: missing closing ): `(`",
            "{type: string, x-kubernetes-list-type: set}; S.type: Invalid value: \"string\": must be array if x-kubernetes-list-type is specified",
            "{type: array, x-kubernetes-list-type: odd, items: {type: string}}; S.x-kubernetes-list-type: Unsupported value: \"odd\": supported values: \"atomic\", \"set\", \"map\"",
            "{type: array, x-kubernetes-list-map-keys: [a], items: {type: object}}; S.x-kubernetes-list-type: Required value: must be map if x-kubernetes-list-map-keys is non-empty",
            "{type: array, x-kubernetes-list-type: map, items: {type: object}}; S.x-kubernetes-list-map-keys: Required value: must not be empty if x-kubernetes-list-type is map",
            "{type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k], items: {type: object, properties: {k: {type: string}}}}; S.items.properties[k].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property",
            "{type: array, x-kubernetes-list-type: set, items: {type: object}}; S.items.x-kubernetes-map-type: Invalid value: null: must be atomic as item of a list with x-kubernetes-list-type=set",
            "{type: array, x-kubernetes-list-type: set, items: {type: string, nullable: true}}; S.items.nullable: Forbidden: cannot be nullable when x-kubernetes-list-type is set",
            "{type: string, x-kubernetes-map-type: atomic}; S.type: Invalid value: \"string\": must be object if x-kubernetes-map-type is specified",
            "{type: object, x-kubernetes-preserve-unknown-fields: false}; S.x-kubernetes-preserve-unknown-fields: Invalid value: false: must be true or undefined",
            "{type: object, x-kubernetes-embedded-resource: true}; S.properties: Required value: must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields",
            "{type: string, anyOf: [{type: string}]}; S.anyOf[0].type: Forbidden: must be empty to be structural",
            "{type: object, allOf: [{properties: {a: {minLength: 1}}}]}; S.properties[a]: Required value: because it is defined in S.allOf[0].properties[a]",
            "{type: string, default: 5}; S.default: Invalid value: \"integer\":  in body must be of type string: \"integer\"",
            "{type: object, default: {z: 1}, properties: {a: {type: string}}}; S.default: Invalid value: {\"z\":1}: must not have unknown fields",
            "{type: string, '$ref': '#/x'}; S.$ref: Forbidden: $ref is not supported",
            "{type: integer, x-kubernetes-validations: [{rule: ' '}]}; S.x-kubernetes-validations[0].rule: Required value: rule is not specified",
            "{type: integer, x-kubernetes-validations: [{rule: self > 1, reason: Odd}]}; S.x-kubernetes-validations[0].reason: Unsupported value: \"Odd\": supported values: \"FieldValueDuplicate\", \"FieldValueForbidden\", \"FieldValueInvalid\", \"FieldValueRequired\"",
            "{type: object, x-kubernetes-validations: [{rule: 'true', fieldPath: .x}]}; S.x-kubernetes-validations[0].fieldPath: Invalid value: \".x\": must be a valid path",
            "{type: integer, x-kubernetes-validations: [{rule: self > 1, optionalOldSelf: true}]}; S.x-kubernetes-validations[0].optionalOldSelf: Invalid value: true: may not be set if oldSelf is not used in rule",
            "{type: array, items: {type: integer, x-kubernetes-validations: [{rule: self > oldSelf}]}}; S.items.x-kubernetes-validations[0].rule: Invalid value: \"self > oldSelf\": oldSelf cannot be used on the uncorrelatable portion of the schema within S"})
    void oneRule(String spec, String wanted) {
        String place = SCHEMA + ".properties[spec]";
        assertThat(withSpec(spec)).contains(wanted.replaceFirst("^S", place).replace("within S", "within " + place)
                .replace("in S.", "in " + place + "."));
    }

    @Test
    void rulesThatDoNotCompileShowThemselves() {
        assertThat(withSpec("{type: object, properties: {a: {type: string}}, x-kubernetes-validations: "
                + "[{rule: self.b == 'x'}, {rule: self.a}, {rule: self.a == 'x', messageExpression: self.c}]}"))
                .hasSize(3).satisfies(errors -> {
                    assertThat(errors.get(0)).startsWith(SCHEMA + ".properties[spec].x-kubernetes-validations[0].rule: "
                            + "Invalid value: {\"Rule\":\"self.b == 'x'\",\"Message\":\"\",\"MessageExpression\":\"\","
                            + "\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}: compilation failed: ERROR: <input>:1:5: "
                            + "undefined field 'b'\n | self.b == 'x'\n | ....^");
                    assertThat(errors.get(1)).endsWith("cel expression must evaluate to a bool");
                    assertThat(errors.get(2)).contains(".messageExpression: ").contains("undefined field 'c'");
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
            "self.a == 5; 1:8: found no matching overload for '_==_' applied to '(string, int)'",
            "self.; 1:6: Syntax error: no viable alternative at input '.'",
            "has(self); 1:5: invalid argument to has() macro",
            "!self.a; 1:1: found no matching overload for '!_' applied to '(string)'"})
    void compilersSpeakAsThere(String rule, String words) {
        assertThat(withSpec("{type: object, properties: {a: {type: string}}, x-kubernetes-validations: [{rule: '"
                + rule.replace("'", "''") + "'}]}")).singleElement().asString()
                .contains(": compilation failed: ERROR: <input>:" + words + "\n | " + rule + "\n | ");
    }

    @Test
    void rulesThatCanCostTooMuchAreRefused() {
        String place = SCHEMA + ".properties[spec]";
        String hint = " (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, "
                + "and strings are declared)";
        String nested = "{type: object, properties: {l: {type: array, LIMIT items: {type: string, maxLength: 10}}}, "
                + "x-kubernetes-validations: [{rule: 'self.l.all(a, self.l.all(b, a == b))'}]}";
        assertThat(withSpec(nested.replace("LIMIT", ""))).containsExactly(
                place + ".x-kubernetes-validations[0].rule: Forbidden: estimated rule cost exceeds budget by factor of more "
                        + "than 100x" + hint,
                place + ".x-kubernetes-validations[0].rule: Forbidden: contributed to estimated rule cost total exceeding "
                        + "cost limit for entire OpenAPIv3 schema",
                SCHEMA + ": Forbidden: x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema "
                        + "exceeds budget by factor of more than 100x" + hint);
        assertThat(withSpec(nested.replace("LIMIT", "maxItems: 100,"))).isEmpty();
        assertThat(withSpec("{type: array, items: {type: string, x-kubernetes-validations: [{rule: "
                + "\"self.contains('x')\"}]}}")).isNotEmpty();
        assertThat(withSpec("{type: array, maxItems: 100, items: {type: string, maxLength: 100, "
                + "x-kubernetes-validations: [{rule: \"self.contains('x') && self.matches('^[a-z]+$')\"}]}}"))
                .isEmpty();
        assertThat(withSpec("{type: string, x-kubernetes-validations: [{rule: self.size() < 10}]}")).isEmpty();
    }

    @Test
    void costThatWasAcceptedBeforeIsNoLongerJudgedRuleByRule() {
        String costly = "{type: array, maxItems: 3000, items: {type: array, maxItems: 3000, items: {type: integer}}, "
                + "x-kubernetes-validations: [{rule: 'self.all(a, a.all(b, b > 0))'}]}";
        ObjectNode definition = definition(costly);
        definition.putObject("status").putArray("storedVersions").add("v1");
        assertThat(DefinitionRules.create(definition)).isNotEmpty();
        assertThat(DefinitionRules.update(definition, definition)).isEmpty();
    }

    @Test
    void specOfDefinitions() {
        ObjectNode definition = definition("{type: object}");
        ObjectNode spec = definition.withObject("spec");
        spec.put("group", "nodot").put("scope", "Odd").put("preserveUnknownFields", true);
        spec.withObject("names").put("kind", "Ship_").put("listKind", "").put("singular", "Up").withArray("shortNames")
                .add("S");
        ((ObjectNode) spec.at("/versions/0")).put("storage", false).put("name", "1");
        assertThat(strings(DefinitionRules.create(definition))).extracting(one -> one.replaceFirst(": .*", ""))
                .containsExactly("metadata.name", "spec.group", "spec.scope", "spec.versions[0].name", "spec.versions",
                        "spec.names.listKind", "spec.names.singular", "spec.names.kind", "spec.names.shortNames[0]",
                        "spec.preserveUnknownFields");
        assertThat(strings(DefinitionRules.create(definition))).contains(
                "metadata.name: Invalid value: \"ships.example.com\": must be spec.names.plural+\".\"+spec.group",
                "spec.group: Invalid value: \"nodot\": should be a domain with at least one dot",
                "spec.scope: Unsupported value: \"Odd\": supported values: \"Cluster\", \"Namespaced\"",
                "spec.names.listKind: Required value",
                "spec.preserveUnknownFields: Invalid value: true: cannot set to true, "
                        + "set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead");
        assertThat(strings(DefinitionRules.create(definition)).get(4))
                .startsWith("spec.versions: Invalid value: [{\"Name\":\"1\",\"Served\":true,")
                .endsWith("must have exactly one version marked as storage version");
    }

    @Test
    void communityGroupsSayWhoApproved() {
        ObjectNode definition = definition("{type: object}");
        definition.withObject("spec").put("group", "x.k8s.io");
        definition.withObject("metadata").put("name", "ships.x.k8s.io");
        assertThat(strings(DefinitionRules.create(definition))).containsExactly(
                "metadata.annotations[api-approved.kubernetes.io]: Required value: protected groups must have approval "
                        + "annotation \"api-approved.kubernetes.io\", see https://github.com/kubernetes/enhancements/pull/1111");
        definition.withObject("metadata").withObject("annotations").put("api-approved.kubernetes.io",
                "unapproved, a test");
        assertThat(DefinitionRules.create(definition)).isEmpty();
    }

    @Test
    void subresourcesColumnsAndSelectableFields() {
        ObjectNode definition = definition("{type: object, properties: {a: {type: string}, o: {type: object}}}");
        ObjectNode version = (ObjectNode) definition.at("/spec/versions/0");
        version.withObject("subresources").withObject("scale").put("specReplicasPath", "spec.x")
                .put("statusReplicasPath", ".spec.x").put("labelSelectorPath", ".metadata.x");
        version.putArray("additionalPrinterColumns").addObject().put("name", "x").put("type", "odd")
                .put("format", "odd")
                .put("jsonPath", "x");
        version.withArray("selectableFields").addObject().put("jsonPath", ".spec.a");
        version.withArray("selectableFields").addObject().put("jsonPath", ".spec.a");
        version.withArray("selectableFields").addObject().put("jsonPath", ".spec.o");
        version.withArray("selectableFields").addObject().put("jsonPath", ".spec.b");
        version.withArray("selectableFields").addObject().put("jsonPath", "spec");
        assertThat(strings(DefinitionRules.create(definition))).containsExactly(
                "spec.subresources.scale.specReplicasPath: Invalid value: \"spec.x\": must be a simple json path starting with .",
                "spec.subresources.scale.statusReplicasPath: Invalid value: \".spec.x\": should be a json path under .status",
                "spec.subresources.scale.labelSelectorPath: Invalid value: \".metadata.x\": should be a json path under "
                        + "either .spec or .status",
                "spec.additionalPrinterColumns[0].type: Invalid value: \"odd\": must be one of "
                        + "boolean,date,integer,number,string",
                "spec.additionalPrinterColumns[0].format: Invalid value: \"odd\": must be one of "
                        + "byte,date,date-time,double,float,int32,int64,password",
                "spec.additionalPrinterColumns[0].JSONPath: Invalid value: \"x\": must be a simple json path starting with .",
                "spec.selectableFields[1].jsonPath: Duplicate value: \".spec.a\"",
                "spec.selectableFields[2].jsonPath: Invalid value: \".spec.o\": must point to a field of type string, "
                        + "boolean or integer. Enum string fields and strings with formats are allowed.",
                "spec.selectableFields[3].jsonPath: Invalid value: \".spec.b\": is an invalid path: does not refer to a valid "
                        + "field",
                "spec.selectableFields[4].jsonPath: Invalid value: \"spec\": is an invalid path: expected [ or . but got: "
                        + "spec");
    }

    @Test
    void conversionByWebhook() {
        ObjectNode definition = definition("{type: object}");
        ObjectNode conversion = definition.withObject("spec").withObject("conversion");
        conversion.put("strategy", "Webhook");
        assertThat(strings(DefinitionRules.create(definition))).containsExactly(
                "spec.conversion.webhookClientConfig: Required value: required when strategy is set to Webhook",
                "spec.conversion.conversionReviewVersions: Required value");
        conversion.putObject("webhook").putObject("clientConfig").put("url", "http://u@x/?q");
        conversion.withObject("webhook").putArray("conversionReviewVersions").add("v9").add("v9");
        assertThat(strings(DefinitionRules.create(definition))).containsExactly(
                "spec.conversion.webhookClientConfig.url: Invalid value: \"http\": 'https' is the only allowed URL scheme; "
                        + "desired format: https://host[/path]",
                "spec.conversion.webhookClientConfig.url: Invalid value: \"u\": user information is not permitted in the URL",
                "spec.conversion.webhookClientConfig.url: Invalid value: \"q\": query parameters are not permitted in the URL",
                "spec.conversion.conversionReviewVersions[1]: Invalid value: \"v9\": duplicate version",
                "spec.conversion.conversionReviewVersions: Invalid value: [\"v9\",\"v9\"]: must include at least one "
                        + "of v1, v1beta1");
        conversion.put("strategy", "None");
        assertThat(DefinitionRules.create(definition)).hasSize(2);
    }

    @Test
    void updatesKeepWhatIsStored() {
        ObjectNode before = definition("{type: object}");
        before.putObject("status").putArray("storedVersions").add("v1").add("v0");
        ObjectNode now = before.deepCopy();
        now.withObject("spec").put("scope", "Cluster").withObject("names").put("plural", "boats");
        assertThat(strings(DefinitionRules.update(now, before))).containsExactly(
                "spec.names.plural: Invalid value: \"boats\": field is immutable",
                "status.storedVersions[1]: Invalid value: \"v0\": missing from spec.versions; v0 was previously a storage "
                        + "version, and must remain in spec.versions until a storage migration ensures no data remains "
                        + "persisted in v0 and removes v0 from status.storedVersions");
        before.withObject("status").putArray("conditions").addObject().put("type", "Established").put("status", "True");
        assertThat(strings(DefinitionRules.update(now, before))).first().asString()
                .isEqualTo("spec.scope: Invalid value: \"Cluster\": field is immutable");
    }

    @Test
    void eachVersionIsNamedWhereTheyDiffer() {
        ObjectNode definition = definition("{type: object}");
        ObjectNode second = ((ObjectNode) definition.at("/spec/versions/0")).deepCopy();
        second.put("name", "v2").put("storage", false);
        ((ObjectNode) second.at("/schema/openAPIV3Schema/properties/spec")).remove("type");
        definition.withObject("spec").withArray("versions").add(second);
        assertThat(strings(DefinitionRules.create(definition))).containsExactly(
                "spec.versions[1].schema.openAPIV3Schema.properties[spec].type: Required value: must not be empty for "
                        + "specified object fields");
    }

    @Test
    void hostileSchemasEnd() {
        StringBuilder deep = new StringBuilder("{type: string}");
        for (int at = 0; at < 40; at++) {
            deep.insert(0, "{type: object, properties: {a: ").append("}}");
        }
        assertThat(withSpec(deep.toString())).isEmpty();
        StringBuilder values = new StringBuilder("{type: string, enum: [");
        for (int at = 0; at < 20_000; at++) {
            values.append("v").append(at).append(", ");
        }
        assertThat(withSpec(values + "z]}")).isEmpty();
        assertThat(withSpec("{type: string, pattern: '(a{1000}){1000}'}")).hasSize(1);
        assertThat(withSpec("{type: integer, x-kubernetes-validations: [{rule: '" + "(".repeat(1_000) + "true"
                + ")".repeat(1_000) + "'}]}"))
                .hasSize(1);
    }
}
