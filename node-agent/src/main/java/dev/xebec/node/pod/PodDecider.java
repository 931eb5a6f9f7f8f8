package dev.xebec.node.pod;

import dev.xebec.node.pod.ContainerDefinition.Role;
import dev.xebec.node.pod.Observation.Stopping;
import dev.xebec.node.pod.Observation.Trouble;
import dev.xebec.node.pod.PodAction.Emit;
import dev.xebec.node.pod.PodAction.FinishDeletion;
import dev.xebec.node.pod.PodAction.Forget;
import dev.xebec.node.pod.PodAction.Hasten;
import dev.xebec.node.pod.PodAction.Kill;
import dev.xebec.node.pod.PodAction.Start;
import dev.xebec.node.pod.PodAction.Stop;
import dev.xebec.node.runtime.ContainerId;
import dev.xebec.node.runtime.ContainerState;
import dev.xebec.node.runtime.ContainerState.Exit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pod needs now: which containers to start, stop, kill or forget, and its status. Level, not edge: it is asked after
 * every change and whenever time may have changed the answer.
 *
 * <p>Source: Kubernetes {@code pkg/kubelet/kuberuntime/kuberuntime_manager.go} (computePodActions) and
 * {@code pkg/kubelet/kubelet_pods.go}.
 */
public final class PodDecider {
    private final Observation seen;
    private final PodDefinition pod;
    private final Containers containers;
    private final List<PodAction> actions = new ArrayList<>();
    private @Nullable Instant wakeAt;

    private PodDecider(Observation seen) {
        this.seen = seen;
        this.pod = seen.pod();
        this.containers = new Containers(seen);
    }

    public static Decision decide(Observation seen) {
        return new PodDecider(seen).decide();
    }

    private Decision decide() {
        boolean deadlineOver = pod.activeUntil().map(until -> !seen.now().isBefore(until)).orElse(false);
        if (pod.object().deleting()) {
            stopAll(pod.object().deletionTimestamp().orElse(seen.now()));
            boolean lastWord = pod.object().metadata().path("deletionGracePeriodSeconds").asInt(-1) == 0;
            if (!containers.anyRunning() && !(lastWord && seen.podIp().isEmpty())) {
                actions.add(new FinishDeletion());
            }
        } else if (pod.finished() || deadlineOver || containers.initFailed()) {
            stopAll(seen.now().plus(pod.gracePeriod()));
        } else if (!seen.podIp().isEmpty()) {
            pod.activeUntil().ifPresent(this::wake);
            run();
        } else {
            seen.troubles().values().forEach(trouble -> wake(trouble.retryAt()));
        }
        forgetOldAttempts();
        return new Decision(List.copyOf(actions), new PodStatus(seen, containers, deadlineOver).build(), wakeAt);
    }

    private void wake(Instant at) {
        if (wakeAt == null || at.isBefore(wakeAt)) {
            wakeAt = at;
        }
    }

    private void run() {
        if (!containers.initialized()) {
            initialize();
            return;
        }
        if (pod.mains().stream().allMatch(containers::over)) {
            stopSidecars(seen.now().plus(pod.gracePeriod()), "Stopping container ");
            return;
        }
        pod.inits().stream().filter(init -> init.role() == Role.SIDECAR).forEach(this::keepUp);
        pod.mains().forEach(this::keepUp);
        startEphemerals();
    }

    /** Each once, and only in a pod whose own containers have begun. */
    private void startEphemerals() {
        for (ContainerDefinition container : pod.ephemerals()) {
            if (containers.latest(container).isEmpty()) {
                start(container, 0, Duration.ZERO);
            }
        }
    }

    /** Each init container waits for the one before; sidecars that are up already are kept up. */
    private void initialize() {
        for (ContainerDefinition init : pod.inits()) {
            if (init.role() == Role.SIDECAR || !containers.succeeded(init)) {
                keepUp(init);
            }
            if (!containers.initDone(init)) {
                return;
            }
        }
    }

    private void keepUp(ContainerDefinition container) {
        ContainerState latest = containers.latest(container).orElse(null);
        if (latest == null) {
            start(container, 0, Duration.ZERO);
            return;
        }
        Exit exit = latest.exit();
        if (exit == null) {
            stopUnhealthy(container, latest);
        } else if (containers.restarts(container, exit)) {
            restart(container, latest, exit);
        }
    }

    private void restart(ContainerDefinition container, ContainerState latest, Exit exit) {
        Duration due = BackOff.due(latest, exit.at());
        Instant from = exit.at().plus(due);
        if (due.isZero() || !seen.now().isBefore(from)) {
            start(container, latest.id().attempt() + 1, BackOff.next(due));
            return;
        }
        wake(from);
        if (!PodStatus.waitingReason(pod, container).equals("CrashLoopBackOff")) {
            actions.add(new Emit("Warning", "BackOff",
                    "Back-off restarting failed container " + container.name() + " in pod " + pod.label()));
        }
    }

    private void start(ContainerDefinition container, int attempt, Duration backOff) {
        Trouble trouble = seen.troubles().get(container.name());
        if (trouble != null && seen.now().isBefore(trouble.retryAt())) {
            wake(trouble.retryAt());
            return;
        }
        actions.add(new Start(container, attempt, backOff));
    }

    private void stopUnhealthy(ContainerDefinition container, ContainerState running) {
        String probe = containers.health(container).failed();
        Stopping stopping = seen.stopping().get(running.id());
        if (stopping != null) {
            killWhenDue(running.id(), stopping, stopping.killAt());
        } else if (!probe.isEmpty()) {
            Duration grace = probeGrace(container, probe + "Probe");
            actions.add(new Stop(running.id(), seen.now().plus(grace),
                    "Container " + container.name() + " failed " + probe + " probe, will be restarted"));
        }
    }

    private Duration probeGrace(ContainerDefinition container, String probe) {
        var own = container.tree().path(probe).path("terminationGracePeriodSeconds");
        return own.isNumber() ? Duration.ofSeconds(own.asLong()) : pod.gracePeriod();
    }

    /** The main ones together; when they are over, the sidecars, the last one first. */
    private void stopAll(Instant killAt) {
        boolean first = true;
        for (ContainerDefinition container : pod.all()) {
            if (container.role() != Role.SIDECAR && containers.running(container)) {
                first = false;
                stop(container, killAt, "Stopping container ");
            }
        }
        if (first) {
            stopSidecars(killAt, "Stopping container ");
        }
    }

    private void stopSidecars(Instant killAt, String message) {
        for (int i = pod.inits().size() - 1; i >= 0; i--) {
            ContainerDefinition init = pod.inits().get(i);
            if (init.role() == Role.SIDECAR && containers.running(init)) {
                stop(init, killAt, message);
                return;
            }
        }
    }

    private void stop(ContainerDefinition container, Instant killAt, String message) {
        ContainerId id = containers.latest(container).orElseThrow().id();
        Stopping stopping = seen.stopping().get(id);
        if (stopping == null) {
            actions.add(new Stop(id, killAt, message + container.name()));
            wake(killAt);
        } else {
            Instant sooner = killAt.isBefore(stopping.killAt()) ? killAt : stopping.killAt();
            if (sooner.isBefore(stopping.killAt()) && seen.now().isBefore(sooner)) {
                actions.add(new Hasten(id, sooner));
            }
            killWhenDue(id, stopping, sooner);
        }
    }

    private void killWhenDue(ContainerId id, Stopping stopping, Instant killAt) {
        if (stopping.killed()) {
            return;
        }
        if (seen.now().isBefore(killAt)) {
            wake(killAt);
        } else {
            actions.add(new Kill(id));
        }
    }

    /** The last attempt and the one before are kept: for the status, and for {@code kubectl logs --previous}. */
    private void forgetOldAttempts() {
        for (ContainerDefinition container : pod.all()) {
            List<ContainerState> attempts = containers.attempts(container);
            for (int i = 0; i < attempts.size() - 2; i++) {
                if (!attempts.get(i).running()) {
                    actions.add(new Forget(attempts.get(i).id()));
                }
            }
        }
    }
}
