package dev.xebec.kit.cluster;

import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.RestApiConfig;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;

/**
 * How Hazelcast is set up: addresses or names of members, one bound address, nothing that speaks to strangers. It carries who
 * is there and who subscribed, nothing else.
 */
final class HazelcastConfig {
    private static final String CLUSTER_NAME = "xebec";
    /** Seconds between heartbeats; a crash is seen by its closed connections long before. */
    private static final int HEARTBEAT_SECONDS = 1;
    /** Long, because a member that is only slow must not be thrown out: hangs are seen by heartbeats of our own. */
    private static final int NO_HEARTBEAT_SECONDS = 10;
    /**
     * Seconds for which names are looked up before a member takes itself for the first. With 0 they are not looked up at all: everybody
     * begins a cluster of one, and clusters merge one by one, each merge starting its members anew. It is also the least time
     * between two joins, which those that come meanwhile share; the first is not held up, because nothing is waited for beyond
     * the maximum of 0. Source: Hazelcast's DiscoveryJoiner and ClusterJoinManager.
     */
    private static final int SEARCH_SECONDS = 1;
    /** Seconds until two halves look for each other after a split; the default is minutes. */
    private static final int MERGE_SECONDS = 5;

    /** A few hundred small entries need no 271 partitions, each of which costs at every join. The same on all members. */
    private static final int PARTITIONS = 31;
    /** An operation whose answer was lost is given up after so long; the default is a minute. */
    private static final int OPERATION_MILLIS = 10_000;

    private HazelcastConfig() {}

    static Config of(ClusterSettings settings, String bindAddress) {
        Config config = ConfigUtil.loadConfig();
        config.setClusterName(CLUSTER_NAME);
        property(config, "hazelcast.logging.type", "slf4j");
        property(config, "hazelcast.phone.home.enabled", "false");
        property(config, "hazelcast.socket.bind.any", "false");
        property(config, "hazelcast.wait.seconds.before.join", Integer.toString(SEARCH_SECONDS));
        property(config, "hazelcast.max.wait.seconds.before.join", "0");
        property(config, "hazelcast.heartbeat.interval.seconds", Integer.toString(HEARTBEAT_SECONDS));
        property(config, "hazelcast.max.no.heartbeat.seconds", Integer.toString(NO_HEARTBEAT_SECONDS));
        property(config, "hazelcast.merge.first.run.delay.seconds", Integer.toString(MERGE_SECONDS));
        property(config, "hazelcast.merge.next.run.delay.seconds", Integer.toString(MERGE_SECONDS));
        property(config, "hazelcast.operation.call.timeout.millis", Integer.toString(OPERATION_MILLIS));
        property(config, "hazelcast.partition.count", Integer.toString(PARTITIONS));
        property(config, "hazelcast.health.monitoring.level", "OFF");
        rest(config);
        network(config, settings, bindAddress);
        config.getSerializationConfig().setJavaSerializationFilterConfig(serializationFilter());
        config.getJetConfig().setEnabled(false);
        return config;
    }

    /** What wakes up without an end of its own in a cluster of a few hundred entries, and threads that nothing is left for. */
    private static void rest(Config config) {
        config.getMetricsConfig().setEnabled(false);
        property(config, "hazelcast.slow.operation.detector.enabled", "false");
        property(config, "hazelcast.io.balancer.interval.seconds", "0");
        property(config, "hazelcast.io.thread.count", "1");
        property(config, "hazelcast.event.thread.count", "1");
    }

    private static void network(Config config, ClusterSettings settings, String bindAddress) {
        NetworkConfig network = config.getNetworkConfig();
        network.setPort(settings.hazelcastPort()).setPortAutoIncrement(false).setReuseAddress(true);
        network.getInterfaces().setEnabled(true).addInterface(bindAddress);
        network.setRestApiConfig(new RestApiConfig().setEnabled(false));
        network.getMemcacheProtocolConfig().setEnabled(false);
        JoinConfig join = network.getJoin();
        join.getMulticastConfig().setEnabled(false);
        join.getAutoDetectionConfig().setEnabled(false);
        boolean named = NamedMembers.wanted(settings.memberAddresses());
        join.getTcpIpConfig().setEnabled(!named).setConnectionTimeoutSeconds(2).setMembers(settings.memberAddresses());
        if (named) {
            NamedMembers.find(config, settings.memberAddresses());
        }
    }

    /**
     * Only what the cluster's own maps and answers hold may be deserialized. Arrays belong to it: without them the
     * answer that carries an exception is dropped, and whoever waits for it hangs. Their elements are judged by
     * themselves.
     */
    private static JavaSerializationFilterConfig serializationFilter() {
        ClassFilter allowed = new ClassFilter().addPrefixes("com.hazelcast.", "io.vertx.spi.cluster.hazelcast.",
                "java.lang.", "java.util.", "java.io.", "java.net.", "[");
        JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig();
        filter.setDefaultsDisabled(true);
        filter.setWhitelist(allowed);
        return filter;
    }

    private static void property(Config config, String name, String value) {
        config.setProperty(name, value);
    }
}
