package dev.xebec.node.runtime;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a container stands.
 *
 * @param image as given at its start
 * @param exit null while it runs
 */
public record ContainerState(ContainerId id, String image, Instant startedAt, Duration backOff, @Nullable Exit exit) {

    public boolean running() {
        return exit == null;
    }

    /**
     * How a container ended.
     *
     * @param code 128 + n where signal n ended it
     * @param reason Completed, Error, OOMKilled, StartError or ContainerStatusUnknown
     * @param message the termination message, or why it did not start
     */
    public record Exit(int code, String reason, String message, Instant at) {}
}
