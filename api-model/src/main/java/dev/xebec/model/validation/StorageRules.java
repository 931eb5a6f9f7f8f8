package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules of persistent volumes, claims and storage classes. */
final class StorageRules {
    private static final Set<String> ACCESS_MODES = Set.of("ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany",
            "ReadWriteOncePod");
    /** Structures of a volume's spec that are no source of storage. */
    private static final Set<String> NOT_SOURCES = Set.of("capacity", "claimRef", "nodeAffinity");

    private StorageRules() {}

    static void volume(ObjectNode spec, String path, Findings findings) {
        if (spec.path("capacity").isEmpty()) {
            findings.required(TypeRule.at(path, "capacity"), "");
        }
        JsonNode storage = spec.path("capacity").path("storage");
        if (storage.isValueNode() && ContainerRules.quantity(storage).signum() <= 0) {
            findings.invalid(TypeRule.at(path, "capacity[storage]"), storage, "must be greater than zero");
        }
        if (spec.path("local").isObject() && !spec.path("nodeAffinity").isObject()) {
            findings.required(path.replace("spec", "metadata.annotations"), "Local volume requires node affinity");
        }
        if (Findings.text(spec.path("hostPath"), "path").equals("/")
                && Findings.text(spec, "persistentVolumeReclaimPolicy").equals("Recycle")) {
            findings.forbidden(TypeRule.at(path, "persistentVolumeReclaimPolicy"),
                    "may not be 'recycle' for a hostPath mount of '/'");
        }
        VolumeRules.reference(spec, "storageClassName", path, findings);
        accessModes(spec, path, "", findings);
        int sources = 0;
        for (Map.Entry<String, JsonNode> field : spec.properties()) {
            if (field.getValue().isObject() && !NOT_SOURCES.contains(field.getKey()) && ++sources > 1) {
                findings.forbidden(TypeRule.at(path, field.getKey()), "may not specify more than 1 volume type");
            }
        }
        if (sources == 0) {
            findings.required(path, "must specify a volume type");
        }
        VolumeRules.noBackSteps(Findings.text(spec.path("hostPath"), "path"), TypeRule.at(path, "hostPath.path"),
                findings);
    }

    static void claim(ObjectNode spec, String path, Findings findings) {
        accessModes(spec, path, "at least 1 access mode is required", findings);
        VolumeRules.reference(spec, "storageClassName", path, findings);
        VolumeRules.reference(spec, "volumeAttributesClassName", path, findings);
        JsonNode storage = spec.path("resources").path("requests").path("storage");
        if (Findings.absent(storage)) {
            findings.required(TypeRule.at(path, "resources[storage]"), "");
        } else if (ContainerRules.quantity(storage).signum() <= 0) {
            findings.invalid(TypeRule.at(path, "resources[storage]"), storage, "must be greater than zero");
        }
    }

    private static void accessModes(ObjectNode spec, String path, String detail, Findings findings) {
        JsonNode modes = spec.path("accessModes");
        if (modes.isEmpty()) {
            findings.required(TypeRule.at(path, "accessModes"), detail);
        }
        alone(modes, path, findings);
        for (int at = 0; at < modes.size(); at++) {
            if (!ACCESS_MODES.contains(modes.get(at).asText())) {
                findings.add(dev.xebec.model.status.FieldError.notSupported(TypeRule.at(path, "accessModes"),
                        modes.get(at).asText(),
                        List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod")));
            }
        }
    }

    private static void alone(JsonNode modes, String path, Findings findings) {
        boolean once = modes.valueStream().anyMatch(mode -> mode.asText().equals("ReadWriteOncePod"));
        if (once && modes.size() > 1) {
            findings.forbidden(TypeRule.at(path, "accessModes"),
                    "may not use ReadWriteOncePod with other access modes");
        }
    }

    static void updateClaim(ObjectNode now, ObjectNode before, Findings findings) {
        ObjectNode spec = MetadataRules.object(now, "spec").deepCopy();
        ObjectNode old = MetadataRules.object(before, "spec").deepCopy();
        for (String field : List.of("volumeName", "storageClassName")) {
            if (Findings.absent(old.path(field))) {
                spec.remove(field);
                old.remove(field);
            }
        }
        for (ObjectNode one : List.of(spec, old)) {
            one.remove("volumeAttributesClassName");
            if (one.get("resources") instanceof ObjectNode resources) {
                resources.remove("requests");
            }
            if (Findings.absent(one.path("resources"))) {
                one.remove("resources");
            }
        }
        if (!Findings.same(spec, old)) {
            findings.forbidden("spec", "spec is immutable after creation except resources.requests and "
                    + "volumeAttributesClassName for bound claims");
        }
        JsonNode size = now.path("spec").path("resources").path("requests").path("storage");
        JsonNode oldSize = before.path("spec").path("resources").path("requests").path("storage");
        if (ContainerRules.quantity(size).compareTo(ContainerRules.quantity(oldSize)) < 0) {
            findings.forbidden("spec.resources.requests.storage", "field can not be less than previous value");
        }
    }

    static void updateVolume(ObjectNode now, ObjectNode before, Findings findings) {
        JsonNode spec = now.path("spec");
        before.path("spec").properties().forEach(field -> {
            boolean source = field.getValue().isObject() && !NOT_SOURCES.contains(field.getKey());
            if (source && !Findings.same(spec.path(field.getKey()), field.getValue())) {
                findings.forbidden("spec.persistentvolumesource",
                        "spec.persistentvolumesource is immutable after creation");
            }
        });
        findings.immutable("spec.volumeMode", spec.path("volumeMode"), before.path("spec").path("volumeMode"));
    }

    static void updateClass(ObjectNode now, ObjectNode before, Findings findings) {
        for (String field : List.of("parameters", "provisioner", "reclaimPolicy")) {
            if (!Findings.same(now.path(field), before.path(field))) {
                findings.forbidden(field, "updates to " + field + " are forbidden.");
            }
        }
        findings.immutable("volumeBindingMode", now.path("volumeBindingMode"), before.path("volumeBindingMode"));
    }
}
