package dev.xebec.node.probe;

import dev.xebec.node.runtime.ContainerId;
import java.time.Duration;

/** Carries checks out. Blocks for the timeout at most. */
public interface Prober {

    Result check(ContainerId container, ProbeCheck check, Duration timeout) throws InterruptedException;

    /** @param output why not, for a message */
    record Result(boolean success, String output) {}
}
