package dev.xebec.model.advice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.GoString;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a definition's schemas say in vain. Source: apiextensions-apiserver, {@code customresourcedefinition/strategy.go} and
 * {@code apiserver/validation/formats.go}.
 */
final class DefinitionAdvice {
    /** Formats of strings, without their hyphens. */
    private static final Set<String> FORMATS = Set.of("bsonobjectid", "uri", "email", "hostname", "ipv4", "ipv6",
            "cidr", "mac", "uuid", "uuid3", "uuid4", "uuid5", "isbn", "isbn10", "isbn13", "creditcard", "ssn",
            "hexcolor", "rgbcolor", "byte", "password", "date", "duration", "datetime", "k8sshortname", "k8slongname");
    private static final List<String> MAPS = List.of("properties", "patternProperties", "definitions", "dependencies");
    private static final List<String> LISTS = List.of("allOf", "anyOf", "oneOf");
    private static final List<String> SINGLE = List.of("items", "not", "additionalProperties", "additionalItems");

    private DefinitionAdvice() {}

    static void definition(ObjectNode now, @Nullable ObjectNode before, Told told) {
        Set<String> said = said(now);
        if (before != null && !said.isEmpty()) {
            said.removeAll(said(before));
        }
        said.forEach(told::say);
    }

    private static Set<String> said(ObjectNode definition) {
        Set<String> said = new TreeSet<>();
        definition.path("spec").path("versions")
                .forEach(version -> look(version.path("schema").path("openAPIV3Schema"), said));
        return said;
    }

    private static void look(JsonNode schema, Set<String> said) {
        if (!schema.isObject()) {
            return;
        }
        String format = schema.path("format").asText("");
        String type = schema.path("type").asText("");
        if (!format.isEmpty() && !known(type, format)) {
            said.add("unrecognized format " + GoString.quoted(format));
        }
        String items = schema.path("items").path("type").asText("");
        if (schema.path("x-kubernetes-list-type").asText("").equals("set")
                && (items.equals("object") || items.equals("array"))) {
            said.add("x-kubernetes-list-type: set for items of type " + GoString.quoted(items)
                    + " is not supported by server-side apply or CEL validation rules");
        }
        SINGLE.forEach(field -> look(schema.path(field), said));
        LISTS.forEach(field -> schema.path(field).forEach(one -> look(one, said)));
        MAPS.forEach(field -> schema.path(field).forEach(one -> look(one, said)));
    }

    private static boolean known(String type, String format) {
        return switch (type) {
            case "", "string" -> FORMATS.contains(format.replace("-", ""));
            case "integer" -> format.equals("int32") || format.equals("int64");
            case "number" -> format.equals("float") || format.equals("double");
            default -> false;
        };
    }
}
