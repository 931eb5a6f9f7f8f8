package dev.xebec.node.pod;

import dev.xebec.node.runtime.ContainerId;
import java.time.Duration;
import java.time.Instant;

/** One thing to be done for a pod. */
public sealed interface PodAction {

    /** Starts a container; {@code backOff} is what a failure of this run will cost. */
    record Start(ContainerDefinition container, int attempt, Duration backOff) implements PodAction {}

    /** Asks a container to end (with its preStop hook first), and says so in an event. */
    record Stop(ContainerId id, Instant killAt, String message) implements PodAction {}

    /** A stopping container's grace has become shorter. */
    record Hasten(ContainerId id, Instant killAt) implements PodAction {}

    record Kill(ContainerId id) implements PodAction {}

    /** Forgets an attempt that nobody will ask for again. */
    record Forget(ContainerId id) implements PodAction {}

    /** @param type Normal or Warning */
    record Emit(String type, String reason, String message) implements PodAction {}

    /** Everything is over: the pod's place is cleared and its object deleted for good, after the status is written. */
    record FinishDeletion() implements PodAction {}
}
