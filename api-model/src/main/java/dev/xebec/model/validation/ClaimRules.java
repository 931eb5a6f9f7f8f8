package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import dev.xebec.model.object.Json;
import java.util.List;

/** Rules of claims to storage, and of templates of claims. Source: {@code pkg/apis/core/validation/validation.go} of Kubernetes. */
final class ClaimRules {
    /** What a template's metadata may not have, as it is told. */
    private static final List<String> UNWANTED = List.of("name", "generateName", "namespace", "selfLink", "uid",
            "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds",
            "ownerReferences", "finalizers", "managedFields");

    private ClaimRules() {}

    static void template(ObjectNode template, String path, Findings findings) {
        JsonNode metadata = template.path("metadata");
        String where = TypeRule.at(path, "metadata");
        MetadataRules.annotations(metadata.path("annotations"), where + ".annotations", findings);
        MetadataRules.labels(metadata.path("labels"), where + ".labels", findings);
        for (String field : UNWANTED) {
            JsonNode value = metadata.path(field);
            if (value.isArray() || !Findings.absent(value) && !(value.isNumber() && value.asLong() == 0)) {
                findings.forbidden(where + "." + (field.equals("uid") ? "uID" : field), "cannot be set");
            }
        }
    }

    static void claim(ObjectNode spec, String path, Findings findings) {
        StorageRules.accessModes(spec, path, "at least 1 access mode is required", findings);
        VolumeRules.reference(spec, "storageClassName", path, findings);
        VolumeRules.reference(spec, "volumeAttributesClassName", path, findings);
        JsonNode storage = spec.path("resources").path("requests").path("storage");
        if (Findings.absent(storage)) {
            findings.required(TypeRule.at(path, "resources[storage]"), "");
        } else if (ContainerRules.quantity(storage).signum() <= 0) {
            findings.invalid(TypeRule.at(path, "resources[storage]"), storage, "must be greater than zero");
        }
        JsonNode source = spec.path("dataSource");
        JsonNode reference = spec.path("dataSourceRef");
        source(source, TypeRule.at(path, "dataSource"), findings);
        source(reference, TypeRule.at(path, "dataSourceRef"), findings);
        String namespace = Findings.text(reference, "namespace");
        if (!namespace.isEmpty()) {
            findings.invalid(TypeRule.at(path, "dataSourceRef") + ".namespace", namespace, Names.label(namespace));
            if (source.isObject()) {
                findings.invalid(path, Json.object(), "may not be specified when dataSourceRef.namespace is specified");
            }
        } else if (source.isObject() && reference.isObject() && !alike(source, reference)) {
            findings.invalid(path, Json.object(), "must match dataSourceRef");
        }
    }

    private static boolean alike(JsonNode source, JsonNode reference) {
        return Findings.same(source.path("apiGroup"), reference.path("apiGroup"))
                && Findings.same(source.path("kind"), reference.path("kind"))
                && Findings.same(source.path("name"), reference.path("name"));
    }

    private static void source(JsonNode source, String path, Findings findings) {
        if (!source.isObject()) {
            return;
        }
        String group = Findings.text(source, "apiGroup");
        String kind = Findings.text(source, "kind");
        if (group.isEmpty() && !kind.equals("PersistentVolumeClaim")) {
            findings.invalid(path, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
        }
        if (!group.isEmpty()) {
            findings.invalid(path + ".apiGroup", group, Names.subdomain(group));
        }
    }
}
