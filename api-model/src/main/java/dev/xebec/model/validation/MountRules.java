package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.status.FieldError;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules of where containers see volumes. Source: {@code pkg/apis/core/validation/validation.go} of Kubernetes. */
final class MountRules {
    private static final List<String> RECURSIVE = List.of("Disabled", "Enabled", "IfPossible");

    private final JsonNode container;
    private final String path;
    private final Map<String, JsonNode> volumes;
    private final Findings findings;
    private final JsonNode mounts;
    private final JsonNode devices;

    private MountRules(JsonNode container, String path, Map<String, JsonNode> volumes, Findings findings) {
        this.container = container;
        this.path = path;
        this.volumes = volumes;
        this.findings = findings;
        this.mounts = container.path("volumeMounts");
        this.devices = container.path("volumeDevices");
    }

    static void check(JsonNode container, String path, Map<String, JsonNode> volumes, Findings findings) {
        MountRules rules = new MountRules(container, path, volumes, findings);
        rules.mounts();
        rules.devices();
    }

    private void mounts() {
        Set<String> paths = new HashSet<>();
        for (int at = 0; at < mounts.size(); at++) {
            JsonNode mount = mounts.get(at);
            String where = path + ".volumeMounts[" + at + "]";
            String name = Findings.text(mount, "name");
            String mountPath = Findings.text(mount, "mountPath");
            if (!volumes.containsKey(name)) {
                findings.notFound(where + ".name", name);
            }
            if (!paths.add(mountPath)) {
                findings.invalid(where + ".mountPath", mountPath, "must be unique");
            }
            for (JsonNode device : devices) {
                if (Findings.text(device, "name").equals(name)) {
                    findings.invalid(where + ".name", name, "must not already exist in volumeDevices");
                }
                if (Findings.text(device, "devicePath").equals(mountPath)) {
                    findings.invalid(where + ".mountPath", mountPath,
                            "must not already exist as a path in volumeDevices");
                }
            }
            mount(mount, where);
        }
    }

    /** The places of what is wrong with paths below a mount lack its index, as with Kubernetes. */
    private void mount(JsonNode mount, String where) {
        String list = path + ".volumeMounts";
        String subPath = Findings.text(mount, "subPath");
        String expression = Findings.text(mount, "subPathExpr");
        if (!subPath.isEmpty()) {
            VolumeRules.descending(subPath, list + ".subPath", findings);
        }
        if (!expression.isEmpty()) {
            if (!subPath.isEmpty()) {
                findings.invalid(where + ".subPathExpr", expression, "subPathExpr and subPath are mutually exclusive");
            }
            VolumeRules.descending(expression, list + ".subPathExpr", findings);
        }
        String propagation = Findings.text(mount, "mountPropagation");
        if (propagation.equals("Bidirectional")
                && !container.path("securityContext").path("privileged").asBoolean()) {
            findings.forbidden(list + ".mountPropagation",
                    "Bidirectional mount propagation is available only to privileged containers");
        }
        String recursive = Findings.text(mount, "recursiveReadOnly");
        if (mount.path("recursiveReadOnly").isTextual() && !RECURSIVE.contains(recursive)) {
            findings.add(FieldError.notSupported(list + ".recursiveReadOnly", recursive, RECURSIVE));
        } else if (!recursive.isEmpty() && !recursive.equals("Disabled")) {
            if (!mount.path("readOnly").asBoolean()) {
                findings.forbidden(list + ".recursiveReadOnly", "may only be specified when readOnly is true");
            }
            if (!propagation.isEmpty() && !propagation.equals("None")) {
                findings.forbidden(list + ".recursiveReadOnly",
                        "may only be specified when mountPropagation is None or not specified");
            }
        }
    }

    private void devices() {
        Set<String> names = new HashSet<>();
        Set<String> paths = new HashSet<>();
        for (int at = 0; at < devices.size(); at++) {
            String where = path + ".volumeDevices[" + at + "]";
            String name = Findings.text(devices.get(at), "name");
            String devicePath = Findings.text(devices.get(at), "devicePath");
            JsonNode volume = volumes.get(name);
            if (!name.isEmpty() && !names.add(name)) {
                findings.invalid(where + ".name", name, "must be unique");
            }
            if (volume == null) {
                findings.notFound(where + ".name", name);
            } else if (!volume.has("persistentVolumeClaim") && !volume.has("ephemeral")) {
                findings.invalid(where + ".name", name, "can only use volume source type of PersistentVolumeClaim or "
                        + "Ephemeral for block mode");
            }
            if (!paths.add(devicePath)) {
                findings.invalid(where + ".devicePath", devicePath, "must be unique");
            }
            if (VolumeRules.hasBackSteps(devicePath)) {
                findings.invalid(where + ".devicePath", devicePath, "can not contain backsteps ('..')");
            }
        }
    }
}
