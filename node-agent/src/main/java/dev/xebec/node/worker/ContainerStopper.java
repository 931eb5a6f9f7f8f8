package dev.xebec.node.worker;

import dev.xebec.node.pod.Observation.Stopping;
import dev.xebec.node.pod.PodAction.Stop;
import dev.xebec.node.pod.PodDefinition;
import dev.xebec.node.probe.ProbeCheck;
import dev.xebec.node.probe.Prober;
import dev.xebec.node.runtime.ContainerId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends containers: preStop hook, SIGTERM, and SIGKILL when it is decided. */
final class ContainerStopper {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerStopper.class);

    private final WorkerContext node;
    private final Runnable changed;
    private final Map<ContainerId, Stopping> stopping = new ConcurrentHashMap<>();

    ContainerStopper(WorkerContext node, Runnable changed) {
        this.node = node;
        this.changed = changed;
    }

    Map<ContainerId, Stopping> stopping() {
        return Map.copyOf(stopping);
    }

    void stop(PodDefinition pod, Stop stop, String podIp) {
        stopping.put(stop.id(), new Stopping(stop.killAt(), false));
        var hook = pod.container(stop.id().container()).map(each -> each.part("lifecycle", "preStop"));
        if (hook.isEmpty() || hook.get().isEmpty() || !node.clock().instant().isBefore(stop.killAt())) {
            node.runtime().terminate(stop.id());
            return;
        }
        var container = pod.container(stop.id().container()).orElseThrow();
        ProbeCheck check = ProbeCheck.of(hook.get(), container.tree(), podIp);
        Thread.ofVirtual().name("pre-stop-" + stop.id()).start(() -> hookThenTerminate(pod, stop, check));
    }

    private void hookThenTerminate(PodDefinition pod, Stop stop, ProbeCheck check) {
        try {
            Duration left = Duration.between(node.clock().instant(), stop.killAt());
            Prober.Result result = node.prober().check(stop.id(), check, left);
            if (!result.success()) {
                node.events().emit(pod.object(), "Warning", "FailedPreStopHook", "PreStopHook failed");
                LOG.debug("preStop hook of {} failed: {}", stop.id(), result.output());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        node.runtime().terminate(stop.id());
        changed.run();
    }

    void hasten(ContainerId id, Instant killAt) {
        stopping.computeIfPresent(id, (key, before) -> new Stopping(killAt, before.killed()));
    }

    void kill(ContainerId id) {
        stopping.computeIfPresent(id, (key, before) -> new Stopping(before.killAt(), true));
        node.runtime().kill(id);
    }
}
