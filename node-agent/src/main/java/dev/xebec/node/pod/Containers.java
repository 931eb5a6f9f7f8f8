package dev.xebec.node.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.node.pod.ContainerDefinition.Role;
import dev.xebec.node.pod.PodDefinition.RestartPolicy;
import dev.xebec.node.runtime.ContainerId;
import dev.xebec.node.runtime.ContainerState;
import dev.xebec.node.runtime.ContainerState.Exit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pod's containers by name, as the runtime knows them. One that the object's status knows and the runtime does not, as
 * after the loss of a node's directory, counts as ended in an unknown way: so it is not taken for never started.
 */
final class Containers {
    private final Observation seen;

    Containers(Observation seen) {
        this.seen = seen;
    }

    /** Its attempts, oldest first. */
    List<ContainerState> attempts(ContainerDefinition container) {
        List<ContainerState> attempts = new ArrayList<>();
        for (ContainerState state : seen.containers()) {
            if (state.id().container().equals(container.name())) {
                attempts.add(state);
            }
        }
        if (attempts.isEmpty()) {
            lost(container).ifPresent(attempts::add);
        }
        return attempts;
    }

    Optional<ContainerState> latest(ContainerDefinition container) {
        List<ContainerState> attempts = attempts(container);
        return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.get(attempts.size() - 1));
    }

    private Optional<ContainerState> lost(ContainerDefinition container) {
        String list = container.role().statuses();
        for (JsonNode status : seen.pod().object().status().path(list)) {
            if (status.path("name").asText("").equals(container.name())
                    && !status.path("containerID").asText("").isEmpty()) {
                return Optional.of(lost(container, status));
            }
        }
        return Optional.empty();
    }

    private ContainerState lost(ContainerDefinition container, JsonNode status) {
        ContainerId id = new ContainerId(seen.pod().uid(), container.name(), status.path("restartCount").asInt());
        JsonNode ended = status.path("state").path("terminated");
        JsonNode last = ended.isObject() ? ended : status.path("lastState").path("terminated");
        JsonNode known = status.path("state").path("running").isObject() ? status.path("state").path("running") : last;
        var startedAt = ApiObject.instant(known.path("startedAt")).orElse(seen.now());
        Exit exit = last == ended || status.path("state").path("waiting").isObject()
                ? new Exit(last.path("exitCode").asInt(137), last.path("reason").asText("ContainerStatusUnknown"),
                        last.path("message").asText(""), ApiObject.instant(last.path("finishedAt")).orElse(seen.now()))
                : new Exit(137, "ContainerStatusUnknown",
                        "The container could not be located when the pod was terminated", seen.now());
        return new ContainerState(id, container.image(), startedAt, Duration.ZERO, exit);
    }

    boolean running(ContainerDefinition container) {
        return latest(container).map(ContainerState::running).orElse(false);
    }

    Health health(ContainerDefinition container) {
        return latest(container).map(state -> seen.health().getOrDefault(state.id(), Health.UNKNOWN))
                .orElse(Health.UNKNOWN);
    }

    boolean started(ContainerDefinition container) {
        return running(container) && health(container).started(container);
    }

    boolean ready(ContainerDefinition container) {
        return switch (container.role()) {
            case INIT -> succeeded(container);
            case SIDECAR, MAIN -> running(container) && health(container).ready(container);
            case EPHEMERAL -> false;
        };
    }

    boolean succeeded(ContainerDefinition container) {
        return latest(container).map(ContainerState::exit).map(exit -> exit.code() == 0).orElse(false);
    }

    /** Over, and not to be started again under the pod's restart policy. */
    boolean over(ContainerDefinition container) {
        return latest(container).map(ContainerState::exit).map(exit -> !restarts(container, exit)).orElse(false);
    }

    boolean restarts(ContainerDefinition container, Exit exit) {
        return switch (container.role()) {
            case SIDECAR -> true;
            case INIT -> exit.code() != 0 && seen.pod().restartPolicy() != RestartPolicy.NEVER;
            case MAIN -> switch (seen.pod().restartPolicy()) {
                case ALWAYS -> true;
                case ON_FAILURE -> exit.code() != 0;
                case NEVER -> false;
            };
            case EPHEMERAL -> false;
        };
    }

    /** All init containers did their work, and the sidecars among them are up; for ever so once a main one was started. */
    boolean initialized() {
        return seen.pod().mains().stream().anyMatch(main -> latest(main).isPresent())
                || seen.pod().inits().stream().allMatch(this::initDone);
    }

    boolean initDone(ContainerDefinition init) {
        return init.role() == Role.SIDECAR ? started(init) : succeeded(init);
    }

    /** An init container failed and the pod may not try again. */
    boolean initFailed() {
        return seen.pod().inits().stream().anyMatch(init -> init.role() == Role.INIT && over(init) && !succeeded(init));
    }

    /** Whether any runs that the pod is made of. */
    boolean anyOwnRunning() {
        return seen.pod().all().stream().filter(each -> each.role() != Role.EPHEMERAL).anyMatch(this::running);
    }

    boolean anyRunning() {
        return seen.pod().all().stream().anyMatch(this::running);
    }
}
