package dev.xebec.model.advice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import org.jspecify.annotations.Nullable;

/** Volumes, claims, classes and drivers. Source: {@code pkg/api/persistentvolume}, {@code pkg/api/storage} of Kubernetes. */
final class StorageAdvice {
    private static final String CLASS = "volume.beta.kubernetes.io/storage-class";
    private static final String OPTIONS = "volume.beta.kubernetes.io/mount-options";
    private static final String OLD_CLASS = "deprecated since v1.8; use \"storageClassName\" attribute instead";

    private StorageAdvice() {}

    static void volume(ObjectNode now, @Nullable ObjectNode before, Told told) {
        JsonNode annotations = now.path("metadata").path("annotations");
        if (annotations.has(CLASS)) {
            told.say("metadata.annotations[" + CLASS + "]", OLD_CLASS);
        }
        if (annotations.has(OPTIONS)) {
            told.say("metadata.annotations[" + OPTIONS + "]",
                    "deprecated since v1.31; use \"mountOptions\" attribute instead");
        }
        JsonNode spec = now.path("spec");
        if (spec.path("persistentVolumeReclaimPolicy").asText("").equals("Recycle")) {
            told.say("spec.persistentVolumeReclaimPolicy", "The Recycle reclaim policy is deprecated. Instead, the "
                    + "recommended approach is to use dynamic provisioning.");
        }
        JsonNode terms = spec.path("nodeAffinity").path("required").path("nodeSelectorTerms");
        for (int at = 0; at < terms.size(); at++) {
            NodeLabels.term(terms.get(at), false, "spec.nodeAffinity.required.nodeSelectorTerms[" + at + "]", told);
        }
        VolumeAdvice.persistent(spec, "spec", told);
    }

    static void claim(ObjectNode now, @Nullable ObjectNode before, Told told) {
        if (now.path("metadata").path("annotations").has(CLASS)) {
            told.say("metadata.annotations[" + CLASS + "]", OLD_CLASS);
        }
        claim(now.path("spec"), "spec", told);
    }

    static void claim(JsonNode spec, String path, Told told) {
        told.fraction(spec.path("resources").path("requests"), "storage", path + ".resources.requests");
        told.fraction(spec.path("resources").path("limits"), "storage", path + ".resources.limits");
    }

    static void storageClass(ObjectNode now, @Nullable ObjectNode before, Told told) {
        JsonNode topologies = now.path("allowedTopologies");
        for (int at = 0; at < topologies.size(); at++) {
            JsonNode expressions = topologies.get(at).path("matchLabelExpressions");
            for (int index = 0; index < expressions.size(); index++) {
                NodeLabels.keyAlone(expressions.get(index).path("key").asText(""),
                        "allowedTopologies[" + at + "].matchLabelExpressions[" + index + "].key", told);
            }
        }
    }

    static void capacity(ObjectNode now, @Nullable ObjectNode before, Told told) {
        NodeLabels.labelSelector(now.path("nodeTopology"), "nodeTopology", told);
    }

    static void driver(ObjectNode now, @Nullable ObjectNode before, Told told) {
        JsonNode requests = now.path("spec").path("tokenRequests");
        boolean asked = before == null || !Json.same(requests, before.path("spec").path("tokenRequests"));
        if (asked && !requests.isEmpty() && !now.path("spec").has("serviceAccountTokenInSecrets")) {
            told.say("spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to "
                    + "prevent possible logging of tokens in volume attributes");
        }
    }
}
