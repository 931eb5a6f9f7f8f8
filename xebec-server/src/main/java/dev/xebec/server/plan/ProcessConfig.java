package dev.xebec.server.plan;

import java.util.List;

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
 * @param keepPods whether pods' processes outlive an orderly stop of their agent
 */
public record ProcessConfig(String process, List<String> services, String host, int gatewayPort, int healthPort,
        boolean clustered, int hazelcastPort, int busPort, List<String> members, StateConfiguration state,
        List<NodeConfiguration> nodes, String apiServer, String pki, String pods, boolean keepPods) {

    public static final String GATEWAY = "api-gateway";
    public static final String STATE = "state-service";
    public static final String SCHEDULER = "scheduler-service";
    public static final String CONTROLLER = "controller-service";
    public static final String NODE = "node-agent";
    /** What a master runs; state first, because the others wait for it. */
    public static final List<String> MASTER_SERVICES = List.of(STATE, GATEWAY, SCHEDULER, CONTROLLER);

    /**
     * @param store {@code raft} or {@code memory}
     * @param directory of the replica's log and snapshots
     * @param peers every replica of the group, this one included
     */
    public record StateConfiguration(String store, String directory, List<Peer> peers) {}

    /** @param name the process that runs it */
    public record Peer(String name, String host, int port) {}

    /** @param runtime {@code process} or {@code simulated} */
    public record NodeConfiguration(String name, int index, String runtime) {}

    public boolean runs(String role) {
        return services.contains(role);
    }

    public ProcessConfig only(List<String> roles) {
        return new ProcessConfig(process, roles, host, gatewayPort, healthPort, clustered, hazelcastPort, busPort,
                members, state, nodes, apiServer, pki, pods, keepPods);
    }

    /** The same with other processes to look for. */
    public ProcessConfig meeting(List<String> others) {
        return new ProcessConfig(process, services, host, gatewayPort, healthPort, clustered, hazelcastPort, busPort,
                others, state, nodes, apiServer, pki, pods, keepPods);
    }
}
