package dev.xebec.model.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import java.util.Map;
import java.util.Set;

/**
 * Fills messages of the published protobuf descriptors, every field of them, and says what JSON they mean. Knows nothing
 * of our descriptions: names, embedded messages and special messages come from the descriptors and from the lists here.
 */
final class FilledMessages {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> EMBEDDED = Set.of("Volume.volumeSource",
            "PersistentVolumeSpec.persistentVolumeSource", "Probe.handler",
            "EphemeralContainer.ephemeralContainerCommon", "IngressRule.ingressRuleValue",
            "ConfigMapEnvSource.localObjectReference", "ConfigMapKeySelector.localObjectReference",
            "ConfigMapProjection.localObjectReference", "ConfigMapVolumeSource.localObjectReference",
            "SecretEnvSource.localObjectReference", "SecretKeySelector.localObjectReference",
            "SecretProjection.localObjectReference", "RuleWithOperations.rule",
            "NamedRuleWithOperations.ruleWithOperations", "DeviceAllocationConfiguration.deviceConfiguration",
            "DeviceClaimConfiguration.deviceConfiguration", "DeviceClassConfiguration.deviceConfiguration");
    private static final Map<String, String> RENAMED = Map.of("BoundObjectReference.uID", "uid",
            "IngressClassParametersReference.aPIGroup", "apiGroup", "MutatingWebhookConfiguration.Webhooks", "webhooks",
            "ValidatingWebhookConfiguration.Webhooks", "webhooks", "Validation.Expression", "expression",
            "Variable.Name", "name", "Variable.Expression", "expression", "JSONSchemaProps.schema", "$schema",
            "JSONSchemaProps.ref", "$ref", "DaemonEndpoint.Port", "Port");
    /** Alpha fields of 1.36 that 1.37, which is what we describe, no longer has. */
    private static final Set<String> GONE = Set.of("NodeAllocatableResourceClaimStatus.resources",
            "Device.nodeAllocatableResourceMappings");
    private static final Set<String> RAW = Set.of("RawExtension", "JSON", "FieldsV1");
    private static final int DEPTH = 14;

    private int counter;

    /** A message, and the JSON that it means. */
    record Filled(DynamicMessage message, JsonNode json) {}

    Filled fill(Descriptor type) {
        return fill(type, 0);
    }

    private Filled fill(Descriptor type, int depth) {
        return switch (type.getName()) {
            case "Quantity" -> special(type, Map.of("string", "10Mi"), JSON.textNode("10Mi"));
            case "IntOrString" -> ++counter % 2 == 0
                    ? special(type, Map.of("type", 0L, "intVal", 80), JSON.numberNode(80))
                    : special(type, Map.of("type", 1L, "strVal", "25%"), JSON.textNode("25%"));
            case "Time" -> special(type, Map.of("seconds", 1_700_000_000L, "nanos", 5),
                    JSON.textNode("2023-11-14T22:13:20Z"));
            case "MicroTime" -> special(type, Map.of("seconds", 1_700_000_000L, "nanos", 123_456_789),
                    JSON.textNode("2023-11-14T22:13:20.123456Z"));
            case "JSONSchemaPropsOrBool" -> special(type, Map.of("allows", true), JSON.booleanNode(true));
            case "JSONSchemaPropsOrArray", "JSONSchemaPropsOrStringArray" -> either(type, depth);
            default -> RAW.contains(type.getName()) ? raw(type) : plain(type, depth);
        };
    }

    private static Filled special(Descriptor type, Map<String, Object> values, JsonNode json) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        values.forEach((name, value) -> message.setField(type.findFieldByName(name), value));
        return new Filled(message.build(), json);
    }

    private static Filled raw(Descriptor type) {
        ObjectNode json = JSON.objectNode().put("any", 1);
        return new Filled(DynamicMessage.newBuilder(type)
                .setField(type.getFields().get(0), ByteString.copyFromUtf8(json.toString())).build(), json);
    }

    private Filled either(Descriptor type, int depth) {
        FieldDescriptor field = type.getFields().get(++counter % 2);
        Filled value = depth < DEPTH && field.getType() == FieldDescriptor.Type.MESSAGE
                ? fill(field.getMessageType(), depth + 4)
                : null;
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        if (value == null) {
            FieldDescriptor strings = type.getFields().get(1);
            if (strings.getType() != FieldDescriptor.Type.STRING) {
                return new Filled(message.setField(type.getFields().get(0),
                        DynamicMessage.getDefaultInstance(type.getFields().get(0).getMessageType())).build(),
                        JSON.objectNode());
            }
            return new Filled(message.addRepeatedField(strings, "a").build(), JSON.arrayNode().add("a"));
        }
        if (field.isRepeated()) {
            return new Filled(message.addRepeatedField(field, value.message()).build(),
                    JSON.arrayNode().add(value.json()));
        }
        return new Filled(message.setField(field, value.message()).build(), value.json());
    }

    private Filled plain(Descriptor type, int depth) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        ObjectNode json = JSON.objectNode();
        for (FieldDescriptor field : type.getFields()) {
            boolean nested = field.getType() == FieldDescriptor.Type.MESSAGE;
            if (!GONE.contains(type.getName() + "." + field.getName()) && (!nested || depth < DEPTH)) {
                set(message, json, field, depth + (type.getName().equals("JSONSchemaProps") ? 5 : 1));
            }
        }
        return new Filled(message.build(), json);
    }

    private void set(DynamicMessage.Builder message, ObjectNode json, FieldDescriptor field, int depth) {
        String qualified = field.getContainingType().getName() + "." + field.getName();
        String name = RENAMED.getOrDefault(qualified, field.getName().startsWith("xKubernetes")
                ? "x-kubernetes"
                        + field.getName().substring(11).replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT)
                : field.getName());
        if (field.isMapField()) {
            Filled entry = mapEntry(field, depth);
            message.addRepeatedField(field, entry.message());
            json.set(name, JSON.objectNode().set("key", entry.json()));
        } else if (field.isRepeated()) {
            ArrayNode list = json.putArray(name);
            for (int i = 0; i < (field.getType() == FieldDescriptor.Type.MESSAGE ? 1 : 3); i++) {
                Filled one = value(field, depth);
                message.addRepeatedField(field,
                        field.getType() == FieldDescriptor.Type.MESSAGE ? one.message() : scalar(field));
                list.add(one.json());
            }
        } else if (field.getType() == FieldDescriptor.Type.MESSAGE) {
            Filled one = value(field, depth);
            message.setField(field, one.message());
            if (EMBEDDED.contains(qualified)) {
                json.setAll((ObjectNode) one.json());
            } else if (!isList(field.getMessageType())) {
                json.set(name, one.json());
            } else {
                json.set(name, one.json().path("items"));
            }
        } else {
            message.setField(field, scalar(field));
            json.set(name, scalarJson(field));
        }
    }

    private Filled mapEntry(FieldDescriptor field, int depth) {
        Descriptor entry = field.getMessageType();
        FieldDescriptor value = entry.findFieldByName("value");
        DynamicMessage.Builder message = DynamicMessage.newBuilder(entry).setField(entry.findFieldByName("key"), "key");
        if (value.getType() == FieldDescriptor.Type.MESSAGE) {
            Filled filled = fill(value.getMessageType(), depth);
            message.setField(value, filled.message());
            return new Filled(message.build(),
                    isList(value.getMessageType()) ? filled.json().path("items") : filled.json());
        }
        message.setField(value, scalar(value));
        return new Filled(message.build(), scalarJson(value));
    }

    /** Lists that are messages of their own: ExtraValue, Verbs. */
    private static boolean isList(Descriptor type) {
        return Set.of("ExtraValue", "Verbs").contains(type.getName());
    }

    private Filled value(FieldDescriptor field, int depth) {
        return field.getType() == FieldDescriptor.Type.MESSAGE
                ? fill(field.getMessageType(), depth)
                : new Filled(DynamicMessage.getDefaultInstance(field.getContainingType()), scalarJson(field));
    }

    private static Object scalar(FieldDescriptor field) {
        return switch (field.getType()) {
            case STRING -> field.getName() + " é";
            case BOOL -> true;
            case INT32 -> -field.getNumber();
            case INT64 -> (1L << 60) + field.getNumber();
            case DOUBLE -> 0.5 + field.getNumber();
            case BYTES -> ByteString.copyFrom(new byte[]{1, 2, -3});
            default -> throw new IllegalStateException("unforeseen type of " + field);
        };
    }

    private static JsonNode scalarJson(FieldDescriptor field) {
        return switch (scalar(field)) {
            case String text -> JSON.textNode(text);
            case Boolean flag -> JSON.booleanNode(flag);
            case Integer number -> JSON.numberNode(number);
            case Long number -> JSON.numberNode(number);
            case Double number -> JSON.numberNode(number);
            case ByteString bytes -> JSON.textNode(java.util.Base64.getEncoder().encodeToString(bytes.toByteArray()));
            default -> throw new IllegalStateException("unforeseen value of " + field);
        };
    }
}
