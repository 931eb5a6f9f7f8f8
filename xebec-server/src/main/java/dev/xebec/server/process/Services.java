package dev.xebec.server.process;

import dev.xebec.controller.service.ControllerConfig;
import dev.xebec.controller.service.ControllerService;
import dev.xebec.events.kafka.KafkaSettings;
import dev.xebec.events.service.TaskEventsConfig;
import dev.xebec.events.service.TaskEventsService;
import dev.xebec.gateway.service.GatewayConfig;
import dev.xebec.gateway.http.Farewell;
import dev.xebec.gateway.service.GatewayService;
import dev.xebec.kit.service.Service;
import dev.xebec.kit.service.ServiceContext;
import dev.xebec.node.service.NodeAgentConfig;
import dev.xebec.node.service.NodeAgentService;
import dev.xebec.node.service.SimulatedNodes;
import dev.xebec.node.service.SimulatedNodesConfig;
import dev.xebec.scheduler.service.SchedulerService;
import dev.xebec.server.StartupException;
import dev.xebec.server.kafka.ClientProperties;
import dev.xebec.server.layout.DataDirectory;
import dev.xebec.server.plan.KafkaShape;
import dev.xebec.server.plan.EtcdShape;
import dev.xebec.server.plan.ProcessConfig;
import dev.xebec.state.raft.Peer;
import dev.xebec.state.service.EtcdStateService;
import dev.xebec.state.service.MemoryStateService;
import dev.xebec.state.service.StateConfig;
import dev.xebec.state.service.StateService;
import dev.xebec.state.transport.PeerTls;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes the services that a process's configuration names. */
final class Services {
    private static final int HTTPS_PORT = 443;
    /** For pods to move to other nodes: as long as most pods may take to end, and a little. */
    private static final Duration LEAVE_GRACE = Duration.ofSeconds(35);
    private static final Duration STOP_GRACE = Duration.ofSeconds(10);

    private final ProcessConfig config;
    private final ServiceContext context;
    private final Vertx vertx;

    /** @param vertx for what serves sockets */
    Services(ProcessConfig config, ServiceContext context, Vertx vertx) {
        this.config = config;
        this.context = context;
        this.vertx = vertx;
    }

    /** In the order of their start. */
    List<Service> masterSide() {
        List<Service> services = new ArrayList<>();
        if (config.runs(ProcessConfig.STATE)) {
            services.add(state());
        }
        if (config.runs(ProcessConfig.GATEWAY)) {
            services.add(gateway());
        }
        if (config.runs(ProcessConfig.SCHEDULER)) {
            services.add(new SchedulerService(context));
        }
        if (config.runs(ProcessConfig.CONTROLLER)) {
            services.add(new ControllerService(context, ControllerConfig.standard(clusterCa())));
        }
        return services;
    }

    private Duration leaveGrace() {
        return config.stop().leave() ? LEAVE_GRACE : Duration.ZERO;
    }

    /** Those that nothing waits for: they start once all others are ready. */
    List<Service> later() {
        return config.runs(ProcessConfig.EVENTS) ? List.of(taskEvents()) : List.of();
    }

    private Service taskEvents() {
        ProcessConfig.EventsConfiguration events = config.events();
        if (events.bootstrap().isEmpty()) {
            throw new StartupException(
                    "the configuration of " + ProcessConfig.EVENTS + " does not say where Kafka is: events.bootstrap");
        }
        KafkaSettings kafka = new KafkaSettings(events.bootstrap(), ClientProperties.read(events.properties()));
        return new TaskEventsService(vertx, context, new TaskEventsConfig(kafka, events.topic(),
                events.mode().equals(KafkaShape.STRUCTURED), events.changesTopic(), events.partitions(),
                events.replication()));
    }

    /** The agents by the name of their node; all simulated nodes are one service. */
    Map<String, Service> nodes() {
        Map<String, Service> agents = new LinkedHashMap<>();
        List<ProcessConfig.NodeConfiguration> nodes = config.nodes();
        if (!nodes.isEmpty() && nodes.get(0).runtime().equals("simulated")) {
            agents.put("nodes", new SimulatedNodes(context, SimulatedNodesConfig.of(
                    nodes.get(0).name().replaceFirst("-0$", ""), nodes.size()).leaving(leaveGrace())));
            return agents;
        }
        URI api = URI.create(config.apiServer());
        List<Path> masked = masked(config);
        for (ProcessConfig.NodeConfiguration node : nodes) {
            agents.put(node.name(), new NodeAgentService(context,
                    NodeAgentConfig.of(node.name(), node.index(), Path.of(config.pods(), node.name()))
                            .apiAt(api.getHost(), api.getPort() < 0 ? HTTPS_PORT : api.getPort()).address(config.host())
                            .masked(masked)
                            .onStop(config.stop().keepPods(), STOP_GRACE).leaving(leaveGrace())));
        }
        return agents;
    }

    /**
     * What no pod may see: the keys and the replica and, where they lie in one data folder, all of it, which holds the
     * administrator's kubeconfig too.
     */
    static List<Path> masked(ProcessConfig config) {
        Stream<Path> folders = Stream.of(Path.of(config.pki()), Path.of(config.state().directory()));
        return Stream.concat(DataDirectory.around(Path.of(config.pods())).stream(), folders).filter(Files::isDirectory)
                .map(folder -> {
                    try {
                        return folder.toRealPath();
                    } catch (IOException unreadable) {
                        throw new StartupException("cannot hide " + folder + " from pods: " + unreadable.getMessage(),
                                unreadable);
                    }
                }).toList();
    }

    private Service state() {
        if (config.state().store().equals("memory")) {
            return new MemoryStateService(context, config.process());
        }
        if (EtcdShape.names(config.state().store())) {
            return new EtcdStateService(context,
                    config.state().etcd().config(config.process(), config.state().store()));
        }
        List<Peer> peers = config.state().peers().stream()
                .map(peer -> new Peer(peer.name(), peer.host(), peer.port())).toList();
        StateConfig state = StateConfig.of(config.process(), Path.of(config.state().directory()), peers);
        Path pki = Path.of(config.pki());
        StateConfig reached = config.clustered()
                ? state.over(config.host(), new PeerTls(pki.resolve("member.crt"), pki.resolve("member.key"),
                        pki.resolve("bus-ca.crt")))
                : state;
        return new StateService(context, config.state().joins() ? reached.joining() : reached);
    }

    private Service gateway() {
        Path pki = Path.of(config.pki());
        return new GatewayService(vertx, context, GatewayConfig.of(config.host(), config.gatewayPort(),
                pki.resolve("apiserver.crt"), pki.resolve("apiserver.key"), pki.resolve("ca.crt"))
                .farewell(Farewell.after(config.stop().notice())));
    }

    private String clusterCa() {
        try {
            return Files.readString(Path.of(config.pki(), "ca.crt"));
        } catch (IOException unreadable) {
            throw new StartupException("cannot read the cluster's certificate authority: " + unreadable.getMessage(),
                    unreadable);
        }
    }
}
