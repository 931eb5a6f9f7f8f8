package dev.xebec.server.role;

import static dev.xebec.server.plan.ProcessConfig.EVENTS;
import static dev.xebec.server.plan.ProcessConfig.GATEWAY;
import static dev.xebec.server.plan.ProcessConfig.NODE;
import static dev.xebec.server.plan.ProcessConfig.STATE;

import java.util.ArrayList;
import java.util.List;

/**
 * What can be set of a role's process.
 *
 * @param key the flag's name and the file's, and as {@code XEBEC_…} the environment's; such as {@code health-port}
 * @param label what stands for a value in a help text
 * @param roles whom it concerns; empty for all members
 */
public record RoleSetting(String key, String label, String description, List<String> roles) {
    /** The role of the embedded Kafka broker, which is no member. */
    public static final String BROKER = "kafka";

    private static final List<RoleSetting> ALL = new ArrayList<>();

    public static final RoleSetting KAFKA_PORT = setting("kafka-port", "PORT", "for clients (default: 9092)", BROKER);
    public static final RoleSetting CONTROLLER_PORT = setting("controller-port", "PORT",
            "for itself, on the loopback address (default: 9093)",
            BROKER);
    public static final RoleSetting NAME = setting("name", "NAME",
            "this process's unique name (default: the host's, with the role before it)");
    public static final RoleSetting HOST = setting("host", "ADDRESS",
            "where its servers listen and others reach it; auto is the address of the machine's own name (default: 127.0.0.1)");
    public static final RoleSetting HEALTH_PORT = setting("health-port", "PORT",
            "plain HTTP with /livez, /readyz and /metrics (default: 8080)");
    public static final RoleSetting HAZELCAST_PORT = setting("hazelcast-port", "PORT", "membership (default: 5701)");
    public static final RoleSetting BUS_PORT = setting("bus-port", "PORT", "event bus (default: 5702)");
    public static final RoleSetting MEMBERS = setting("members", "HOST[:PORT],…",
            "where other members may be found; a name may have many addresses");
    public static final RoleSetting DATA = setting("data", "DIR", "what it keeps (default: /var/lib/xebec)");
    public static final RoleSetting PKI = setting("pki", "DIR",
            "its certificates, as \"xebec pki\" makes them (default: /etc/xebec/pki)");
    public static final RoleSetting LOG_FORMAT = setting("log-format", "text|json",
            "log lines for people or for machines (default: text)");
    public static final RoleSetting DRAIN = setting("drain", "TIME",
            "how long a stopping process goes on serving, though not ready (default: 0s)");
    public static final RoleSetting GATEWAY_PORT = setting("gateway-port", "PORT",
            "HTTPS of the Kubernetes API (default: 6443)",
            GATEWAY);
    public static final RoleSetting STATE_PEERS = setting("state-peers", "NAME=HOST:PORT,…",
            "the replicas of the state, this one among them",
            STATE);
    public static final RoleSetting STATE_JOIN = setting("state-join", "true|false",
            "it waits to be added by \"xebec state add\" (default: false)",
            STATE);
    public static final RoleSetting STORE = setting("store", "NAME",
            "raft, memory or etcd=URL,… (default: raft)",
            STATE);
    public static final RoleSetting ETCD_PREFIX = setting("etcd-prefix", "PREFIX",
            "what Xebec's keys in etcd start with",
            STATE);
    public static final RoleSetting ETCD_CAFILE = setting("etcd-cafile", "FILE",
            "who signed etcd's certificates, PEM",
            STATE);
    public static final RoleSetting ETCD_CERTFILE = setting("etcd-certfile", "FILE",
            "the certificate to show to etcd, PEM",
            STATE);
    public static final RoleSetting ETCD_KEYFILE = setting("etcd-keyfile", "FILE", "its key, PEM", STATE);
    public static final RoleSetting API_SERVER = setting("api-server", "URL",
            "where pods are told that the API is (default: port 6443 of the host)",
            NODE);
    public static final RoleSetting RUNTIME = setting("runtime", "NAME",
            "process or simulated (default: process)",
            NODE);
    public static final RoleSetting NODES = setting("nodes", "N",
            "how many simulated nodes it plays, named NAME-0, NAME-1, … (default: 1)",
            NODE);
    public static final RoleSetting NODE_INDEX = setting("node-index", "N",
            "which pod addresses are this node's, unique in the cluster, 0 to 4095 (default: the number that ends its name)",
            NODE);
    public static final RoleSetting KEEP_PODS = setting("keep-pods", "true|false",
            "pods run on while the agent is away (default: false)",
            NODE);
    public static final RoleSetting LEAVE_ON_STOP = setting("leave-on-stop", "true|false",
            "pods that a controller owns move to other nodes before it ends (default: false)",
            NODE);
    public static final RoleSetting KAFKA = setting("kafka", "HOST:PORT,…", "where Kafka is", EVENTS);
    public static final RoleSetting KAFKA_PROPERTIES = setting("kafka-properties", "FILE",
            "properties of Kafka clients, such as security.protocol",
            EVENTS);
    public static final RoleSetting EVENTS_TOPIC = setting("events-topic", "TOPIC",
            "the task events' (default: xebec.task-events)",
            EVENTS);
    public static final RoleSetting EVENTS_MODE = setting("events-mode", "MODE",
            "binary or structured (default: binary)",
            EVENTS);
    public static final RoleSetting CHANGES_TOPIC = setting("changes-topic", "TOPIC",
            "every object's changes (default: none)",
            EVENTS);
    public static final RoleSetting EVENTS_PARTITIONS = setting("events-partitions", "N",
            "of topics that it has to make (default: 4)",
            EVENTS);
    public static final RoleSetting EVENTS_REPLICATION = setting("events-replication", "N",
            "of topics that it has to make; -1 is what Kafka does by default (default: -1)",
            EVENTS);

    private static RoleSetting setting(String key, String label, String description, String... roles) {
        RoleSetting made = new RoleSetting(key, label, description, List.of(roles));
        ALL.add(made);
        return made;
    }

    /** Those of one role, in the order in which a person would read them. */
    public static List<RoleSetting> of(String role) {
        if (role.equals(BROKER)) {
            return List.of(HOST, KAFKA_PORT, CONTROLLER_PORT, DATA, PKI);
        }
        return ALL.stream().filter(setting -> setting.roles().isEmpty() || setting.roles().contains(role)).toList();
    }
}
