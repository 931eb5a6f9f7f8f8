package dev.xebec.contracts.node;

import java.util.List;

/**
 * Opens a stream to a node's agent, at the bus address {@link #address}. Frames carry one channel byte first, as in
 * Kubernetes' v4 channel protocol: 0 stdin, 1 stdout (and log text), 2 stderr, 3 a final {@code Status} as JSON,
 * 4 a resize ({@code {"Width":80,"Height":24}}). An empty frame on channel 0 closes stdin.
 *
 * <p>{@link Type#FORWARD}: channel 0 goes to a port of the pod, channel 1 comes from there; an empty frame on either says
 * that nothing more comes that way. A status at the start says why there is no connection.
 *
 * <p>{@link Type#NODE}: asks the agent itself what a kubelet would be asked by HTTP: {@code command} is the path and the
 * query. The first frame is the answer's head on channel 5 ({@code {"code":200,"contentType":"text/plain"}}), the body
 * comes on channel 1.
 *
 * @param container may be empty for a pod with one container
 * @param stdout of logs: lines of standard output are wanted; {@code stderr} likewise
 * @param tailLines -1 for all
 * @param sinceEpochMillis 0 for all
 * @param limitBytes 0 for no limit
 * @param port of FORWARD
 * @param tls of FORWARD: the agent speaks TLS with the port, without looking at its certificate
 */
public record NodeStreamRequest(Type type, String namespace, String pod, String uid, String container,
        List<String> command, boolean stdin, boolean stdout, boolean stderr, boolean tty, boolean follow,
        boolean previous, boolean timestamps, long tailLines, long sinceEpochMillis, long limitBytes, int port,
        boolean tls) {

    public static final byte STDIN = 0;
    public static final byte STDOUT = 1;
    public static final byte STDERR = 2;
    public static final byte STATUS = 3;
    public static final byte RESIZE = 4;
    public static final byte HEAD = 5;

    /** What is wanted of the node. */
    public enum Type {
        LOGS, EXEC, ATTACH, FORWARD, NODE
    }

    /** A log. */
    public static NodeStreamRequest logs(String namespace, String pod, String uid, String container, LogWish wish) {
        return new NodeStreamRequest(Type.LOGS, namespace, pod, uid, container, List.of(), false, wish.stdout(),
                wish.stderr(), false, wish.follow(), wish.previous(), wish.timestamps(), wish.tailLines(),
                wish.sinceEpochMillis(), wish.limitBytes(), 0, false);
    }

    /** What of a log is wanted; as in the request. */
    public record LogWish(boolean stdout, boolean stderr, boolean follow, boolean previous, boolean timestamps,
            long tailLines, long sinceEpochMillis, long limitBytes) {}

    /** A command in a container, or, with none, what its main process reads and writes. */
    public static NodeStreamRequest conversation(Type type, String namespace, String pod, String uid, String container,
            List<String> command, Ends ends) {
        return new NodeStreamRequest(type, namespace, pod, uid, container, command, ends.stdin(), ends.stdout(),
                ends.stderr(), ends.tty(), false, false, false, -1, 0, 0, 0, false);
    }

    /** Which of the standard streams a conversation has. */
    public record Ends(boolean stdin, boolean stdout, boolean stderr, boolean tty) {}

    /** A connection to a port of the pod. */
    public static NodeStreamRequest forward(String namespace, String pod, String uid, int port, boolean tls) {
        return new NodeStreamRequest(Type.FORWARD, namespace, pod, uid, "", List.of(), true, true, false, false, false,
                false, false, -1, 0, 0, port, tls);
    }

    /** A question to the agent itself. */
    public static NodeStreamRequest node(String path, String query) {
        return new NodeStreamRequest(Type.NODE, "", "", "", "", List.of(path, query), false, true, false, false, false,
                false, false, -1, 0, 0, 0, false);
    }

    public static String address(String node) {
        return "node." + node;
    }
}
