package dev.xebec.scheduler.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What scheduling needs to know of a pod, taken from its object once.
 *
 * @param node the node it is bound to; empty while it is pending
 * @param template the same for pods that any scheduling decision would treat alike
 * @param hostPorts as {@code protocol/ip/port}
 * @param nodeTerms required node affinity, one of which has to match; empty for none
 */
public record PodInfo(ObjectKey key, String uid, long revision, String node, String schedulerName, int priority,
        Instant created, Map<String, String> labels, String ownerUid, Amounts requests,
        Map<String, String> nodeSelector,
        List<NodeTerm> nodeTerms, boolean hasNodeTerms, List<PreferredNodes> preferredNodes,
        List<Toleration> tolerations, Set<String> hostPorts, List<SpreadConstraint> spread, List<PodTerm> affinity,
        List<PodTerm> antiAffinity, List<PodTerm> preferredAffinity, List<PodTerm> preferredAntiAffinity, boolean gated,
        boolean deleting, boolean finished, List<Object> template) {

    /** A preferred node affinity term. */
    record PreferredNodes(NodeTerm term, int weight) {}

    public static PodInfo of(ApiObject pod) {
        ObjectNode spec = pod.spec();
        JsonNode affinity = spec.path("affinity");
        JsonNode nodeAffinity = affinity.path("nodeAffinity");
        String namespace = pod.namespace();
        String phase = pod.status().path("phase").asText("");
        Map<String, String> labels = pod.labels();
        Amounts requests = requests(spec);
        String owner = pod.controllerOwner().map(reference -> reference.uid()).orElse("");
        JsonNode required = nodeAffinity.path("requiredDuringSchedulingIgnoredDuringExecution");
        return new PodInfo(pod.key(), pod.uid(), pod.revision(), spec.path("nodeName").asText(""),
                spec.path("schedulerName").asText("default-scheduler"), spec.path("priority").asInt(0),
                pod.creationTimestamp().orElse(Instant.EPOCH), labels, owner, requests,
                ApiObject.strings(spec.path("nodeSelector")), nodeTerms(required), required.isObject(),
                preferredNodes(nodeAffinity), Toleration.of(spec.path("tolerations")), hostPorts(spec),
                SpreadConstraint.of(spec.path("topologySpreadConstraints")),
                PodTerm.required(affinity.path("podAffinity"), namespace),
                PodTerm.required(affinity.path("podAntiAffinity"), namespace),
                PodTerm.preferred(affinity.path("podAffinity"), namespace),
                PodTerm.preferred(affinity.path("podAntiAffinity"), namespace), !spec.path("schedulingGates").isEmpty(),
                pod.deleting(), phase.equals("Succeeded") || phase.equals("Failed"),
                List.of(namespace, labels, owner, requests, spec.path("nodeSelector"), affinity,
                        spec.path("tolerations"), spec.path("topologySpreadConstraints"), hostPorts(spec)));
    }

    PodInfo on(String chosenNode) {
        return new PodInfo(key, uid, revision, chosenNode, schedulerName, priority, created, labels, ownerUid, requests,
                nodeSelector, nodeTerms, hasNodeTerms, preferredNodes, tolerations, hostPorts, spread, affinity,
                antiAffinity, preferredAffinity, preferredAntiAffinity, gated, deleting, finished, template);
    }

    public boolean bound() {
        return !node.isEmpty();
    }

    /** Whether some decision about it depends on where other pods are, beyond the node looked at. */
    boolean looksAround() {
        return !spread.isEmpty() || !affinity.isEmpty() || !antiAffinity.isEmpty() || !preferredAffinity.isEmpty()
                || !preferredAntiAffinity.isEmpty();
    }

    /**
     * What the pod needs at any one time: all containers and sidecars together, or an init container with the sidecars
     * before it, whichever is more; and the overhead. Source: component-helpers {@code resource.PodRequests}.
     */
    private static Amounts requests(ObjectNode spec) {
        Amounts running = Amounts.NONE;
        for (JsonNode container : spec.path("containers")) {
            running = running.plus(Amounts.of(container.path("resources").path("requests")));
        }
        Amounts sidecars = Amounts.NONE;
        Amounts starting = Amounts.NONE;
        for (JsonNode container : spec.path("initContainers")) {
            Amounts own = Amounts.of(container.path("resources").path("requests"));
            if (container.path("restartPolicy").asText("").equals("Always")) {
                sidecars = sidecars.plus(own);
                starting = starting.max(sidecars);
            } else {
                starting = starting.max(sidecars.plus(own));
            }
        }
        Amounts needed = running.plus(sidecars).max(starting).plus(Amounts.of(spec.path("overhead")));
        return new Amounts(needed.milliCpu(), needed.memory(), needed.ephemeralStorage(), 1, needed.extended());
    }

    private static List<NodeTerm> nodeTerms(JsonNode required) {
        List<NodeTerm> terms = new ArrayList<>();
        required.path("nodeSelectorTerms").forEach(term -> terms.add(NodeTerm.of(term)));
        return terms;
    }

    private static List<PreferredNodes> preferredNodes(JsonNode nodeAffinity) {
        List<PreferredNodes> preferred = new ArrayList<>();
        nodeAffinity.path("preferredDuringSchedulingIgnoredDuringExecution").forEach(term -> preferred.add(
                new PreferredNodes(NodeTerm.of(term.path("preference")), term.path("weight").asInt(1))));
        return preferred;
    }

    private static Set<String> hostPorts(ObjectNode spec) {
        Set<String> ports = new HashSet<>();
        spec.path("containers").forEach(container -> container.path("ports").forEach(port -> {
            if (port.path("hostPort").asInt(0) > 0) {
                ports.add(port.path("protocol").asText("TCP") + "/" + port.path("hostIP").asText("0.0.0.0") + "/"
                        + port.path("hostPort").asInt());
            }
        }));
        return ports;
    }
}
