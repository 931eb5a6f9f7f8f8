package dev.xebec.node.probe;

import static dev.xebec.node.runtime.ContainerRuntimeContract.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.node.pod.Health;
import dev.xebec.node.runtime.ContainerId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ContainerProbesTest {
    @Test
    void aFaultInOneCheckDoesNotEndTheProbe() {
        AtomicInteger checks = new AtomicInteger();
        Prober prober = (id, check, timeout) -> {
            if (checks.getAndIncrement() == 0) {
                throw new IllegalStateException("a fault");
            }
            return new Prober.Result(true, "");
        };
        ObjectNode container = Json.object();
        container.putObject("readinessProbe").put("periodSeconds", 1).putObject("tcpSocket").put("port", 80);
        List<String> failures = new CopyOnWriteArrayList<>();
        try (ContainerProbes probes = new ContainerProbes(new ContainerId("a", "main", 0), container, "127.0.0.1",
                Health.UNKNOWN, prober, () -> {}, failures::add)) {
            await(() -> Boolean.TRUE.equals(probes.health().ready()));
        }
        assertThat(failures).as("nothing was found out by the first").isEmpty();
    }
}
