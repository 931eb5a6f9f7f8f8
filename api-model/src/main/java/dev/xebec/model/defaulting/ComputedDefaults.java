package dev.xebec.model.defaulting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The defaults that depend on other fields in a way that a line of rules cannot say. */
final class ComputedDefaults {
    /** A repository's name with or without a registry's; what is none is nothing that could be new each time. */
    private static final Pattern REPOSITORY = Pattern.compile("([A-Za-z0-9.-]*[.:A-Z][A-Za-z0-9.:-]*/|localhost/)?"
            + "[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*(/[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*)*");

    private ComputedDefaults() {}

    static Rule named(String name) {
        return switch (name) {
            case "imagePullPolicy" -> ComputedDefaults::imagePullPolicy;
            case "imageVolume" -> ComputedDefaults::imageVolume;
            case "hostNetworkPorts" -> ComputedDefaults::hostNetworkPorts;
            case "requestsFromLimits" -> ComputedDefaults::requestsFromLimits;
            case "serviceAccountAlias" -> ComputedDefaults::serviceAccountAlias;
            case "emptyDirVolume" -> ComputedDefaults::emptyDirVolume;
            case "targetPort" -> ComputedDefaults::targetPort;
            case "namespaceLabel" -> ComputedDefaults::namespaceLabel;
            case "limitRange" -> ComputedDefaults::limitRange;
            case "labelsFromTemplate" -> ComputedDefaults::labelsFromTemplate;
            case "selectorFromTemplate" -> ComputedDefaults::selectorFromTemplate;
            case "definitionNames" -> ComputedDefaults::definitionNames;
            case "affinityConfig" -> ComputedDefaults::affinityConfig;
            case "allocatable" -> ComputedDefaults::allocatable;
            case "cpuTarget" -> ComputedDefaults::cpuTarget;
            case "plainData" -> PlainData::encode;
            case "templateCount" -> ComputedDefaults::templateCount;
            case "taintTimes" -> TaintTimes::set;
            case "policyTypes" -> ComputedDefaults::policyTypes;
            case "claimTypes" -> ComputedDefaults::claimTypes;
            default -> throw new IllegalArgumentException("no computed default is called " + name);
        };
    }

    /** A kind is called by its name in small letters, and its list by its name and List. */
    private static void definitionNames(ObjectNode names) {
        String kind = names.path("kind").asText("");
        if (unset(names.path("singular")) && !kind.isEmpty()) {
            names.put("singular", kind.toLowerCase(Locale.ROOT));
        }
        if (unset(names.path("listKind")) && !kind.isEmpty()) {
            names.put("listKind", kind + "List");
        }
    }

    /** What nobody counts yet; whoever sends the object owns it. Source: {@code pkg/apis/apps/v1/conversion.go}. */
    private static void templateCount(ObjectNode set) {
        if (set.get("metadata") instanceof ObjectNode metadata) {
            ObjectNode annotations = metadata.get("annotations") instanceof ObjectNode given
                    ? given
                    : metadata.putObject("annotations");
            if (!annotations.has("deprecated.daemonset.template.generation")) {
                annotations.put("deprecated.daemonset.template.generation", "0");
            }
        }
    }

    private static boolean unset(JsonNode value) {
        return value.isMissingNode() || value.isNull() || (value.isTextual() && value.asText().isEmpty());
    }

    /** An image without a tag, or with the tag latest, is pulled each time; a digest pins it. */
    private static void imagePullPolicy(ObjectNode container) {
        if (unset(container.path("imagePullPolicy"))) {
            container.put("imagePullPolicy", isLatest(container.path("image").asText("")) ? "Always" : "IfNotPresent");
        }
    }

    private static boolean isLatest(String image) {
        if (image.isEmpty() || image.contains("@")) {
            return false;
        }
        int colon = image.indexOf(':', image.lastIndexOf('/') + 1);
        return (colon < 0 || image.substring(colon + 1).equals("latest"))
                && REPOSITORY.matcher(colon < 0 ? image : image.substring(0, colon)).matches();
    }

    /** A volume's image is pulled as a container's is. */
    private static void imageVolume(ObjectNode volume) {
        if (unset(volume.path("pullPolicy"))) {
            volume.put("pullPolicy", isLatest(volume.path("reference").asText("")) ? "Always" : "IfNotPresent");
        }
    }

    /** A claim template always says what it is. Source: {@code pkg/apis/apps/v1/conversion.go} of Kubernetes. */
    private static void claimTypes(ObjectNode spec) {
        for (JsonNode claim : spec.path("volumeClaimTemplates")) {
            if (claim instanceof ObjectNode object) {
                object.put("kind", "PersistentVolumeClaim").put("apiVersion", "v1");
            }
        }
    }

    private static void hostNetworkPorts(ObjectNode pod) {
        JsonNode spec = pod.path("spec");
        if (!spec.path("hostNetwork").asBoolean()) {
            return;
        }
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : spec.path(list)) {
                for (JsonNode port : container.path("ports")) {
                    if (port.path("hostPort").asInt() == 0 && port instanceof ObjectNode object
                            && port.path("containerPort").asInt() != 0) {
                        object.set("hostPort", port.get("containerPort"));
                    }
                }
            }
        }
    }

    /** A pod that limits a resource without asking for an amount asks for the limit. */
    private static void requestsFromLimits(ObjectNode pod) {
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : pod.path("spec").path(list)) {
                if (container.path("resources") instanceof ObjectNode resources
                        && resources.path("limits") instanceof ObjectNode limits && !limits.isEmpty()) {
                    ObjectNode requests = resources.get("requests") instanceof ObjectNode given
                            ? given
                            : resources.putObject("requests");
                    copyAbsent(limits, requests);
                }
            }
        }
    }

    /** The field's old name says the same. */
    private static void serviceAccountAlias(ObjectNode spec) {
        JsonNode name = spec.path("serviceAccountName");
        JsonNode alias = spec.path("serviceAccount");
        if (unset(name) && !unset(alias)) {
            spec.set("serviceAccountName", alias);
        } else if (!unset(name)) {
            spec.set("serviceAccount", name);
        }
    }

    private static void emptyDirVolume(ObjectNode volume) {
        for (Map.Entry<String, JsonNode> field : volume.properties()) {
            if (!field.getKey().equals("name") && field.getValue().isObject()) {
                return;
            }
        }
        volume.putObject("emptyDir");
    }

    private static void targetPort(ObjectNode port) {
        JsonNode target = port.path("targetPort");
        boolean none = unset(target) || (target.isNumber() && target.asInt() == 0);
        if (none) {
            port.put("targetPort", port.path("port").asInt());
        }
    }

    private static void namespaceLabel(ObjectNode namespace) {
        String name = namespace.path("metadata").path("name").asText("");
        if (name.isEmpty() || !(namespace.path("metadata") instanceof ObjectNode metadata)) {
            return;
        }
        ObjectNode labels = metadata.get("labels") instanceof ObjectNode given ? given : metadata.putObject("labels");
        labels.put("kubernetes.io/metadata.name", name);
    }

    private static void limitRange(ObjectNode item) {
        if (!item.path("type").asText("").equals("Container")) {
            return;
        }
        fill(item, "default", "max");
        fill(item, "defaultRequest", "default");
        fill(item, "defaultRequest", "min");
    }

    private static void fill(ObjectNode item, String target, String source) {
        if (item.path(source) instanceof ObjectNode from && !from.isEmpty()) {
            copyAbsent(from, item.get(target) instanceof ObjectNode given ? given : item.putObject(target));
        }
    }

    private static void copyAbsent(ObjectNode from, ObjectNode to) {
        from.properties().forEach(entry -> {
            if (!to.has(entry.getKey())) {
                to.set(entry.getKey(), entry.getValue());
            }
        });
    }

    /** An object without labels takes its template's. */
    private static void labelsFromTemplate(ObjectNode object) {
        JsonNode labels = object.path("spec").path("template").path("metadata").path("labels");
        if (labels.isObject() && !labels.isEmpty()) {
            ObjectNode metadata = object.get("metadata") instanceof ObjectNode given
                    ? given
                    : object.putObject("metadata");
            if (metadata.path("labels").isEmpty()) {
                metadata.set("labels", labels.deepCopy());
            }
        }
    }

    /** A ReplicationController without a selector selects its template's labels. */
    private static void selectorFromTemplate(ObjectNode spec) {
        JsonNode labels = spec.path("template").path("metadata").path("labels");
        if (labels.isObject() && !labels.isEmpty() && spec.path("selector").isEmpty()) {
            spec.set("selector", labels.deepCopy());
        }
    }

    private static void policyTypes(ObjectNode spec) {
        if (spec.path("policyTypes").isEmpty()) {
            ArrayNode types = spec.putArray("policyTypes").add("Ingress");
            if (!spec.path("egress").isEmpty()) {
                types.add("Egress");
            }
        }
    }

    /** The old version's target, unless it carries others where it cannot say them. */
    private static void cpuTarget(ObjectNode scaler) {
        boolean others = scaler.path("metadata").path("annotations").has("autoscaling.alpha.kubernetes.io/metrics");
        if (!others && scaler.get("spec") instanceof ObjectNode spec
                && unset(spec.path("targetCPUUtilizationPercentage"))) {
            spec.put("targetCPUUtilizationPercentage", 80);
        }
    }

    /** Settings of an affinity that a service does not have are dropped. */
    private static void affinityConfig(ObjectNode service) {
        if (service.get("spec") instanceof ObjectNode spec
                && spec.path("sessionAffinity").asText("").equals("None")) {
            spec.remove("sessionAffinityConfig");
        }
    }

    /** Without another word, pods may have all that a node has. */
    private static void allocatable(ObjectNode status) {
        if (status.path("allocatable").isMissingNode() && status.path("capacity").isObject()) {
            status.set("allocatable", status.path("capacity").deepCopy());
        }
    }
}
