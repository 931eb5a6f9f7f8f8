package dev.xebec.model.advice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.quantity.Quantity;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Nodes, quotas, accounts and what steers the cluster itself. Source: the registry strategies of Kubernetes. */
final class ClusterAdvice {
    private static final String MOUNTABLE = "kubernetes.io/enforce-mountable-secrets";
    private static final String STATIC = ".static.k8s.io";

    private ClusterAdvice() {}

    static void node(ObjectNode now, @Nullable ObjectNode before, Told told) {
        JsonNode spec = now.path("spec");
        if (!spec.path("externalID").asText("").isEmpty()) {
            told.say("spec.externalID: this field is deprecated, and is unused by Kubernetes");
        }
        AddressAdvice.cidrs(spec.path("podCIDRs"), "spec.podCIDRs", told);
    }

    static void runtimeClass(ObjectNode now, @Nullable ObjectNode before, Told told) {
        now.path("scheduling").path("nodeSelector").properties()
                .forEach(label -> NodeLabels.keyAlone(label.getKey(), "scheduling.nodeSelector", told));
    }

    static void quota(ObjectNode now, @Nullable ObjectNode before, Told told) {
        if (before != null) {
            return;
        }
        JsonNode hard = now.path("spec").path("hard");
        for (String resource : List.of("cpu", "memory", "storage", "ephemeral-storage")) {
            String request = "requests." + resource;
            if (!hard.has(request) && !resource.endsWith("storage")) {
                request = resource;
            }
            String limit = "limits." + resource;
            if (hard.has(request) && hard.has(limit)) {
                Quantity least = Quantity.of(hard.get(request));
                Quantity most = Quantity.of(hard.get(limit));
                if (least.compareTo(most) > 0) {
                    told.say("ResourceQuota " + request + " (" + least + ") should be less than " + limit + " (" + most
                            + ")");
                }
            }
        }
    }

    static void serviceAccount(ObjectNode now, @Nullable ObjectNode before, Told told) {
        boolean had = before != null && before.path("metadata").path("annotations").has(MOUNTABLE);
        if (!had && now.path("metadata").path("annotations").has(MOUNTABLE)) {
            told.say("metadata.annotations[" + MOUNTABLE + "]", "deprecated in v1.32+; prefer separate namespaces to "
                    + "isolate access to mounted secrets");
        }
    }

    static void admission(ObjectNode now, @Nullable ObjectNode before, Told told) {
        if (before != null && now.path("metadata").path("name").asText("").endsWith(STATIC)) {
            told.say("metadata.name", "names ending with \"" + STATIC
                    + "\" are reserved for static manifest-based configurations and cannot be managed via the API");
        }
    }

    static void resourceSlice(ObjectNode now, @Nullable ObjectNode before, Told told) {
        String driver = now.path("spec").path("driver").asText("");
        if (!driver.equals(driver.toLowerCase(Locale.ROOT))) {
            told.say("spec.driver",
                    "driver names should be lowercase; \"" + driver + "\" contains uppercase characters");
        }
    }
}
