package dev.xebec.kit.cluster;

import java.util.List;
import java.util.Optional;

/**
 * Where one process stands in the cluster.
 *
 * @param process its name, unique in the cluster
 * @param host the only address it binds; a loopback or private one, because Hazelcast itself is not encrypted
 * @param hazelcastPort where Hazelcast listens; fixed
 * @param memberAddresses {@code host:port} of the processes to look for; not all have to be there
 * @param busPort where the event bus listens; 0 for any free one
 * @param tls of the event bus; empty for plain TCP
 */
public record ClusterSettings(String process, String host, int hazelcastPort, List<String> memberAddresses,
        int busPort, Optional<BusTls> tls) {}
