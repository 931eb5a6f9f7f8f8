package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Rules of a pod's volumes and their mounts. */
final class VolumeRules {

    private VolumeRules() {}

    static void volume(ObjectNode volume, String path, Findings findings) {
        int sources = 0;
        for (Map.Entry<String, JsonNode> field : volume.properties()) {
            if (!field.getKey().equals("name") && field.getValue().isObject() && ++sources > 1) {
                findings.forbidden(TypeRule.at(path, field.getKey()), "may not specify more than 1 volume type");
            }
        }
        if (sources == 0) {
            findings.required(path, "must specify a volume type");
        }
        if (volume.path("configMap").isObject() && Findings.text(volume.path("configMap"), "name").isEmpty()) {
            findings.required(TypeRule.at(path, "configMap.name"), "");
        }
        if (volume.path("secret").isObject() && Findings.text(volume.path("secret"), "secretName").isEmpty()) {
            findings.required(TypeRule.at(path, "secret.secretName"), "");
        }
        if (volume.path("persistentVolumeClaim").isObject()
                && Findings.text(volume.path("persistentVolumeClaim"), "claimName").isEmpty()) {
            findings.required(TypeRule.at(path, "persistentVolumeClaim.claimName"), "");
        }
        for (String source : java.util.List.of("configMap", "secret", "downwardAPI", "projected")) {
            findings.range(TypeRule.at(path, source) + ".defaultMode", volume.path(source).path("defaultMode"), 0,
                    0777);
            items(volume.path(source).path("items"), TypeRule.at(path, source) + ".items", findings);
        }
        if (Findings.text(volume.path("hostPath"), "path").contains("..")) {
            noBackSteps(Findings.text(volume.path("hostPath"), "path"), TypeRule.at(path, "hostPath.path"), findings);
        }
    }

    private static void items(JsonNode items, String path, Findings findings) {
        for (int at = 0; at < items.size(); at++) {
            String target = Findings.text(items.get(at), "path");
            if (target.startsWith("/")) {
                findings.invalid(path + "[" + at + "].path", target, "must be a relative path");
            }
            noBackSteps(target, path + "[" + at + "].path", findings);
        }
    }

    static void mount(ObjectNode mount, String path, Findings findings) {
        String subPath = Findings.text(mount, "subPath");
        String expression = Findings.text(mount, "subPathExpr");
        if (!subPath.isEmpty() && !expression.isEmpty()) {
            findings.invalid(TypeRule.at(path, "subPathExpr"), expression,
                    "subPathExpr and subPath are mutually exclusive");
        }
        for (String field : java.util.List.of("subPath", "subPathExpr")) {
            String value = Findings.text(mount, field);
            if (value.startsWith("/")) {
                findings.invalid(TypeRule.at(path, field), value, "must be a relative path");
            }
            noBackSteps(value, TypeRule.at(path, field), findings);
        }
    }

    static void noBackSteps(String value, String path, Findings findings) {
        for (String step : value.split("/", -1)) {
            if (step.equals("..")) {
                findings.invalid(path, value, "must not contain '..'");
                return;
            }
        }
    }
}
