package dev.xebec.model.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.FieldError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges a CustomResourceDefinition that has its defaults. What an earlier form of it did wrong is let be where
 * kube-apiserver does so.
 *
 * <p>Source: apiextensions-apiserver {@code pkg/apis/apiextensions/validation/validation.go}.
 */
public final class DefinitionRules {
    /** The type of definitions, as kinds' descriptions name it. */
    public static final String TYPE = "apiextensions.v1.CustomResourceDefinition";

    private static final String IMMUTABLE = "field is immutable";
    private static final List<String> SCOPES = List.of("Cluster", "Namespaced");

    private final ObjectNode now;
    private final @Nullable ObjectNode before;
    private final JsonNode spec;
    private final Problems problems = new Problems();

    private DefinitionRules(ObjectNode now, @Nullable ObjectNode before) {
        this.now = now;
        this.before = before;
        this.spec = now.path("spec");
    }

    /** Metadata is judged elsewhere, but for the name, which follows from the definition. */
    public static List<FieldError> create(ObjectNode definition) {
        DefinitionRules rules = new DefinitionRules(definition, null);
        rules.name();
        rules.spec();
        rules.group();
        return List.copyOf(rules.problems.list());
    }

    public static List<FieldError> update(ObjectNode now, ObjectNode before) {
        DefinitionRules rules = new DefinitionRules(now, before);
        rules.spec();
        rules.unchanged(before.path("spec"), isEstablished(before));
        rules.status();
        rules.group();
        return List.copyOf(rules.problems.list());
    }

    public static List<FieldError> updateStatus(ObjectNode now) {
        DefinitionRules rules = new DefinitionRules(now, now);
        names(now.path("status").path("acceptedNames"), "status.acceptedNames", rules.problems);
        return List.copyOf(rules.problems.list());
    }

    private void name() {
        String name = text(now.path("metadata"), "name");
        String wanted = text(spec.path("names"), "plural") + "." + text(spec, "group");
        if (!name.isEmpty() && !name.equals(wanted)) {
            problems.invalid("metadata.name", name, "must be spec.names.plural+\".\"+spec.group");
        }
    }

    private void spec() {
        String group = text(spec, "group");
        if (group.isEmpty()) {
            problems.required("spec.group", "");
        } else if (!Names.subdomain(group).isEmpty()) {
            problems.invalid("spec.group", group, Names.subdomain(group));
        } else if (!group.contains(".")) {
            problems.invalid("spec.group", group, "should be a domain with at least one dot");
        }
        String scope = text(spec, "scope");
        if (scope.isEmpty()) {
            problems.required("spec.scope", "");
        } else if (!SCOPES.contains(scope)) {
            problems.notSupported("spec.scope", scope, SCOPES);
        }
        JsonNode versions = spec.path("versions");
        for (int at = 0; at < versions.size(); at++) {
            if (!versions.get(at).path("schema").path("openAPIV3Schema").isObject()) {
                problems.required("spec.versions[" + at + "].schema.openAPIV3Schema", "");
            }
        }
        new VersionRules(spec, before == null ? null : before.path("spec"), problems).check();
        versionNames(versions);
        for (String name : List.of("plural", "singular", "kind", "listKind")) {
            if (text(spec.path("names"), name).isEmpty()) {
                problems.required("spec.names." + name, "");
            }
        }
        names(spec.path("names"), "spec.names", problems);
        new VersionRules(spec, before == null ? null : before.path("spec"), problems).checkShared();
        ConversionRules.check(spec.path("conversion"), before == null ? null : before.path("spec").path("conversion"),
                problems);
        boolean wasPreserving = before != null && before.path("spec").path("preserveUnknownFields").asBoolean();
        if (spec.path("preserveUnknownFields").asBoolean() && !wasPreserving) {
            problems.invalid("spec.preserveUnknownFields", spec.path("preserveUnknownFields"),
                    "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema "
                            + "instead");
        }
    }

    private void versionNames(JsonNode versions) {
        Set<String> seen = new HashSet<>();
        boolean unique = true;
        int storage = 0;
        for (JsonNode version : versions) {
            unique &= seen.add(text(version, "name"));
            storage += version.path("storage").asBoolean() ? 1 : 0;
        }
        if (!unique) {
            problems.invalid("spec.versions", GoForm.versions(spec), "must contain unique version names");
        }
        if (storage != 1) {
            problems.invalid("spec.versions", GoForm.versions(spec),
                    "must have exactly one version marked as storage version");
        }
    }

    static void names(JsonNode names, String path, Problems problems) {
        for (String name : List.of("plural", "singular")) {
            String value = text(names, name);
            if (!value.isEmpty()) {
                problems.invalid(path + "." + name, value, Names.label1035(value));
            }
        }
        for (String name : List.of("kind", "listKind")) {
            String value = text(names, name);
            List<String> wrong = value.isEmpty() ? List.of() : Names.label1035(value.toLowerCase(Locale.ROOT));
            if (!wrong.isEmpty()) {
                problems.invalid(path + "." + name, value,
                        "may have mixed case, but should otherwise match: " + String.join(",", wrong));
            }
        }
        list(names.path("shortNames"), path + ".shortNames", problems);
        if (!text(names, "kind").isEmpty() && text(names, "kind").equals(text(names, "listKind"))) {
            problems.invalid(path + ".listKind", text(names, "listKind"), "kind and listKind may not be the same");
        }
        list(names.path("categories"), path + ".categories", problems);
    }

    private static void list(JsonNode names, String path, Problems problems) {
        for (int at = 0; at < names.size(); at++) {
            String name = names.get(at).asText();
            problems.invalid(path + "[" + at + "]", name, Names.label1035(name));
        }
    }

    /** What stored objects and URLs depend on. */
    private void unchanged(JsonNode old, boolean established) {
        List<String> fixed = new ArrayList<>();
        if (established) {
            fixed.add("/scope");
            fixed.add("/names/kind");
        }
        fixed.add("/group");
        fixed.add("/names/plural");
        for (String field : fixed) {
            if (!Objects.equals(spec.at(field), old.at(field))) {
                problems.invalid("spec" + field.replace('/', '.'), spec.at(field), IMMUTABLE);
            }
        }
    }

    private void status() {
        names(now.path("status").path("acceptedNames"), "status.acceptedNames", problems);
        JsonNode stored = now.path("status").path("storedVersions");
        String path = "status.storedVersions";
        if (stored.isEmpty()) {
            problems.invalid(path, Json.MAPPER.createArrayNode(), "must have at least one stored version");
            return;
        }
        Set<String> named = new HashSet<>();
        Set<String> kept = new HashSet<>();
        stored.forEach(version -> kept.add(version.asText()));
        for (JsonNode version : spec.path("versions")) {
            named.add(text(version, "name"));
            if (version.path("storage").asBoolean() && !kept.contains(text(version, "name"))) {
                problems.invalid(path, stored,
                        "must have the storage version " + text(version, "name"));
            }
        }
        for (int at = 0; at < stored.size(); at++) {
            String version = stored.get(at).asText();
            if (!named.contains(version)) {
                problems.invalid(path + "[" + at + "]", version, "missing from spec.versions; " + version
                        + " was previously a storage version, and must remain in spec.versions until a storage migration "
                        + "ensures no data remains persisted in " + version + " and removes " + version
                        + " from status.storedVersions");
            }
        }
    }

    private void group() {
        ApiApproval.check(now, before, problems);
    }

    private static boolean isEstablished(ObjectNode definition) {
        for (JsonNode condition : definition.path("status").path("conditions")) {
            if (text(condition, "type").equals("Established")) {
                return text(condition, "status").equals("True");
            }
        }
        return false;
    }

    static String text(JsonNode object, String field) {
        return object.path(field).asText("");
    }
}
