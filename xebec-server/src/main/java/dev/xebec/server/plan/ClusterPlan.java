package dev.xebec.server.plan;

import dev.xebec.server.layout.DataDirectory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;

/**
 * The processes of a cluster on this machine. One master: one process with everything in it. Several: a process each,
 * and the nodes in processes of their own.
 */
public record ClusterPlan(ClusterShape shape, String host, List<ProcessConfig> processes, BrokerPlan broker) {

    /** The process that plays all simulated nodes. */
    static final String SIMULATED_NODES = "nodes";

    /** Plans of earlier builds know no broker. */
    public ClusterPlan {
        broker = Objects.requireNonNullElse(broker, BrokerPlan.NONE);
    }

    /**
     * Lays out a cluster. Ports of an earlier plan are kept: those of Raft always, because a group remembers its peers'
     * addresses, the others unless somebody else took them meanwhile.
     *
     * @param before the plan of the last start, empty at the first
     * @param freePort gives a port that nobody uses, another one each time
     * @param isFree whether nobody uses a port
     */
    public static ClusterPlan of(ClusterShape shape, DataDirectory data, Optional<ClusterPlan> before,
            IntSupplier freePort, IntPredicate isFree) {
        String host = "127.0.0.1";
        String api = "https://" + host + ":" + shape.port();
        Ports ports = new Ports(before, freePort, isFree);
        BrokerPlan broker = shape.kafka().embedded() ? ports.broker() : BrokerPlan.NONE;
        ProcessConfig.EventsConfiguration events = events(shape.kafka(), data, host, broker);
        boolean clustered = shape.masters() > 1;
        List<ProcessConfig.Peer> peers = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int master = 0; master < shape.masters(); master++) {
            names.add("master-" + master);
            peers.add(new ProcessConfig.Peer("master-" + master, host, ports.raft("master-" + master)));
        }
        List<ProcessConfig.NodeConfiguration> nodes = new ArrayList<>();
        for (int node = 0; node < shape.nodes(); node++) {
            nodes.add(new ProcessConfig.NodeConfiguration("node-" + node, node, shape.runtime()));
            if (clustered && !shape.simulated()) {
                names.add("node-" + node);
            }
        }
        if (clustered && shape.simulated() && shape.nodes() > 0) {
            names.add(SIMULATED_NODES);
        }
        List<String> members = clustered
                ? names.stream().map(name -> host + ":" + ports.hazelcast(name)).toList()
                : List.of();
        List<ProcessConfig> processes = new ArrayList<>();
        for (String name : names) {
            boolean master = name.startsWith("master-");
            List<String> services = new ArrayList<>(master ? ProcessConfig.MASTER_SERVICES : List.of());
            if (master && !shape.kafka().off()) {
                services.add(ProcessConfig.EVENTS);
            }
            List<ProcessConfig.NodeConfiguration> own = clustered && !name.equals(SIMULATED_NODES)
                    ? nodes.stream().filter(node -> node.name().equals(name)).toList()
                    : nodes;
            if (!own.isEmpty()) {
                services.add(ProcessConfig.NODE);
            }
            processes.add(new ProcessConfig(name, services, host, clustered ? ports.gateway(name) : shape.port(),
                    ports.health(name), clustered, clustered ? ports.hazelcast(name) : 0,
                    clustered ? ports.bus(name) : 0, members,
                    new ProcessConfig.StateConfiguration(shape.store(), data.state(name).toString(), peers,
                            shape.etcd(), false),
                    own, api,
                    data.pki().toString(), data.pods().toString(), ProcessConfig.StopConfiguration.AT_ONCE, events));
        }
        return new ClusterPlan(shape, host, processes, broker);
    }

    private static ProcessConfig.EventsConfiguration events(KafkaShape kafka, DataDirectory data, String host,
            BrokerPlan broker) {
        if (kafka.off()) {
            return ProcessConfig.EventsConfiguration.NONE;
        }
        return kafka.embedded()
                ? ProcessConfig.EventsConfiguration.of(kafka, host + ":" + broker.port(),
                        data.kafka().resolve("task-events.properties").toString())
                : ProcessConfig.EventsConfiguration.of(kafka, kafka.cluster(), kafka.properties());
    }

    /** Ports of the last plan, or new ones. */
    private static final class Ports {
        private final List<ProcessConfig> before;
        private final BrokerPlan brokerBefore;
        private final IntSupplier freePort;
        private final IntPredicate isFree;
        /** Free as they look, they are another process's of this cluster. */
        private final Set<Integer> kept = new HashSet<>();
        private final Map<String, Integer> given = new HashMap<>();

        Ports(Optional<ClusterPlan> last, IntSupplier freePort, IntPredicate isFree) {
            this.before = last.map(ClusterPlan::processes).orElse(List.of());
            this.brokerBefore = last.map(ClusterPlan::broker).orElse(BrokerPlan.NONE);
            this.freePort = freePort;
            this.isFree = isFree;
            kept.addAll(List.of(brokerBefore.port(), brokerBefore.controllerPort()));
            for (ProcessConfig config : before) {
                kept.addAll(
                        List.of(config.gatewayPort(), config.healthPort(), config.hazelcastPort(), config.busPort()));
                config.state().peers().forEach(peer -> kept.add(peer.port()));
            }
        }

        int raft(String process) {
            return given.computeIfAbsent("raft " + process, key -> before.stream()
                    .flatMap(config -> config.state().peers().stream()).filter(peer -> peer.name().equals(process))
                    .map(ProcessConfig.Peer::port).findFirst().orElseGet(this::fresh));
        }

        int hazelcast(String process) {
            return kept("hazelcast", process, ProcessConfig::hazelcastPort);
        }

        int bus(String process) {
            return kept("bus", process, ProcessConfig::busPort);
        }

        int gateway(String process) {
            return kept("gateway", process, ProcessConfig::gatewayPort);
        }

        int health(String process) {
            return kept("health", process, ProcessConfig::healthPort);
        }

        BrokerPlan broker() {
            return new BrokerPlan(kept(brokerBefore.port()), kept(brokerBefore.controllerPort()));
        }

        private int kept(int port) {
            return port > 0 && isFree.test(port) ? port : fresh();
        }

        private int kept(String purpose, String process, ToIntFunction<ProcessConfig> port) {
            return given.computeIfAbsent(purpose + " " + process, key -> before.stream()
                    .filter(config -> config.process().equals(process)).map(port::applyAsInt)
                    .filter(found -> found > 0 && isFree.test(found)).findFirst().orElseGet(this::fresh));
        }

        private int fresh() {
            int port = freePort.getAsInt();
            while (kept.contains(port)) {
                port = freePort.getAsInt();
            }
            return port;
        }
    }
}
