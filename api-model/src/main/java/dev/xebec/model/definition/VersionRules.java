package dev.xebec.model.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.structural.FieldPath;
import dev.xebec.model.structural.Structural;
import dev.xebec.model.structural.StructuralReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a definition. What is the same in all of them is judged once and named beside them, because
 * kube-apiserver keeps it there.
 *
 * <p>Source: apiextensions-apiserver {@code pkg/apis/apiextensions/v1/conversion.go}, {@code validation.go}.
 */
final class VersionRules {
    private static final int MAX_SELECTABLE = 8;
    private static final int MAX_WARNING = 256;
    private static final List<String> COLUMN_TYPES = List.of("boolean", "date", "integer", "number", "string");
    private static final List<String> COLUMN_FORMATS = List.of("byte", "date", "date-time", "double", "float", "int32",
            "int64", "password");

    private final JsonNode spec;
    private final @Nullable JsonNode before;
    private final JsonNode versions;
    private final Problems problems;

    VersionRules(JsonNode spec, @Nullable JsonNode before, Problems problems) {
        this.spec = spec;
        this.before = before;
        this.versions = spec.path("versions");
        this.problems = problems;
    }

    /** What belongs to single versions. */
    void check() {
        for (int at = 0; at < versions.size(); at++) {
            JsonNode version = versions.get(at);
            String path = "spec.versions[" + at + "]";
            problems.invalid(path + ".name", DefinitionRules.text(version, "name"),
                    Names.label1035(DefinitionRules.text(version, "name")));
            warning(version, path + ".deprecationWarning");
            if (!isShared("schema")) {
                schema(version, path + ".schema");
            }
            if (!isShared("subresources")) {
                subresources(version.path("subresources"), path + ".subresources");
            }
            if (!isShared("additionalPrinterColumns")) {
                columns(version.path("additionalPrinterColumns"), path + ".additionalPrinterColumns");
            }
            if (!isShared("selectableFields")) {
                selectable(version, path + ".selectableFields");
            }
        }
    }

    /** What is the same in all versions. */
    void checkShared() {
        if (versions.isEmpty()) {
            return;
        }
        JsonNode first = versions.get(0);
        if (isShared("schema")) {
            schema(first, "spec.validation");
        }
        if (isShared("subresources")) {
            subresources(first.path("subresources"), "spec.subresources");
        }
        if (isShared("additionalPrinterColumns")) {
            columns(first.path("additionalPrinterColumns"), "spec.additionalPrinterColumns");
        }
        if (isShared("selectableFields")) {
            selectable(first, "spec.selectableFields");
        }
    }

    private boolean isShared(String field) {
        JsonNode first = versions.get(0).path(field);
        for (JsonNode version : versions) {
            if (!version.path(field).equals(first)) {
                return false;
            }
        }
        return true;
    }

    private void schema(JsonNode version, String path) {
        if (!(version.path("schema").get("openAPIV3Schema") instanceof ObjectNode schema)) {
            return;
        }
        JsonNode old = oldSchema(DefinitionRules.text(version, "name"));
        boolean status = false;
        for (JsonNode one : versions) {
            status |= one.path("subresources").path("status").isObject();
        }
        boolean own = path.startsWith("spec.versions")
                ? version.path("subresources").path("status").isObject()
                : status;
        new SchemaCheck(schema, old, path + ".openAPIV3Schema", problems).check(own);
    }

    private JsonNode oldSchema(String name) {
        if (before != null) {
            for (JsonNode version : before.path("versions")) {
                if (DefinitionRules.text(version, "name").equals(name)) {
                    return version.path("schema").path("openAPIV3Schema");
                }
            }
        }
        return MissingNode.getInstance();
    }

    private void warning(JsonNode version, String path) {
        JsonNode warning = version.path("deprecationWarning");
        if (!warning.isTextual()) {
            return;
        }
        String text = warning.asText();
        if (!version.path("deprecated").asBoolean()) {
            problems.invalid(path, text, "can only be set for deprecated versions");
            return;
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_WARNING) {
            problems.invalid(path, text, "must be <= 256 characters long");
        }
        if (text.isEmpty()) {
            problems.invalid(path, text, "must not be an empty string");
        }
        for (int at = 0; at < text.length(); at++) {
            if (Character.isISOControl(text.charAt(at)) || !Character.isDefined(text.charAt(at))) {
                problems.invalid(path, text, "must only contain printable UTF-8 characters; non-printable character "
                        + "found at index " + text.substring(0, at).getBytes(StandardCharsets.UTF_8).length);
                return;
            }
        }
    }

    private void subresources(JsonNode subresources, String path) {
        JsonNode scale = subresources.path("scale");
        if (!scale.isObject()) {
            return;
        }
        scalePath(scale, "specReplicasPath", path, List.of(".spec."), "should be a json path under .spec");
        scalePath(scale, "statusReplicasPath", path, List.of(".status."), "should be a json path under .status");
        if (!DefinitionRules.text(scale, "labelSelectorPath").isEmpty()) {
            scalePath(scale, "labelSelectorPath", path, List.of(".spec.", ".status."),
                    "should be a json path under either .spec or .status");
        }
    }

    private void scalePath(JsonNode scale, String field, String path, List<String> prefixes, String wrong) {
        String value = DefinitionRules.text(scale, field);
        String at = path + ".scale." + field;
        if (value.isEmpty()) {
            problems.required(at, "");
        } else if (!value.startsWith(".")) {
            problems.invalid(at, value, "must be a simple json path starting with .");
        } else if (prefixes.stream().noneMatch(value::startsWith)) {
            problems.invalid(at, value, wrong);
        }
    }

    private void columns(JsonNode columns, String path) {
        for (int at = 0; at < columns.size(); at++) {
            JsonNode column = columns.get(at);
            String one = path + "[" + at + "]";
            if (DefinitionRules.text(column, "name").isEmpty()) {
                problems.required(one + ".name", "");
            }
            String type = DefinitionRules.text(column, "type");
            String types = "must be one of " + String.join(",", COLUMN_TYPES);
            if (type.isEmpty()) {
                problems.required(one + ".type", types);
            } else if (!COLUMN_TYPES.contains(type)) {
                problems.invalid(one + ".type", type, types);
            }
            String format = DefinitionRules.text(column, "format");
            if (!format.isEmpty() && !COLUMN_FORMATS.contains(format)) {
                problems.invalid(one + ".format", format, "must be one of " + String.join(",", COLUMN_FORMATS));
            }
            String value = DefinitionRules.text(column, "jsonPath");
            if (value.isEmpty()) {
                problems.required(one + ".JSONPath", "");
            } else if (!value.startsWith(".")) {
                problems.invalid(one + ".JSONPath", value, "must be a simple json path starting with .");
            }
        }
    }

    private void selectable(JsonNode version, String path) {
        JsonNode fields = version.path("selectableFields");
        if (fields.isEmpty()) {
            return;
        }
        Structural schema = StructuralReader.read(version.path("schema").path("openAPIV3Schema"));
        Set<String> unique = new HashSet<>();
        for (int at = 0; at < fields.size(); at++) {
            String one = path + "[" + at + "].jsonPath";
            String text = DefinitionRules.text(fields.get(at), "jsonPath");
            if (text.isEmpty()) {
                problems.required(one, "");
                continue;
            }
            FieldPath field = FieldPath.resolve(text, schema, false);
            if (!field.error().isEmpty() || field.schema() == null) {
                problems.invalid(one, text, "is an invalid path: " + field.error());
                continue;
            }
            if (field.normalized().equals("metadata") || field.normalized().startsWith("metadata.")) {
                problems.invalid(one, text, "must not point to fields in metadata");
            }
            if (!List.of("string", "boolean", "integer").contains(field.schema().type())) {
                problems.invalid(one, text,
                        "must point to a field of type string, boolean or integer. Enum string fields "
                                + "and strings with formats are allowed.");
            }
            if (!unique.add(field.normalized())) {
                problems.add(FieldError.duplicate(one, text));
            }
        }
        if (unique.size() > MAX_SELECTABLE) {
            problems.add(new FieldError(FieldError.Type.TOO_MANY, path,
                    "Too many: " + unique.size() + ": must have at most " + MAX_SELECTABLE + " items"));
        }
    }
}
