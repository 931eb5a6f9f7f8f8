package dev.xebec.server.role;

import dev.xebec.kit.config.Settings;
import dev.xebec.kit.config.SettingsException;
import dev.xebec.server.plan.EtcdShape;
import dev.xebec.server.plan.KafkaShape;
import dev.xebec.server.plan.ProcessConfig;
import dev.xebec.server.plan.ProcessConfig.Peer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Reads what a role's process is told, and fills in what it is not told. */
public final class RoleSettings {
    private static final int API_PORT = 6443;
    private static final int HEALTH_PORT = 8080;
    private static final int HAZELCAST_PORT = 5701;
    private static final int BUS_PORT = 5702;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_NODES = 10_000;
    private static final int MAX_PARTITIONS = 1_024;
    private static final int MAX_REPLICAS = 9;
    /** Ranges of pod addresses. */
    private static final int INDEXES = 4_096;
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
    private static final Pattern PEER = Pattern
            .compile("([a-z0-9][-a-z0-9.]*)=([A-Za-z0-9._-]+|\\[[0-9a-fA-F:.]+]):([0-9]{1,5})");
    private static final Pattern MEMBER = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9a-fA-F:.]+])(:[0-9]{1,5})?");
    private static final Pattern NUMBER_AT_END = Pattern.compile(".*?([0-9]{1,4})");

    private final String role;
    private final Settings settings;
    private final Machine machine;

    /** What a process knows of the machine, or container, that it runs on. */
    public interface Machine {
        /** Its host name, without a domain. */
        String hostName();

        /** The address that its host name resolves to. */
        String address();
    }

    private RoleSettings(String role, Settings settings, Machine machine) {
        this.role = role;
        this.settings = settings;
        this.machine = machine;
    }

    /**
     * @param role such as {@code api-gateway}
     * @throws SettingsException whose message says in a sentence what cannot be used
     */
    public static ProcessConfig read(String role, Settings settings, Machine machine) {
        RoleSettings reading = new RoleSettings(role, settings, machine);
        ProcessConfig config = reading.config();
        settings.refuseUnknown();
        return config;
    }

    private ProcessConfig config() {
        String name = name();
        String host = host();
        int hazelcastPort = port(RoleSetting.HAZELCAST_PORT, HAZELCAST_PORT);
        Path data = settings.path(RoleSetting.DATA.key(), Path.of("/var/lib/xebec"));
        return new ProcessConfig(name, List.of(role), host,
                role.equals(ProcessConfig.GATEWAY) ? port(RoleSetting.GATEWAY_PORT, API_PORT) : 0,
                port(RoleSetting.HEALTH_PORT, HEALTH_PORT), true, hazelcastPort,
                port(RoleSetting.BUS_PORT, BUS_PORT), members(hazelcastPort), state(name, data), nodes(name),
                apiServer(host), settings.path(RoleSetting.PKI.key(), Path.of("/etc/xebec/pki")).toString(),
                data.resolve("pods").toString(), stop(), events());
    }

    private String name() {
        String hostName = machine.hostName();
        String name = settings.string(RoleSetting.NAME.key(),
                hostName.startsWith(role) ? hostName : role + "-" + hostName);
        if (!NAME.matcher(name).matches()) {
            throw SettingsException
                    .of(RoleSetting.NAME.key() + " has to be lower-case letters, digits, '-' and '.', not \""
                            + name + "\"");
        }
        return name;
    }

    private String host() {
        String host = settings.string(RoleSetting.HOST.key(), "127.0.0.1");
        return host.equals("auto") ? machine.address() : host;
    }

    private int port(RoleSetting setting, int standard) {
        return settings.integer(setting.key(), standard, 1, MAX_PORT);
    }

    private List<String> members(int hazelcastPort) {
        List<String> members = new ArrayList<>();
        for (String member : settings.list(RoleSetting.MEMBERS.key(), List.of())) {
            Matcher parts = MEMBER.matcher(member);
            if (!parts.matches()) {
                throw SettingsException.of("members has to be HOST[:PORT],…, not \"" + member + "\"");
            }
            members.add(parts.group(2) == null ? member + ":" + hazelcastPort : member);
        }
        return members;
    }

    private ProcessConfig.StateConfiguration state(String name, Path data) {
        if (!role.equals(ProcessConfig.STATE)) {
            return new ProcessConfig.StateConfiguration("raft", "", List.of());
        }
        String store = settings.string(RoleSetting.STORE.key(), "raft");
        EtcdShape etcd = etcd();
        List<Peer> peers = settings.list(RoleSetting.STATE_PEERS.key(), List.of()).stream().map(RoleSettings::peer)
                .toList();
        boolean joins = settings.bool(RoleSetting.STATE_JOIN.key(), false);
        if (EtcdShape.names(store)) {
            usable(store, etcd);
        } else if (!Set.of("raft", "memory").contains(store)) {
            throw SettingsException.of("store has to be raft, memory or etcd=URL,…, not \"" + store + "\"");
        } else if (store.equals("raft")) {
            requirePeers(name, peers);
        }
        return new ProcessConfig.StateConfiguration(store, data.resolve("state").resolve(name).toString(), peers, etcd,
                joins);
    }

    private EtcdShape etcd() {
        return new EtcdShape(settings.string(RoleSetting.ETCD_PREFIX.key(), EtcdShape.NONE.prefix()),
                settings.string(RoleSetting.ETCD_CAFILE.key(), ""),
                settings.string(RoleSetting.ETCD_CERTFILE.key(), ""),
                settings.string(RoleSetting.ETCD_KEYFILE.key(), ""));
    }

    private static void usable(String store, EtcdShape etcd) {
        try {
            etcd.config("any", store);
        } catch (IllegalArgumentException objection) {
            throw SettingsException.of("store \"" + store + "\" cannot be used: " + objection.getMessage());
        }
    }

    private static Peer peer(String text) {
        Matcher parts = PEER.matcher(text);
        int port = parts.matches() ? Integer.parseInt(parts.group(3)) : 0;
        if (port < 1 || port > MAX_PORT) {
            throw SettingsException.of("state-peers has to be NAME=HOST:PORT,…, not \"" + text + "\"");
        }
        return new Peer(parts.group(1), parts.group(2), port);
    }

    private static void requirePeers(String name, List<Peer> peers) {
        long distinct = peers.stream().map(Peer::name).distinct().count();
        if (distinct != peers.size()) {
            throw SettingsException.of("state-peers names a replica twice");
        }
        if (peers.stream().noneMatch(peer -> peer.name().equals(name))) {
            throw SettingsException.of(peers.isEmpty()
                    ? "state-peers has to say NAME=HOST:PORT,… of the replicas, this one (" + name + ") among them"
                    : "state-peers does not have this process's name, " + name + "; set name to one of them");
        }
    }

    private List<ProcessConfig.NodeConfiguration> nodes(String name) {
        if (!role.equals(ProcessConfig.NODE)) {
            return List.of();
        }
        String runtime = settings.choice(RoleSetting.RUNTIME.key(), "process", Set.of("process", "simulated"));
        int count = settings.integer(RoleSetting.NODES.key(), 1, 1, MAX_NODES);
        int index = settings.integer(RoleSetting.NODE_INDEX.key(), index(name), 0, INDEXES - 1);
        if (runtime.equals("process") && count != 1) {
            throw SettingsException.of("nodes has to be 1 with runtime process: an agent runs one node");
        }
        return IntStream.range(0, count)
                .mapToObj(node -> new ProcessConfig.NodeConfiguration(
                        runtime.equals("process") ? name : name + "-" + node, index, runtime))
                .toList();
    }

    /** A number at the end of a name is unique among those that differ in nothing else; others are spread by their hash. */
    private static int index(String name) {
        Matcher ending = NUMBER_AT_END.matcher(name);
        int number = ending.matches() ? Integer.parseInt(ending.group(1)) : INDEXES;
        return number < INDEXES ? number : Math.floorMod(name.hashCode(), INDEXES);
    }

    private String apiServer(String host) {
        return role.equals(ProcessConfig.NODE)
                ? settings.string(RoleSetting.API_SERVER.key(), "https://" + host + ":" + API_PORT)
                : "https://" + host + ":" + API_PORT;
    }

    private ProcessConfig.StopConfiguration stop() {
        boolean node = role.equals(ProcessConfig.NODE);
        return new ProcessConfig.StopConfiguration(node && settings.bool(RoleSetting.KEEP_PODS.key(), false),
                settings.duration(RoleSetting.DRAIN.key(), Duration.ZERO).toMillis(),
                node && settings.bool(RoleSetting.LEAVE_ON_STOP.key(), false));
    }

    private ProcessConfig.EventsConfiguration events() {
        if (!role.equals(ProcessConfig.EVENTS)) {
            return ProcessConfig.EventsConfiguration.NONE;
        }
        String kafka = settings.string(RoleSetting.KAFKA.key(), "");
        if (!KafkaShape.addresses(kafka)) {
            throw SettingsException.of("kafka has to be HOST:PORT,…, not \"" + kafka + "\"");
        }
        KafkaShape shape = new KafkaShape(kafka, settings.string(RoleSetting.KAFKA_PROPERTIES.key(), ""),
                topic(RoleSetting.EVENTS_TOPIC, KafkaShape.TOPIC),
                settings.choice(RoleSetting.EVENTS_MODE.key(), KafkaShape.BINARY,
                        Set.of(KafkaShape.BINARY, KafkaShape.STRUCTURED)),
                topic(RoleSetting.CHANGES_TOPIC, ""));
        ProcessConfig.EventsConfiguration none = ProcessConfig.EventsConfiguration.NONE;
        return new ProcessConfig.EventsConfiguration(kafka, shape.properties(), shape.topic(), shape.mode(),
                shape.changesTopic(),
                settings.integer(RoleSetting.EVENTS_PARTITIONS.key(), none.partitions(), 1, MAX_PARTITIONS),
                (short) settings.integer(RoleSetting.EVENTS_REPLICATION.key(), none.replication(), -1, MAX_REPLICAS));
    }

    private String topic(RoleSetting setting, String standard) {
        String topic = settings.string(setting.key(), standard);
        if (!topic.isEmpty() && !KafkaShape.topicName(topic)) {
            throw SettingsException.of(setting.key() + " has to be a name of a Kafka topic, not \"" + topic + "\"");
        }
        return topic;
    }
}
