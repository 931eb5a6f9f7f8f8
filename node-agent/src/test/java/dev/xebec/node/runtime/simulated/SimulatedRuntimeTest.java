package dev.xebec.node.runtime.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import dev.xebec.node.probe.ProbeCheck;
import dev.xebec.node.runtime.ContainerId;
import dev.xebec.node.runtime.ContainerRuntime;
import dev.xebec.node.runtime.ContainerRuntimeContract;
import dev.xebec.node.runtime.ContainerSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class SimulatedRuntimeTest extends ContainerRuntimeContract {
    private final Map<ContainerId, Stages> stages = new ConcurrentHashMap<>();

    @Override
    protected ContainerRuntime open() {
        return new SimulatedRuntime(InstantSource.system(), spec -> stages.getOrDefault(spec.id(), Stages.LASTING));
    }

    @Override
    protected ContainerSpec lasting(ContainerId id) {
        return spec(id, List.of());
    }

    @Override
    protected ContainerSpec ending(ContainerId id, int code) {
        stages.put(id, new Stages(Duration.ZERO, Duration.ofMillis(20), code));
        return spec(id, List.of());
    }

    @Test
    void probesSucceedOnceTheContainerIsReady() {
        ContainerId id = id("a", "main", 0);
        stages.put(id, new Stages(Duration.ofMillis(200), null, 0));
        runtime.start(spec(id, List.of()));
        SimulatedRuntime prober = (SimulatedRuntime) runtime;
        assertThat(prober.check(id, new ProbeCheck.Tcp("", 1), Duration.ofSeconds(1)).success()).isFalse();
        await(() -> prober.check(id, new ProbeCheck.Tcp("", 1), Duration.ofSeconds(1)).success());
    }

    @Test
    void stagesAreReadFromAnnotations() {
        var pod = Json.object();
        pod.putObject("metadata").putObject("annotations").put("simulation.xebec.dev/ready-after", "250")
                .put("simulation.xebec.dev/exit-after", "1000").put("simulation.xebec.dev/exit-code", "nonsense");
        assertThat(Stages.of(ApiObject.of(pod), Stages.LASTING))
                .isEqualTo(new Stages(Duration.ofMillis(250), Duration.ofSeconds(1), 0));
        assertThat(Stages.of(ApiObject.of(Json.object()), Stages.LASTING)).isEqualTo(Stages.LASTING);
    }
}
