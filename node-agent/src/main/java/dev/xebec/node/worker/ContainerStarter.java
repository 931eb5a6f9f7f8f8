package dev.xebec.node.worker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.quantity.Quantity;
import dev.xebec.node.environment.ContainerEnvironment;
import dev.xebec.node.environment.MissingReferenceException;
import dev.xebec.node.environment.PodFacts;
import dev.xebec.node.environment.ServiceEnvironment;
import dev.xebec.node.pod.ContainerDefinition;
import dev.xebec.node.pod.Observation.Trouble;
import dev.xebec.node.pod.PodAction.Start;
import dev.xebec.node.pod.PodDefinition;
import dev.xebec.node.probe.ProbeCheck;
import dev.xebec.node.probe.Prober;
import dev.xebec.node.runtime.ContainerId;
import dev.xebec.node.runtime.ContainerSpec;
import dev.xebec.node.runtime.ContainerSpec.Limits;
import dev.xebec.node.runtime.PodSandbox;
import dev.xebec.node.runtime.RefusedException;
import dev.xebec.node.volume.PodVolumes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prepares and starts a pod's containers, and keeps its volumes up to date. One thread at a time. */
final class ContainerStarter {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerStarter.class);
    /** As a kubelet's sync period: how old what a volume shows may be. */
    private static final Duration REFRESH = Duration.ofSeconds(60);
    private static final Duration MISSING_RETRY = Duration.ofSeconds(3);
    private static final Duration REFUSED_RETRY = Duration.ofSeconds(30);
    private static final Duration HOOK_PATIENCE = Duration.ofMinutes(10);

    private final WorkerContext node;
    private final PodEvents events;
    private final Map<String, Trouble> troubles = new HashMap<>();
    private @Nullable Instant refreshAt;

    ContainerStarter(WorkerContext node, PodEvents events) {
        this.node = node;
        this.events = events;
    }

    Map<String, Trouble> troubles() {
        return Map.copyOf(troubles);
    }

    /** Null where nothing has to be refreshed. */
    @Nullable
    Instant refreshAt() {
        return refreshAt;
    }

    void start(PodDefinition pod, PodSandbox sandbox, Start start) {
        ContainerDefinition container = start.container();
        ContainerSpec spec;
        PodVolumes volumes = volumes(pod, sandbox);
        try {
            if (node.runtime().features().volumes()) {
                volumes.prepare();
            }
        } catch (MissingReferenceException missing) {
            trouble(container, "ContainerCreating", missing.text(), MISSING_RETRY, "FailedMount", missing.text());
            return;
        } catch (IOException disk) {
            trouble(container, "ContainerCreating", disk.toString(), MISSING_RETRY, "FailedMount",
                    "MountVolume.SetUp failed: " + disk);
            return;
        }
        try {
            spec = spec(pod, sandbox, start, volumes);
        } catch (MissingReferenceException missing) {
            trouble(container, "CreateContainerConfigError", missing.text(), MISSING_RETRY, "Failed",
                    "Error: " + missing.text());
            return;
        } catch (IOException disk) {
            trouble(container, "CreateContainerConfigError", disk.toString(), MISSING_RETRY, "Failed",
                    "Error: " + disk);
            return;
        }
        try {
            node.runtime().start(spec);
        } catch (RefusedException refused) {
            trouble(container, refused.reason(), refused.text(), REFUSED_RETRY, "Failed", "Error: " + refused.text());
            return;
        }
        troubles.remove(container.name());
        refreshAt = node.runtime().features().volumes() && volumes.refreshes()
                ? node.clock().instant().plus(REFRESH)
                : null;
        events.emit("Normal", "Created", "Created container: " + container.name());
        events.emit("Normal", "Started", "Started container " + container.name());
        postStart(spec.id(), container, sandbox);
    }

    private void trouble(ContainerDefinition container, String reason, String message, Duration retry, String event,
            String eventMessage) {
        Trouble before = troubles.put(container.name(),
                new Trouble(reason, message, node.clock().instant().plus(retry)));
        if (before == null || !before.message().equals(message)) {
            events.emit("Warning", event, eventMessage);
        }
    }

    private PodVolumes volumes(PodDefinition pod, PodSandbox sandbox) {
        return new PodVolumes(sandbox.directory(), facts(pod, sandbox), node.objects(), node.tokens());
    }

    private PodFacts facts(PodDefinition pod, PodSandbox sandbox) {
        return new PodFacts(pod.object(), sandbox.ip(), node.hostIp(), node.cpuMillis(), node.memoryBytes());
    }

    private ContainerSpec spec(PodDefinition pod, PodSandbox sandbox, Start start, PodVolumes volumes)
            throws IOException {
        JsonNode container = start.container().tree();
        String hostname = pod.object().spec().path("hostname").asText(pod.object().name());
        Map<String, String> given = new HashMap<>();
        if (pod.object().spec().path("enableServiceLinks").asBoolean(true)) {
            given.putAll(ServiceEnvironment.of(node.services().in(pod.object().namespace())));
        }
        given.putAll(node.environment());
        given.put("HOSTNAME", hostname);
        Map<String, String> env = ContainerEnvironment.of(container, facts(pod, sandbox), node.objects(), given);
        JsonNode limits = container.path("resources").path("limits");
        return new ContainerSpec(new ContainerId(pod.uid(), start.container().name(), start.attempt()),
                start.container().image(), ContainerEnvironment.command(container, env), env,
                container.path("workingDir").asText(""), hostname,
                node.runtime().features().volumes() ? volumes.mounts(container, env) : List.of(),
                new Limits(Quantity.parse(limits.path("memory").asText("0")).value(),
                        Quantity.parse(limits.path("cpu").asText("0")).milliValue()),
                start.backOff(), container.path("terminationMessagePath").asText("/dev/termination-log"),
                new ContainerSpec.Console(container.path("stdin").asBoolean(), container.path("stdinOnce").asBoolean(),
                        container.path("tty").asBoolean()));
    }

    /** A hook that fails ends its container; the restart policy says what comes then. */
    private void postStart(ContainerId id, ContainerDefinition container, PodSandbox sandbox) {
        var hook = container.part("lifecycle", "postStart");
        if (hook.isEmpty()) {
            return;
        }
        ProbeCheck check = ProbeCheck.of(hook, container.tree(), sandbox.ip());
        Thread.ofVirtual().name("post-start-" + id).start(() -> {
            try {
                Prober.Result result = node.prober().check(id, check, HOOK_PATIENCE);
                if (!result.success()) {
                    events.emit("Warning", "FailedPostStartHook", "PostStartHook failed");
                    LOG.debug("postStart hook of {} failed: {}", id, result.output());
                    node.runtime().kill(id);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Shows volumes what has changed in the objects behind them, when it is time. */
    void refresh(PodDefinition pod, @Nullable PodSandbox sandbox) {
        Instant due = refreshAt;
        if (sandbox == null || due == null || node.clock().instant().isBefore(due)) {
            return;
        }
        refreshAt = node.clock().instant().plus(REFRESH);
        try {
            volumes(pod, sandbox).prepare();
        } catch (MissingReferenceException missing) {
            // What a running container was shown stays, as in Kubernetes.
            LOG.debug("Volumes of {} stay as they are: {}", pod.label(), missing.text());
        } catch (IOException disk) {
            LOG.warn("Volumes of {} could not be refreshed: {}", pod.label(), disk.toString());
        }
    }
}
