package dev.xebec.node.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How to run a container, with everything resolved.
 *
 * @param image recorded; only some runtimes use it
 * @param command with arguments; may be empty where the runtime can do without
 * @param workingDir empty for the runtime's default
 * @param hostname as the container sees it
 * @param mounts in the order in which they are made
 * @param backOff the wait that a failure of this very run will cost; kept with the container, so that it survives the agent
 * @param console whether somebody can write to the main process, and whether by a terminal
 * @param messagePath where the container leaves its termination message; relative or unusable paths give none
 */
public record ContainerSpec(ContainerId id, String image, List<String> command, Map<String, String> env,
        String workingDir, String hostname, List<Mount> mounts, Limits limits, Duration backOff, String messagePath,
        Console console) {

    public ContainerSpec(ContainerId id, String image, List<String> command, Map<String, String> env,
            String workingDir, String hostname, List<Mount> mounts, Limits limits, Duration backOff,
            String messagePath) {
        this(id, image, command, env, workingDir, hostname, mounts, limits, backOff, messagePath, Console.NONE);
    }

    /** @param stdinOnce the input ends with the first client's */
    public record Console(boolean stdin, boolean stdinOnce, boolean tty) {
        public static final Console NONE = new Console(false, false, false);
    }

    /** @param source a file or directory of the node; @param target its path in the container */
    public record Mount(String source, String target, boolean readOnly) {}

    /** Zero means no limit. */
    public record Limits(long memoryBytes, long cpuMillis) {
        public static final Limits NONE = new Limits(0, 0);
    }
}
