package dev.xebec.contracts.node;

import java.util.List;

/**
 * Opens a stream to a container, at the bus address {@link #address}. Frames carry one channel byte first, as in
 * Kubernetes' v4 channel protocol: 0 stdin, 1 stdout (and log text), 2 stderr, 3 a final {@code Status} as JSON,
 * 4 a resize ({@code {"Width":80,"Height":24}}). An empty frame on channel 0 closes stdin.
 *
 * @param container may be empty for a pod with one container
 * @param tailLines -1 for all
 * @param sinceEpochMillis 0 for all
 * @param limitBytes 0 for no limit
 */
public record NodeStreamRequest(Type type, String namespace, String pod, String uid, String container,
        List<String> command, boolean stdin, boolean stdout, boolean stderr, boolean tty, boolean follow,
        boolean previous, boolean timestamps, long tailLines, long sinceEpochMillis, long limitBytes) {

    public static final byte STDIN = 0;
    public static final byte STDOUT = 1;
    public static final byte STDERR = 2;
    public static final byte STATUS = 3;
    public static final byte RESIZE = 4;

    /** What is wanted of the container. */
    public enum Type {
        LOGS, EXEC, ATTACH
    }

    public static String address(String node) {
        return "node." + node;
    }
}
