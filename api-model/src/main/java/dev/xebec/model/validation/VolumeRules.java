package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import dev.xebec.model.status.FieldError;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules of a pod's volumes. Source: {@code pkg/apis/core/validation/validation.go} of Kubernetes. */
final class VolumeRules {
    private static final int MAX_MODE = 0777;
    private static final String MODE = "must be a number between 0 and 0777 (octal), both inclusive";
    private static final int MIN_TOKEN_SECONDS = 600;
    private static final long MAX_TOKEN_SECONDS = 1L << 32;

    private VolumeRules() {}

    static void volume(ObjectNode volume, String path, Findings findings) {
        int sources = 0;
        for (Map.Entry<String, JsonNode> field : volume.properties()) {
            if (!field.getKey().equals("name") && field.getValue() instanceof ObjectNode source) {
                if (++sources > 1) {
                    findings.forbidden(TypeRule.at(path, field.getKey()), "may not specify more than 1 volume type");
                } else {
                    source(field.getKey(), source, TypeRule.at(path, field.getKey()), findings);
                }
            }
        }
        if (sources == 0) {
            findings.required(path, "must specify a volume type");
        }
    }

    /** What a source needs that its type does not say; those of volumes and of pods alike. */
    static void source(String type, ObjectNode source, String path, Findings findings) {
        switch (type) {
            case "configMap" -> {
                name(source, "name", path, findings);
                files(source, path, findings);
            }
            case "secret" -> {
                name(source, "secretName", path, findings);
                files(source, path, findings);
            }
            case "persistentVolumeClaim" -> name(source, "claimName", path, findings);
            case "downwardAPI" -> {
                mode(source, "defaultMode", path, findings);
                downward(source.path("items"), path, findings);
            }
            case "projected" -> projected(source, path, findings);
            case "emptyDir" -> {
                JsonNode limit = source.path("sizeLimit");
                if (limit.isTextual() && ContainerRules.quantity(limit).signum() < 0) {
                    findings.forbidden(path + ".sizeLimit", "SizeLimit field must be a valid resource quantity");
                }
            }
            case "hostPath" -> noBackSteps(Findings.text(source, "path"), path + ".path", findings);
            case "iscsi" -> OldVolumeRules.iscsi(source, path, findings);
            case "azureDisk" -> OldVolumeRules.azureDisk(source, path, findings);
            case "scaleIO" -> name(source, "volumeName", path, findings);
            case "quobyte" -> OldVolumeRules.quobyte(source, path, findings);
            case "storageos" -> OldVolumeRules.storageOs(source, path, findings);
            case "fc" -> OldVolumeRules.fibreChannel(source, path, findings);
            case "flocker" -> OldVolumeRules.flocker(source, path, findings);
            case "cinder" -> OldVolumeRules.secret(source, path, findings);
            case "nfs" -> absolute(source, "path", path, findings);
            case "glusterfs" -> name(source, "endpoints", path, findings);
            case "csi" -> {
                if (!Findings.text(source, "driver").isEmpty()) {
                    StorageClassRules.driver(Findings.text(source, "driver"), path + ".driver", findings);
                }
            }
            case "ephemeral" -> {
                if (!source.path("volumeClaimTemplate").isObject()) {
                    findings.required(path + ".volumeClaimTemplate", "");
                }
            }
            case "image" -> name(source, "reference", path, findings);
            case "gitRepo" -> descending(Findings.text(source, "directory"), path + ".directory", findings);
            default -> {
                // The others' required fields are all there is to know.
            }
        }
    }

    /** A volume that exists apart from pods: some of its sources say more than those of pods. */
    static void ofVolume(String type, ObjectNode source, String path, Findings findings) {
        switch (type) {
            case "hostPath", "nfs", "flocker", "quobyte", "iscsi", "cinder", "fc", "storageos", "azureDisk" ->
                source(type, source, path, findings);
            default -> {
                // Their required fields are all there is to know.
            }
        }
    }

    private static void name(ObjectNode source, String field, String path, Findings findings) {
        if (Findings.text(source, field).isEmpty()) {
            findings.required(path + "." + field, "");
        }
    }

    private static void absolute(ObjectNode source, String field, String path, Findings findings) {
        String value = Findings.text(source, field);
        if (!value.isEmpty() && !value.startsWith("/")) {
            findings.invalid(path + "." + field, value, "must be an absolute path");
        }
    }

    private static void mode(JsonNode holder, String field, String path, Findings findings) {
        JsonNode mode = holder.path(field);
        if (mode.isNumber() && (mode.asLong() < 0 || mode.asLong() > MAX_MODE)) {
            findings.invalid(path + "." + field, mode, MODE);
        }
    }

    private static void files(JsonNode source, String path, Findings findings) {
        mode(source, "defaultMode", path, findings);
        JsonNode items = source.path("items");
        for (int at = 0; at < items.size(); at++) {
            String where = path + ".items[" + at + "]";
            mode(items.get(at), "mode", where, findings);
            local(Findings.text(items.get(at), "path"), where + ".path", findings);
        }
    }

    /** A path below a volume whose names that begin with two dots are the node agent's. */
    static void local(String target, String path, Findings findings) {
        descending(target, path, findings);
        if (target.startsWith("..") && !hasBackSteps(target)) {
            findings.invalid(path, target, "must not start with '..'");
        }
    }

    private static void downward(JsonNode items, String path, Findings findings) {
        for (int at = 0; at < items.size(); at++) {
            JsonNode item = items.get(at);
            String where = path;
            if (Findings.text(item, "path").isEmpty()) {
                findings.required(where + ".path", "");
            }
            local(Findings.text(item, "path"), where + ".path", findings);
            boolean field = item.path("fieldRef").isObject();
            boolean resource = item.path("resourceFieldRef").isObject();
            if (field) {
                EnvRules.field(item.path("fieldRef"), where + ".fieldRef", EnvRules.FILE_FIELDS, true, findings);
                if (resource) {
                    findings.invalid(where, "resource", "fieldRef and resourceFieldRef can not be specified "
                            + "simultaneously");
                }
            } else if (resource) {
                EnvRules.resource(item.path("resourceFieldRef"), where + ".resourceFieldRef", true, findings);
            } else {
                findings.required(path, "one of fieldRef and resourceFieldRef is required");
            }
            mode(item, "mode", where, findings);
        }
    }

    private static void projected(ObjectNode projected, String path, Findings findings) {
        mode(projected, "defaultMode", path, findings);
        JsonNode sources = projected.path("sources");
        Set<String> paths = new HashSet<>();
        for (int at = 0; at < sources.size(); at++) {
            String where = path + ".sources[" + at + "]";
            int count = 0;
            for (Map.Entry<String, JsonNode> field : sources.get(at).properties()) {
                if (++count > 1) {
                    findings.forbidden(where + "." + field.getKey(), "may not specify more than 1 volume type per "
                            + "source");
                } else if (field.getValue() instanceof ObjectNode source) {
                    projection(field.getKey(), source, where + "." + field.getKey(), paths, findings);
                }
            }
        }
    }

    private static void projection(String type, ObjectNode source, String path, Set<String> paths, Findings findings) {
        switch (type) {
            case "configMap", "secret" -> {
                name(source, "name", path, findings);
                files(source, path, findings);
                source.path("items").forEach(item -> unique(Findings.text(item, "path"), path + ".path",
                        Findings.text(source, "name"), paths, findings));
            }
            case "downwardAPI" -> {
                downward(source.path("items"), path, findings);
                source.path("items").forEach(
                        item -> unique(Findings.text(item, "path"), path + ".path", "downwardAPI", paths, findings));
            }
            case "serviceAccountToken" -> {
                JsonNode seconds = source.path("expirationSeconds");
                if (seconds.isNumber() && seconds.asLong() < MIN_TOKEN_SECONDS) {
                    findings.invalid(path + ".expirationSeconds", seconds,
                            "may not specify a duration less than 10 minutes");
                }
                if (seconds.isNumber() && seconds.asLong() > MAX_TOKEN_SECONDS) {
                    findings.invalid(path + ".expirationSeconds", seconds,
                            "may not specify a duration larger than 2^32 seconds");
                }
                String volume = path.substring(0, path.indexOf(".sources["));
                if (Findings.text(source, "path").isEmpty()) {
                    findings.required(volume + ".path", "");
                }
                local(Findings.text(source, "path"), volume + ".path", findings);
            }
            case "clusterTrustBundle" -> {
                boolean named = source.hasNonNull("name");
                boolean signer = source.hasNonNull("signerName");
                if (named && signer) {
                    findings.invalid(path, source, "only one of name and signerName may be used");
                } else if (!named && !signer) {
                    findings.required(path, "either name or signerName must be specified");
                }
                local(Findings.text(source, "path"), path + ".path", findings);
            }
            case "podCertificate" -> CertificateProjection.check(source, path, paths, findings);
            default -> {
                // Newer projections are held to their fields alone.
            }
        }
    }

    private static void unique(String target, String path, String owner, Set<String> paths, Findings findings) {
        if (!target.isEmpty() && !paths.add(target)) {
            findings.add(FieldError.invalid(path, owner, "conflicting duplicate paths"));
        }
    }

    /** A relative path that goes down only. */
    static void descending(String target, String path, Findings findings) {
        if (target.startsWith("/")) {
            findings.invalid(path, target, "must be a relative path");
        }
        noBackSteps(target, path, findings);
    }

    static boolean hasBackSteps(String value) {
        return List.of(value.split("/", -1)).contains("..");
    }

    static void noBackSteps(String value, String path, Findings findings) {
        if (hasBackSteps(value)) {
            findings.invalid(path, value, "must not contain '..'");
        }
    }

    /** Names of objects that a field mentions. */
    static void reference(JsonNode holder, String field, String path, Findings findings) {
        String name = Findings.text(holder, field);
        if (!name.isEmpty()) {
            findings.invalid(TypeRule.at(path, field), name, Names.subdomain(name));
        }
    }
}
