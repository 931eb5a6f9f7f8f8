package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.structure.InternalForm;
import java.util.List;
import java.util.Set;

/** Rules of persistent volumes, claims and storage classes. */
final class StorageRules {
    private static final Set<String> ACCESS_MODES = Set.of("ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany",
            "ReadWriteOncePod");
    /** In the order in which they are looked at; only the first one is looked into. */
    private static final List<String> SOURCES = List.of("hostPath", "gcePersistentDisk", "awsElasticBlockStore",
            "glusterfs", "flocker", "nfs", "rbd", "quobyte", "cephfs", "iscsi", "cinder", "fc", "flexVolume",
            "azureFile", "vsphereVolume", "photonPersistentDisk", "portworxVolume", "azureDisk", "scaleIO", "local",
            "storageos", "csi");

    private static final String SOURCE = "core.v1.PersistentVolumeSource";

    private StorageRules() {}

    static void volume(ObjectNode spec, String path, Findings findings) {
        if (spec.path("capacity").isEmpty()) {
            findings.required(TypeRule.at(path, "capacity"), "");
        }
        JsonNode capacity = spec.path("capacity");
        if (!capacity.has("storage") || capacity.size() > 1) {
            String where = TypeRule.at(path, "capacity");
            findings.add(FieldError.notSupported(where,
                    capacity.isObject() && capacity.isEmpty() ? capacity : findings.form(where, capacity),
                    List.of("storage")));
        }
        JsonNode storage = capacity.path("storage");
        if (storage.isValueNode() && ContainerRules.quantity(storage).signum() <= 0) {
            findings.invalid(TypeRule.at(path, "capacity[storage]"), storage, "must be greater than zero");
        }
        if (spec.path("local").isObject() && !spec.path("nodeAffinity").isObject()) {
            findings.required(TypeRule.at(path, "nodeAffinity"), "Local volume requires node affinity");
        }
        if (Findings.text(spec.path("hostPath"), "path").equals("/")
                && Findings.text(spec, "persistentVolumeReclaimPolicy").equals("Recycle")) {
            findings.forbidden(TypeRule.at(path, "persistentVolumeReclaimPolicy"),
                    "may not be 'recycle' for a hostPath mount of '/'");
        }
        VolumeRules.reference(spec, "storageClassName", path, findings);
        accessModes(spec, path, "", findings);
        int sources = 0;
        for (String type : SOURCES) {
            if (!spec.path(type).isObject() || type.equals("flexVolume") && ++sources > 0) {
                continue;
            }
            if (++sources > 1) {
                findings.forbidden(TypeRule.at(path, type.equals("cephfs") ? "cephFS" : type),
                        "may not specify more than 1 volume type");
            } else {
                VolumeRules.ofVolume(type, (ObjectNode) spec.path(type), TypeRule.at(path, type), findings);
            }
        }
        if (sources == 0) {
            findings.required(path, "must specify a volume type");
        }
        if (spec.path("volumeAttributesClassName").isTextual()) {
            if (Findings.text(spec, "volumeAttributesClassName").isEmpty()) {
                findings.required(TypeRule.at(path, "volumeAttributesClassName"), "an empty string is disallowed");
            }
            VolumeRules.reference(spec, "volumeAttributesClassName", path, findings);
            if (!spec.path("csi").isObject()) {
                findings.required(TypeRule.at(path, "csi"),
                        "has to be specified when using volumeAttributesClassName");
            }
        }
    }

    static void accessModes(ObjectNode spec, String path, String detail, Findings findings) {
        JsonNode modes = spec.path("accessModes");
        if (modes.isEmpty()) {
            findings.required(TypeRule.at(path, "accessModes"), detail);
        }
        alone(modes, path, findings);
        for (int at = 0; at < modes.size(); at++) {
            if (!ACCESS_MODES.contains(modes.get(at).asText())) {
                findings.add(FieldError.notSupported(TypeRule.at(path, "accessModes"),
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
        if (Findings.absent(old.path("volumeName"))) {
            PodUpdateRules.put(old, spec, "volumeName");
        }
        if (Findings.absent(old.path("storageClassName")) && old.path("storageClassName").isMissingNode()) {
            PodUpdateRules.put(spec, old, "storageClassName");
        }
        JsonNode oldSize = old.path("resources").path("requests").path("storage");
        JsonNode size = spec.path("resources").path("requests").path("storage");
        if (Findings.text(now.path("status"), "phase").equals("Bound")) {
            if (spec.path("resources").get("requests") instanceof ObjectNode requests && !oldSize.isMissingNode()) {
                requests.set("storage", oldSize);
            }
            PodUpdateRules.put(spec, old, "volumeAttributesClassName");
        }
        String difference = InternalForm.difference(findings.form("spec", old), findings.form("spec", spec));
        if (!difference.isEmpty()) {
            findings.forbidden("spec", "spec is immutable after creation except resources.requests and "
                    + "volumeAttributesClassName for bound claims\n" + difference);
        }
        JsonNode capacity = before.path("status").path("capacity").path("storage");
        if (ContainerRules.quantity(size).compareTo(ContainerRules.quantity(oldSize)) < 0
                && ContainerRules.quantity(size).compareTo(ContainerRules.quantity(capacity)) <= 0) {
            findings.forbidden("spec.resources.requests.storage", "field can not be less than status.capacity");
        }
        findings.immutable("volumeMode", spec.path("volumeMode"), old.path("volumeMode"));
        attributesClass(now, before, findings);
    }

    /** Whoever has got attributes cannot go back to none. */
    private static void attributesClass(ObjectNode now, ObjectNode before, Findings findings) {
        if (before.path("status").hasNonNull("currentVolumeAttributesClassName")) {
            JsonNode wanted = now.path("spec").path("volumeAttributesClassName");
            if (Findings.absent(wanted)) {
                findings.forbidden("spec.volumeAttributesClassName", "update to "
                        + (wanted.isTextual() ? "empty string" : "nil")
                        + " is forbidden when status.currentVolumeAttributesClassName is not nil");
            }
        }
    }

    static void updateVolume(ObjectNode now, ObjectNode before, Findings findings) {
        ObjectNode spec = MetadataRules.object(now, "spec").deepCopy();
        ObjectNode old = MetadataRules.object(before, "spec");
        if (spec.get("csi") instanceof ObjectNode driver && old.get("csi") instanceof ObjectNode oldDriver
                && !oldDriver.hasNonNull("controllerExpandSecretRef")) {
            driver.remove("controllerExpandSecretRef");
        }
        String difference = InternalForm.difference(findings.form(SOURCE, "spec", old),
                findings.form(SOURCE, "spec", spec));
        if (!difference.isEmpty()) {
            findings.forbidden("spec.persistentvolumesource",
                    "spec.persistentvolumesource is immutable after creation\n" + difference);
        }
        findings.immutable("volumeMode", spec.path("volumeMode"), old.path("volumeMode"));
        if (old.hasNonNull("volumeAttributesClassName") && !spec.hasNonNull("volumeAttributesClassName")) {
            findings.forbidden("spec.volumeAttributesClassName", "update from non-nil value to nil is forbidden");
        }
    }
}
