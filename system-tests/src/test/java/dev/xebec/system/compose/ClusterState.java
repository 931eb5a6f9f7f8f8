package dev.xebec.system.compose;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the cluster says of itself through its API: which instances of each service are well, and how work is spread. */
final class ClusterState implements AutoCloseable {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int ANSWER_MILLIS = 5_000;
    private static final int WHOLE = 100;
    private static final int ROUNDING = 5;
    private static final String NODE = "node-agent";

    private final KubernetesClient client;

    ClusterState(Path kubeconfig) throws IOException {
        Config config = Config.fromKubeconfig(Files.readString(kubeconfig));
        client = new KubernetesClientBuilder().withConfig(new ConfigBuilder(config).withRequestRetryBackoffLimit(0)
                .withConnectionTimeout(CONNECT_MILLIS).withRequestTimeout(ANSWER_MILLIS).build()).build();
    }

    /**
     * What is not as expected; empty when all is.
     *
     * @param expected instances by service, {@code node-agent} among them
     */
    String unlike(Map<String, Integer> expected) {
        try {
            List<String> troubles = new ArrayList<>();
            Map<String, Integer> healthy = new TreeMap<>();
            Map<String, List<Integer>> shares = new TreeMap<>();
            for (GenericKubernetesResource master : masters()) {
                if ("Healthy".equals(master.get("status", "health"))) {
                    String role = String.valueOf(master.<Object>get("spec", "role"));
                    healthy.merge(role, 1, Integer::sum);
                    shares.computeIfAbsent(role, each -> new ArrayList<>()).add(share(master));
                }
            }
            List<Node> nodes = client.nodes().list().getItems();
            healthy.put(NODE, (int) nodes.stream().filter(ClusterState::ready).count());
            expected.forEach((service, number) -> {
                if (!number.equals(healthy.get(service))) {
                    troubles.add(healthy.getOrDefault(service, 0) + " of " + number + " " + service + " are well");
                }
            });
            shares.remove("state-service");
            shares.forEach((role, parts) -> {
                int all = parts.stream().mapToInt(part -> part).sum();
                if (parts.contains(0) || Math.abs(all - WHOLE) > ROUNDING) {
                    troubles.add("the work of " + role + " is shared as " + parts);
                }
            });
            if (nodes.size() != expected.getOrDefault(NODE, 0)) {
                troubles.add(nodes.size() + " nodes are known");
            }
            return String.join("; ", troubles);
        } catch (KubernetesClientException unanswered) {
            return "no answer: " + unanswered.getMessage();
        }
    }

    /**
     * Deletes Nodes whose agent has left although pods that no controller owns were still on it, as a person would: nobody
     * else may decide that those are lost.
     */
    void forgetWhoLeft() {
        try {
            client.nodes().list().getItems().stream()
                    .filter(node -> Boolean.TRUE.equals(node.getSpec().getUnschedulable()) && !ready(node))
                    .forEach(node -> client.resource(node).delete());
        } catch (KubernetesClientException unanswered) {
            // Asked again at the next look.
            return;
        }
    }

    /** Each service's instances and their shares of its work, for people. */
    String spread() {
        Map<String, List<Integer>> shares = new TreeMap<>();
        masters().forEach(master -> shares
                .computeIfAbsent(String.valueOf(master.<Object>get("spec", "role")), role -> new ArrayList<>())
                .add(share(master)));
        return shares.toString();
    }

    private List<GenericKubernetesResource> masters() {
        return client.genericKubernetesResources("cluster.xebec.dev/v1alpha1", "Master").list().getItems();
    }

    private static int share(GenericKubernetesResource master) {
        return master.get("status", "sharePercent") instanceof Number number ? number.intValue() : 0;
    }

    private static boolean ready(Node node) {
        return node.getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Ready") && condition.getStatus().equals("True"));
    }

    @Override
    public void close() {
        client.close();
    }
}
