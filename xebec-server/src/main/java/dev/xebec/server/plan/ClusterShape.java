package dev.xebec.server.plan;

/**
 * What a user asked for.
 *
 * @param masters 1, 3 or 5
 * @param nodes 0 to 64 nodes
 * @param runtime {@code process} or {@code simulated}
 * @param store {@code raft} or {@code memory}
 * @param port of the API on loopback
 */
public record ClusterShape(int masters, int nodes, String runtime, String store, int port) {
    public static final int MAX_NODES = 64;
    public static final int DEFAULT_PORT = 6443;
}
