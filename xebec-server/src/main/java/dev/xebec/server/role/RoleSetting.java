package dev.xebec.server.role;

import static dev.xebec.server.plan.ProcessConfig.EVENTS;
import static dev.xebec.server.plan.ProcessConfig.GATEWAY;
import static dev.xebec.server.plan.ProcessConfig.NODE;
import static dev.xebec.server.plan.ProcessConfig.STATE;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What can be set of a role's process. Its name is the flag's, the file's and, as {@code XEBEC_…}, the environment's. */
public enum RoleSetting {
    KAFKA_PORT("PORT", "for clients (default: 9092)", RoleSetting.BROKER), CONTROLLER_PORT("PORT",
            "for itself, on the loopback address (default: 9093)", RoleSetting.BROKER), NAME("NAME",
                    "this process's unique name (default: the host's, with the role before it)"), HOST("ADDRESS",
                            "where its servers listen and others reach it; auto is the address of the machine's own name "
                                    + "(default: 127.0.0.1)"), HEALTH_PORT("PORT",
                                            "plain HTTP with /livez, /readyz and /metrics (default: 8080)"), HAZELCAST_PORT(
                                                    "PORT", "membership (default: 5701)"), BUS_PORT("PORT",
                                                            "event bus (default: 5702)"), MEMBERS("HOST[:PORT],…",
                                                                    "where other members may be found; a name may have many addresses"), DATA(
                                                                            "DIR",
                                                                            "what it keeps (default: /var/lib/xebec)"), PKI(
                                                                                    "DIR",
                                                                                    "its certificates, as \"xebec pki\" makes them (default: /etc/xebec/pki)"), DRAIN(
                                                                                            "TIME",
                                                                                            "how long a stopping process goes on serving, though not ready (default: 0s)"), GATEWAY_PORT(
                                                                                                    "PORT",
                                                                                                    "HTTPS of the Kubernetes API (default: 6443)",
                                                                                                    GATEWAY), STATE_PEERS(
                                                                                                            "NAME=HOST:PORT,…",
                                                                                                            "the replicas of the state, this one among them",
                                                                                                            STATE), STATE_JOIN(
                                                                                                                    "true|false",
                                                                                                                    "it waits to be added by \"xebec state add\" (default: false)",
                                                                                                                    STATE), STORE(
                                                                                                                            "NAME",
                                                                                                                            "raft, memory or etcd=URL,… (default: raft)",
                                                                                                                            STATE), ETCD_PREFIX(
                                                                                                                                    "PREFIX",
                                                                                                                                    "what Xebec's keys in etcd start with",
                                                                                                                                    STATE), ETCD_CAFILE(
                                                                                                                                            "FILE",
                                                                                                                                            "who signed etcd's certificates, PEM",
                                                                                                                                            STATE), ETCD_CERTFILE(
                                                                                                                                                    "FILE",
                                                                                                                                                    "the certificate to show to etcd, PEM",
                                                                                                                                                    STATE), ETCD_KEYFILE(
                                                                                                                                                            "FILE",
                                                                                                                                                            "its key, PEM",
                                                                                                                                                            STATE), API_SERVER(
                                                                                                                                                                    "URL",
                                                                                                                                                                    "where pods are told that the API is (default: port 6443 of the host)",
                                                                                                                                                                    NODE), RUNTIME(
                                                                                                                                                                            "NAME",
                                                                                                                                                                            "process or simulated (default: process)",
                                                                                                                                                                            NODE), NODES(
                                                                                                                                                                                    "N",
                                                                                                                                                                                    "how many simulated nodes it plays, named NAME-0, NAME-1, … (default: 1)",
                                                                                                                                                                                    NODE), NODE_INDEX(
                                                                                                                                                                                            "N",
                                                                                                                                                                                            "which pod addresses are this node's, unique in the cluster, 0 to 4095 (default: the number that "
                                                                                                                                                                                                    + "ends its name)",
                                                                                                                                                                                            NODE), KEEP_PODS(
                                                                                                                                                                                                    "true|false",
                                                                                                                                                                                                    "pods run on while the agent is away (default: false)",
                                                                                                                                                                                                    NODE), LEAVE_ON_STOP(
                                                                                                                                                                                                            "true|false",
                                                                                                                                                                                                            "pods that a controller owns move to other nodes before it ends (default: false)",
                                                                                                                                                                                                            NODE), KAFKA(
                                                                                                                                                                                                                    "HOST:PORT,…",
                                                                                                                                                                                                                    "where Kafka is",
                                                                                                                                                                                                                    EVENTS), KAFKA_PROPERTIES(
                                                                                                                                                                                                                            "FILE",
                                                                                                                                                                                                                            "properties of Kafka clients, such as security.protocol",
                                                                                                                                                                                                                            EVENTS), EVENTS_TOPIC(
                                                                                                                                                                                                                                    "TOPIC",
                                                                                                                                                                                                                                    "the task events' (default: xebec.task-events)",
                                                                                                                                                                                                                                    EVENTS), EVENTS_MODE(
                                                                                                                                                                                                                                            "MODE",
                                                                                                                                                                                                                                            "binary or structured (default: binary)",
                                                                                                                                                                                                                                            EVENTS), CHANGES_TOPIC(
                                                                                                                                                                                                                                                    "TOPIC",
                                                                                                                                                                                                                                                    "every object's changes (default: none)",
                                                                                                                                                                                                                                                    EVENTS);

    /** The role of the embedded Kafka broker, which is no member. */
    public static final String BROKER = "kafka";

    private final String label;
    private final String description;
    private final List<String> roles;

    RoleSetting(String label, String description, String... roles) {
        this.label = label;
        this.description = description;
        this.roles = List.of(roles);
    }

    /** Such as {@code health-port}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What stands for a value in a help text. */
    public String label() {
        return label;
    }

    public String description() {
        return description;
    }

    /** Those of one role, in the order in which a person would read them. */
    public static List<RoleSetting> of(String role) {
        if (role.equals(BROKER)) {
            return List.of(HOST, KAFKA_PORT, CONTROLLER_PORT, DATA, PKI);
        }
        return Arrays.stream(values()).filter(setting -> setting.roles.isEmpty() || setting.roles.contains(role))
                .toList();
    }
}
