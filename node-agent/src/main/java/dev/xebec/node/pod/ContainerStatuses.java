package dev.xebec.node.pod;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.node.pod.ContainerDefinition.Role;
import dev.xebec.node.pod.Observation.Trouble;
import dev.xebec.node.runtime.ContainerState;
import dev.xebec.node.runtime.ContainerState.Exit;
import java.time.Duration;
import java.util.List;

/** The entries of {@code containerStatuses} and {@code initContainerStatuses}. */
final class ContainerStatuses {
    private final Observation seen;
    private final Containers containers;

    ContainerStatuses(Observation seen, Containers containers) {
        this.seen = seen;
        this.containers = containers;
    }

    ObjectNode of(ContainerDefinition container) {
        List<ContainerState> attempts = containers.attempts(container);
        ContainerState latest = attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
        ObjectNode status = Json.object().put("name", container.name()).put("image", container.image());
        status.put("imageID", latest == null ? "" : latest.image());
        if (latest != null) {
            status.put("containerID", containerId(latest));
        }
        status.put("restartCount", latest == null ? 0 : latest.id().attempt());
        status.put("ready", containers.ready(container));
        if (container.role() != Role.EPHEMERAL) {
            status.put("started", containers.started(container));
        }
        ContainerState last = attempts.size() < 2 ? null : attempts.get(attempts.size() - 2);
        if (latest == null) {
            status.set("state", waiting(container));
        } else if (latest.exit() == null) {
            ObjectNode state = Json.object();
            state.putObject("running").put("startedAt", PodStatus.time(latest.startedAt()));
            status.set("state", state);
        } else if (waitsForRestart(container, latest.exit())) {
            status.set("state", restartWaiting(container, latest, latest.exit()));
            last = latest;
        } else {
            status.set("state", terminated(latest, latest.exit()));
        }
        status.set("lastState", last == null || last.exit() == null ? Json.object() : terminated(last, last.exit()));
        return status;
    }

    private String containerId(ContainerState state) {
        return seen.runtimeName() + "://" + state.id();
    }

    private boolean waitsForRestart(ContainerDefinition container, Exit exit) {
        boolean ending = seen.pod().object().deleting() || seen.pod().finished()
                || seen.pod().activeUntil().map(until -> !seen.now().isBefore(until)).orElse(false)
                || seen.pod().mains().stream().allMatch(containers::over);
        return !ending && containers.restarts(container, exit);
    }

    private ObjectNode waiting(ContainerDefinition container) {
        Trouble trouble = seen.troubles().get(container.name());
        if (trouble != null) {
            return waiting(trouble.reason(), trouble.message());
        }
        boolean blocked = container.role() == Role.MAIN ? !containers.initialized() : waitsForAnother(container);
        return waiting(blocked ? "PodInitializing" : "ContainerCreating", seen.sandboxTrouble());
    }

    private boolean waitsForAnother(ContainerDefinition init) {
        return seen.pod().inits().stream().takeWhile(each -> each != init).anyMatch(each -> !containers.initDone(each));
    }

    private ObjectNode restartWaiting(ContainerDefinition container, ContainerState latest, Exit exit) {
        Trouble trouble = seen.troubles().get(container.name());
        if (trouble != null) {
            return waiting(trouble.reason(), trouble.message());
        }
        Duration due = BackOff.due(latest, exit.at());
        return waiting("CrashLoopBackOff", "back-off " + BackOff.text(due) + " restarting failed container="
                + container.name() + " pod=" + seen.pod().label());
    }

    private static ObjectNode waiting(String reason, String message) {
        ObjectNode state = Json.object();
        ObjectNode waiting = state.putObject("waiting").put("reason", reason);
        if (!message.isEmpty()) {
            waiting.put("message", message);
        }
        return state;
    }

    private ObjectNode terminated(ContainerState container, Exit exit) {
        ObjectNode state = Json.object();
        ObjectNode terminated = state.putObject("terminated").put("exitCode", exit.code()).put("reason", exit.reason());
        if (!exit.message().isEmpty()) {
            terminated.put("message", exit.message());
        }
        terminated.put("startedAt", PodStatus.time(container.startedAt())).put("finishedAt", PodStatus.time(exit.at()))
                .put("containerID", containerId(container));
        return state;
    }
}
