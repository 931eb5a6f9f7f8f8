package dev.xebec.server.plan;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Everything that one process of a cluster needs to know; written as JSON by {@code up}, or as JSON or YAML by whoever
 * starts a service alone with {@code xebec ROLE --config FILE}.
 *
 * @param process unique name in the cluster, such as {@code master-0}
 * @param services roles it runs, such as {@code api-gateway}
 * @param host address that its servers listen on
 * @param gatewayPort HTTPS port of its gateway; 0 for a free one
 * @param healthPort plain HTTP port of health and metrics, loopback only
 * @param clustered whether it meets other processes; a process alone uses a local bus
 * @param hazelcastPort membership port
 * @param busPort event bus port
 * @param members {@code host:hazelcastPort} of every process of the cluster
 * @param state its state replica; ignored where it runs none
 * @param nodes the nodes whose agents it runs
 * @param apiServer URL under which clients reach the API, for pods
 * @param pki folder with the cluster's certificates
 * @param pods folder of the nodes' pods
 * @param stop how it ends when it is told to
 * @param events where its task-events service reaches Kafka; ignored where it runs none
 */
public record ProcessConfig(String process, List<String> services, String host, int gatewayPort, int healthPort,
        boolean clustered, int hazelcastPort, int busPort, List<String> members, StateConfiguration state,
        List<NodeConfiguration> nodes, String apiServer, String pki, String pods, StopConfiguration stop,
        EventsConfiguration events) {

    public static final String GATEWAY = "api-gateway";
    public static final String STATE = "state-service";
    public static final String SCHEDULER = "scheduler-service";
    public static final String CONTROLLER = "controller-service";
    public static final String EVENTS = "task-events";
    public static final String NODE = "node-agent";
    /** What a master runs; state first, because the others wait for it. */
    public static final List<String> MASTER_SERVICES = List.of(STATE, GATEWAY, SCHEDULER, CONTROLLER);

    /**
     * @param store {@code raft}, {@code memory} or {@code etcd=URL,…}
     * @param directory of the replica's log and snapshots
     * @param peers every replica of the group, this one included
     * @param etcd how to be let into etcd, where it is the store
     * @param joins whether it is none of the group's first replicas and waits to be added
     */
    public record StateConfiguration(String store, String directory, List<Peer> peers, EtcdShape etcd,
            boolean joins) {

        public StateConfiguration {
            etcd = Objects.requireNonNullElse(etcd, EtcdShape.NONE);
        }

        public StateConfiguration(String store, String directory, List<Peer> peers) {
            this(store, directory, peers, EtcdShape.NONE, false);
        }
    }

    /**
     * @param keepPods whether pods' processes outlive an orderly stop of their agent
     * @param drainMillis for how long it goes on serving, though not ready, so that others look elsewhere
     * @param leave whether its nodes' pods move to others before it ends
     */
    public record StopConfiguration(boolean keepPods, long drainMillis, boolean leave) {
        /** At once: for processes of one machine that end together. */
        public static final StopConfiguration AT_ONCE = new StopConfiguration(false, 0, false);

        /** Between the word that it stops and the end of its service. */
        public Duration notice() {
            return Duration.ofMillis(Math.max(0, drainMillis));
        }
    }

    /**
     * @param bootstrap {@code HOST:PORT,…} of Kafka
     * @param properties file of client properties, such as {@code security.protocol}; empty for none
     * @param topic of the task events
     * @param mode {@code binary} or {@code structured}
     * @param changesTopic of every object's changes; empty for none
     * @param partitions of the topics where they have to be made
     * @param replication of the topics where they have to be made; -1 for what Kafka does by default
     */
    public record EventsConfiguration(String bootstrap, String properties, String topic, String mode,
            String changesTopic, int partitions, short replication) {
        private static final int PARTITIONS = 4;
        private static final short KAFKAS_DEFAULT = -1;

        public static final EventsConfiguration NONE = new EventsConfiguration("", "", KafkaShape.TOPIC,
                KafkaShape.BINARY, "", PARTITIONS, KAFKAS_DEFAULT);

        /** What a person leaves out in a file is as it is by default. */
        public EventsConfiguration {
            bootstrap = Objects.requireNonNullElse(bootstrap, "");
            properties = Objects.requireNonNullElse(properties, "");
            topic = Objects.requireNonNullElse(topic, KafkaShape.TOPIC);
            mode = Objects.requireNonNullElse(mode, KafkaShape.BINARY);
            changesTopic = Objects.requireNonNullElse(changesTopic, "");
            partitions = partitions == 0 ? PARTITIONS : partitions;
            replication = replication == 0 ? KAFKAS_DEFAULT : replication;
        }

        static EventsConfiguration of(KafkaShape shape, String bootstrap, String properties) {
            return new EventsConfiguration(bootstrap, properties, shape.topic(), shape.mode(), shape.changesTopic(),
                    PARTITIONS, KAFKAS_DEFAULT);
        }
    }

    /** Files of earlier builds say nothing of events and of how to stop. */
    public ProcessConfig {
        events = Objects.requireNonNullElse(events, EventsConfiguration.NONE);
        stop = Objects.requireNonNullElse(stop, StopConfiguration.AT_ONCE);
    }

    /** @param name the process that runs it */
    public record Peer(String name, String host, int port) {}

    /** @param runtime {@code process} or {@code simulated} */
    public record NodeConfiguration(String name, int index, String runtime) {}

    public boolean runs(String role) {
        return services.contains(role);
    }

    public ProcessConfig only(List<String> roles) {
        return new ProcessConfig(process, roles, host, gatewayPort, healthPort, clustered, hazelcastPort, busPort,
                members, state, nodes, apiServer, pki, pods, stop, events);
    }

    /** The same with other processes to look for. */
    public ProcessConfig meeting(List<String> others) {
        return new ProcessConfig(process, services, host, gatewayPort, healthPort, clustered, hazelcastPort, busPort,
                others, state, nodes, apiServer, pki, pods, stop, events);
    }
}
