package dev.xebec.node.worker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.node.pod.ContainerDefinition;
import dev.xebec.node.pod.Health;
import dev.xebec.node.pod.PodDefinition;
import dev.xebec.node.probe.ContainerProbes;
import dev.xebec.node.runtime.ContainerId;
import dev.xebec.node.runtime.ContainerState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The probes of a pod's running containers. One thread at a time. */
final class PodProbes implements AutoCloseable {
    private final WorkerContext node;
    private final Runnable changed;
    private final PodEvents events;
    private final Map<ContainerId, ContainerProbes> running = new HashMap<>();

    PodProbes(WorkerContext node, Runnable changed, PodEvents events) {
        this.node = node;
        this.changed = changed;
        this.events = events;
    }

    /** Begins to probe what has started and ends probing what is over. */
    void follow(PodDefinition pod, List<ContainerState> containers, String podIp) {
        var alive = containers.stream().filter(ContainerState::running).map(ContainerState::id)
                .collect(Collectors.toSet());
        running.entrySet().removeIf(each -> {
            if (!alive.contains(each.getKey())) {
                each.getValue().close();
                return true;
            }
            return false;
        });
        for (ContainerId id : alive) {
            if (!running.containsKey(id)) {
                pod.container(id.container()).ifPresent(container -> running.put(id, new ContainerProbes(id,
                        container.tree(), podIp, known(pod, container, id), node.prober(), changed,
                        failure -> events.emit("Warning", "Unhealthy", failure))));
            }
        }
    }

    /** A container that was taken over stays as ready as it was, until its probes say otherwise. */
    private Health known(PodDefinition pod, ContainerDefinition container, ContainerId id) {
        String list = container.role() == ContainerDefinition.Role.MAIN ? "containerStatuses" : "initContainerStatuses";
        for (JsonNode status : pod.object().status().path(list)) {
            if (status.path("containerID").asText("").equals(node.runtime().features().name() + "://" + id)) {
                return new Health(status.path("started").asBoolean(false) ? Boolean.TRUE : null, null,
                        status.path("ready").asBoolean(false) ? Boolean.TRUE : null);
            }
        }
        return Health.UNKNOWN;
    }

    Map<ContainerId, Health> health() {
        Map<ContainerId, Health> health = new HashMap<>();
        running.forEach((id, probes) -> health.put(id, probes.health()));
        return health;
    }

    @Override
    public void close() {
        running.values().forEach(ContainerProbes::close);
        running.clear();
    }
}
