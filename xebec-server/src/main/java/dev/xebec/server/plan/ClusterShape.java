package dev.xebec.server.plan;

import java.util.Objects;

/**
 * What a user asked for.
 *
 * @param masters 1, 3 or 5
 * @param nodes 0 to 64; 0 to 10,000 simulated ones
 * @param runtime {@code process} or {@code simulated}
 * @param store {@code raft}, {@code memory} or {@code etcd=URL,…}
 * @param port of the API on loopback
 * @param kafka where events go
 * @param etcd how to be let into etcd, where it is the store
 */
public record ClusterShape(int masters, int nodes, String runtime, String store, int port, KafkaShape kafka,
        EtcdShape etcd) {
    private static final int MAX_NODES = 64;
    private static final int MAX_SIMULATED_NODES = 10_000;
    public static final int DEFAULT_PORT = 6443;

    /** Plans of earlier builds say nothing of Kafka and etcd. */
    public ClusterShape {
        kafka = Objects.requireNonNullElse(kafka, KafkaShape.STANDARD);
        etcd = Objects.requireNonNullElse(etcd, EtcdShape.NONE);
    }

    /** On a store of its own. */
    public ClusterShape(int masters, int nodes, String runtime, String store, int port, KafkaShape kafka) {
        this(masters, nodes, runtime, store, port, kafka, EtcdShape.NONE);
    }

    public boolean simulated() {
        return runtime.equals("simulated");
    }

    /** Nodes that a cluster of this runtime may have on one machine. */
    public static int maxNodes(String runtime) {
        return runtime.equals("simulated") ? MAX_SIMULATED_NODES : MAX_NODES;
    }
}
