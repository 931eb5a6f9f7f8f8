package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import dev.xebec.model.status.FieldError;
import java.util.List;
import java.util.regex.Pattern;

/** Rules of the volumes whose drivers were once part of Kubernetes. Source: as {@link VolumeRules}. */
final class OldVolumeRules {
    private static final Pattern IQN = Pattern.compile(
            "iqn\\.\\d{4}-\\d{2}\\.([a-z0-9\\-.]+\\.)+[a-z0-9\\-.]+(:[^,;*&$|\\s]+)?");
    private static final Pattern EUI = Pattern.compile("eui.[a-zA-Z0-9]{16}");
    private static final Pattern NAA = Pattern.compile("naa.[a-zA-Z0-9]{32}");
    private static final int MAX_UNIT = 255;
    private static final String MANAGED = "/subscriptions/";
    private static final String BLOB = "https://";

    private OldVolumeRules() {}

    static void iscsi(ObjectNode source, String path, Findings findings) {
        String target = Findings.text(source, "iqn");
        if (!target.isEmpty()) {
            qualified(target, path + ".iqn", findings);
        }
        findings.range(path + ".lun", source.path("lun"), 0, MAX_UNIT);
        boolean secret = source.path("chapAuthDiscovery").asBoolean() || source.path("chapAuthSession").asBoolean();
        if (secret && !source.path("secretRef").isObject()) {
            findings.required(path + ".secretRef", "");
        }
        JsonNode initiator = source.path("initiatorName");
        if (initiator.isTextual()) {
            qualified(initiator.asText(), path + ".initiatorname", findings);
        }
    }

    private static void qualified(String name, String path, Findings findings) {
        Pattern form = name.startsWith("iqn") ? IQN : name.startsWith("eui") ? EUI : NAA;
        if (!name.startsWith("iqn") && !name.startsWith("eui") && !name.startsWith("naa")) {
            findings.invalid(path, name, "must be valid format starting with iqn, eui, or naa");
        } else if (!form.matcher(name).matches()) {
            findings.invalid(path, name, "must be valid format");
        }
    }

    static void azureDisk(ObjectNode source, String path, Findings findings) {
        String place = Findings.text(source, "diskURI");
        String kind = Findings.text(source, "kind");
        if (kind.equals("Managed") && !place.startsWith(MANAGED)) {
            findings.add(FieldError.notSupported(path + ".diskURI", place, List.of(MANAGED
                    + "{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}")));
        } else if (!kind.isEmpty() && !kind.equals("Managed") && !place.startsWith(BLOB)) {
            findings.add(FieldError.notSupported(path + ".diskURI", place, List.of(BLOB
                    + "{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd")));
        }
    }

    static void quobyte(ObjectNode source, String path, Findings findings) {
        String registry = Findings.text(source, "registry");
        String form = "must be a host:port pair or multiple pairs separated by commas";
        if (!registry.isEmpty() && Findings.text(source, "tenant").length() > 64) {
            findings.required(path + ".tenant", "must be a UUID and may not exceed a length of 64 characters");
        } else if (!registry.isEmpty()) {
            for (String pair : registry.split(",", -1)) {
                if (pair.indexOf(':') < 0 || pair.indexOf(':') != pair.lastIndexOf(':') && !pair.contains("]:")) {
                    findings.invalid(path + ".registry", registry, form);
                }
            }
        }
    }

    static void storageOs(ObjectNode source, String path, Findings findings) {
        String name = Findings.text(source, "volumeName");
        String namespace = Findings.text(source, "volumeNamespace");
        if (name.isEmpty()) {
            findings.required(path + ".volumeName", "");
        } else {
            findings.invalid(path + ".volumeName", name, Names.label(name));
        }
        if (!namespace.isEmpty()) {
            findings.invalid(path + ".volumeNamespace", namespace, Names.label(namespace));
        }
        secret(source, path, findings);
    }

    static void secret(ObjectNode source, String path, Findings findings) {
        if (source.path("secretRef").isObject() && Findings.text(source.path("secretRef"), "name").isEmpty()) {
            findings.required(path + ".secretRef.name", "");
        }
    }

    static void fibreChannel(ObjectNode source, String path, Findings findings) {
        JsonNode targets = source.path("targetWWNs");
        if (targets.isEmpty() && source.path("wwids").isEmpty()) {
            findings.required(path + ".targetWWNs", "must specify either targetWWNs or wwids, but not both");
        } else if (!targets.isEmpty() && !source.path("wwids").isEmpty()) {
            findings.invalid(path + ".targetWWNs", targets,
                    "targetWWNs and wwids can not be specified simultaneously");
        }
        if (!targets.isEmpty() && !source.path("lun").isNumber()) {
            findings.required(path + ".lun", "lun is required if targetWWNs is specified");
        } else if (!targets.isEmpty()) {
            findings.range(path + ".lun", source.path("lun"), 0, MAX_UNIT);
        }
    }

    static void flocker(ObjectNode source, String path, Findings findings) {
        String name = Findings.text(source, "datasetName");
        String id = Findings.text(source, "datasetUUID");
        if (name.isEmpty() && id.isEmpty()) {
            findings.required(path, "one of datasetName and datasetUUID is required");
        } else if (!name.isEmpty() && !id.isEmpty()) {
            findings.invalid(path, "resource", "datasetName and datasetUUID can not be specified simultaneously");
        }
        if (name.contains("/")) {
            findings.invalid(path + ".datasetName", name, "must not contain '/'");
        }
    }
}
