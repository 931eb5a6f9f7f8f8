package dev.xebec.system.fault;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether every gateway shows all nodes ready and all masters healthy. */
final class Census {
    private static final int SERVICES = 4;

    private Census() {}

    /** Who is missing or ill; empty for nobody. */
    static String unwell(Map<String, KubernetesClient> gateways) {
        List<String> troubles = new ArrayList<>();
        gateways.forEach((name, gateway) -> {
            try {
                List<Node> nodes = gateway.nodes().list().getItems();
                long ready = nodes.stream().filter(Census::ready).count();
                List<GenericKubernetesResource> masters = gateway
                        .genericKubernetesResources("cluster.xebec.dev/v1alpha1", "Master").list().getItems();
                long healthy = masters.stream().filter(master -> "Healthy".equals(master.get("status", "health")))
                        .count();
                if (ready != FaultCluster.NODE_COUNT || healthy != (long) SERVICES * FaultCluster.MASTERS.size()) {
                    troubles.add(name + " shows " + ready + " ready of " + nodes.size() + " nodes and " + healthy
                            + " healthy of " + masters.size() + " masters");
                }
            } catch (KubernetesClientException unanswered) {
                troubles.add(name + " does not answer: " + unanswered.getMessage());
            }
        });
        return String.join("; ", troubles);
    }

    private static boolean ready(Node node) {
        return node.getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Ready") && condition.getStatus().equals("True"));
    }
}
