package dev.xebec.server.plan;

/**
 * Where the embedded broker listens on the loopback address; kept over restarts, because clients remember it.
 *
 * @param port for clients; 0 where there is no embedded broker
 * @param controllerPort for itself
 */
public record BrokerPlan(int port, int controllerPort) {
    public static final BrokerPlan NONE = new BrokerPlan(0, 0);

    public boolean wanted() {
        return port > 0;
    }
}
