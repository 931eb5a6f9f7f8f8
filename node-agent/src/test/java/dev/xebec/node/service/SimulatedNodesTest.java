package dev.xebec.node.service;

import static dev.xebec.node.runtime.ContainerRuntimeContract.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.kit.service.ServiceContext;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedNodesTest {
    private static final String PODS = "/api/v1/namespaces/default/pods";

    private final MemoryCluster cluster = new MemoryCluster();

    private ObjectNode pod(String name, int node) {
        ObjectNode pod = Json.object().put("apiVersion", "v1").put("kind", "Pod");
        pod.putObject("metadata").put("name", name).put("namespace", "default");
        ObjectNode spec = pod.putObject("spec").put("nodeName", "sim-" + node);
        spec.putArray("containers").addObject().put("name", "main").put("image", "none");
        pod.putObject("status").put("phase", "Pending");
        return pod;
    }

    private List<ApiObject> pods() {
        return cluster.under(PODS + "/");
    }

    @Test
    void manyNodesRunManyPods() {
        ServiceContext context = new ServiceContext("sim", null, null, null, null, InstantSource.system(), null,
                (user, agent) -> cluster);
        SimulatedNodes nodes = new SimulatedNodes(context,
                SimulatedNodesConfig.of("sim", 20).intervals(Duration.ofSeconds(1), Duration.ofMinutes(5)));
        nodes.start();
        try {
            await(() -> nodes.condition().ready());
            assertThat(cluster.under("/api/v1/nodes/")).hasSize(20)
                    .allMatch(each -> each.status().path("conditions").toString().contains("KubeletReady"));
            for (int i = 0; i < 100; i++) {
                ObjectNode pod = pod("pod-" + i, i % 20);
                if (i == 99) {
                    ((ObjectNode) pod.path("spec")).put("restartPolicy", "Never");
                    ((ObjectNode) pod.path("metadata")).putObject("annotations")
                            .put("simulation.xebec.dev/exit-after", "50").put("simulation.xebec.dev/exit-code", "2");
                }
                cluster.create(PODS, pod);
            }
            await(() -> pods().stream().filter(each -> each.status().path("phase").asText().equals("Running"))
                    .count() == 99);
            await(() -> cluster.find(PODS + "/pod-99").status().path("phase").asText().equals("Failed"));
            assertThat(pods().stream().map(each -> each.status().path("podIP").asText()).distinct()).hasSize(100);
            for (int i = 0; i < 50; i++) {
                cluster.delete(PODS + "/pod-" + i, null);
            }
            await(() -> pods().size() == 50);
            String lease = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/sim-7";
            String renewed = cluster.find(lease).spec().path("renewTime").asText();
            await(() -> !cluster.find(lease).spec().path("renewTime").asText().equals(renewed));
        } finally {
            nodes.stop();
        }
    }
}
