package dev.xebec.system.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.simulator.history.Entry;
import dev.xebec.simulator.history.History;
import dev.xebec.simulator.history.Scope;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Timer;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

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
    private static final String NAMESPACE = "fleet";
    private static final Scope REGISTERS = new Scope("configmaps", NAMESPACE, Map.of());
    private static final Scope PODS = Scope.all("pods");
    /** Registers of one colour: writers flip it. */
    private static final Scope RED = new Scope("configmaps", NAMESPACE, Map.of(RegisterWriter.COLOUR, "red"));

    private final List<Map.Entry<String, URI>> gateways;
    private final SSLContext tls;
    private final Random seeds;
    private final Recorder recorder = new Recorder();
    private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
    private final Queue<String> troubles = new ConcurrentLinkedQueue<>();
    private final Timer timer = new Timer("watch-ends", true);
    private final List<Worker> workers = new ArrayList<>();
    private final List<Watcher> watchers = new ArrayList<>();
    private final Tenant tenant;
    private final Informers informers;
    private List<Entry.Listing> finalState = List.of();

    private ClientFleet(Map<String, URI> gateways, Config config, long seed) throws Exception {
        this.gateways = List.copyOf(gateways.entrySet());
        this.tls = SSLUtils.sslContext(config);
        this.seeds = new Random(seed);
        createNamespace();
        for (int at = 0; at < this.gateways.size(); at++) {
            String name = this.gateways.get(at).getKey();
            add(new RegisterWriter("writer-" + name, door(at), recorder, NAMESPACE, seeds.nextLong(), faults));
            add(new Lister("lister-" + name, door(at), recorder, List.of(REGISTERS, RED, PODS), seeds.nextLong(),
                    faults));
            for (Scope scope : List.of(REGISTERS, RED, PODS, Scope.all("nodes"),
                    Scope.all("nodeallocations.cluster.xebec.dev"))) {
                watch(scope.equals(RED) ? "red" : scope.resource(), name, door(at), scope, false);
            }
        }
        add(new RegisterWriter("writer-roaming-1", anyDoor(), recorder, NAMESPACE, seeds.nextLong(), faults));
        add(new RegisterWriter("writer-roaming-2", anyDoor(), recorder, NAMESPACE, seeds.nextLong(), faults));
        for (Scope scope : List.of(REGISTERS, RED, PODS)) {
            watch(scope.equals(RED) ? "red" : scope.resource(), "roaming", anyDoor(), scope, true);
        }
        tenant = new Tenant("tenant", anyDoor(), recorder, NAMESPACE, seeds.nextLong(), faults);
        workers.add(tenant);
        informers = new Informers(gateways, config, NAMESPACE);
    }

    /**
     * Starts all clients; returns once there are some writes and every watcher has begun. The cluster is settled.
     *
     * @param gateways each gateway's own address by its name, such as {@code master-0}; the names stand in the report
     * @param kubeconfig of the administrator
     * @param seed of what the clients choose
     */
    public static ClientFleet start(Map<String, URI> gateways, Path kubeconfig, long seed) throws Exception {
        ClientFleet fleet = new ClientFleet(gateways, Config.fromKubeconfig(Files.readString(kubeconfig)), seed);
        try {
            fleet.workers.forEach(Worker::start);
            Patience.await("the clients to begin", () -> fleet.acknowledgedWrites() > 20
                    && fleet.watchers.stream().allMatch(watcher -> watcher.reached() > 0) ? "" : "they have not");
            return fleet;
        } catch (InterruptedException | AssertionError failure) {
            fleet.close();
            throw failure;
        }
    }

    /** How many writes have been acknowledged so far: waiting for more shows that the cluster works. */
    public long acknowledgedWrites() {
        return recorder.acknowledgedWrites();
    }

    /** Requests so far that had no answer, or one that says to try again. */
    public List<String> troubles() {
        return List.copyOf(troubles);
    }

    /**
     * Lets everything settle, waits until every reader at every gateway has been told of the last writes, and ends the
     * clients. Call it when all faults are over.
     *
     * @throws AssertionError when something does not settle with generous patience
     */
    public History stop() throws Exception {
        List<Worker> writing = workers.stream().filter(worker -> !(worker instanceof Watcher)).toList();
        writing.forEach(Worker::askToStop);
        for (Worker worker : writing) {
            worker.join();
        }
        Patience.await("the Deployments to be scaled down", () -> tenant.askForWhatFits() ? "" : "not yet");
        try (ApiDoor door = anyDoor()) {
            Patience.await("everything to come to rest", new Rest(recorder, door, NAMESPACE)::unsettled);
            Entry.Listing end = Patience.get("a list of the end", () -> registers(door));
            Patience.await("every watcher to know the end", () -> behind(end.revision()));
            Patience.await("every informer to know the end", () -> informers.difference(end));
        }
        List<Entry.Listing> shown = new ArrayList<>();
        for (int at = 0; at < gateways.size(); at++) {
            try (ApiDoor door = door(at)) {
                for (String resource : ApiPath.RESOURCES) {
                    shown.add(Patience.get("a last list", () -> recorder.listUnnoted("final", door,
                            Entry.Consistency.LINEARIZABLE, Scope.all(resource))));
                }
            }
        }
        finalState = List.copyOf(shown);
        close();
        for (Throwable fault : faults) {
            throw new AssertionError("a client failed", fault);
        }
        return recorder.history();
    }

    /** What nobody writes any more. Other things go on, so that the next list has a later revision. */
    private Entry.@Nullable Listing registers(ApiDoor door) {
        Entry.Listing listing = recorder.list("final", door, Entry.Consistency.LINEARIZABLE, REGISTERS);
        if (listing == null) {
            door.moveOn();
        }
        return listing;
    }

    /** A watcher that has not been told of everything up to a revision; empty when all have. */
    private String behind(long revision) {
        return watchers.stream().filter(watcher -> watcher.reached() < revision).findFirst()
                .map(watcher -> watcher.name() + " is at " + watcher.reached() + ", behind " + revision).orElse("");
    }

    /** What each gateway showed of every resource after {@link #stop}. */
    public List<Entry.Listing> finalState() {
        return finalState;
    }

    private void add(Worker worker) {
        workers.add(worker);
    }

    private void watch(String what, String where, ApiDoor door, Scope scope, boolean roaming) {
        Watcher watcher = new Watcher("watcher-" + what + "-" + where, door, recorder, scope, roaming, seeds.nextLong(),
                timer, faults);
        watchers.add(watcher);
        workers.add(watcher);
    }

    /** To one gateway. */
    private ApiDoor door(int gateway) {
        return new ApiDoor(List.of(gateways.get(gateway)), tls, troubles::add);
    }

    /** To whichever gateway works, beginning with any. */
    private ApiDoor anyDoor() {
        ApiDoor door = new ApiDoor(gateways, tls, troubles::add);
        for (int moves = seeds.nextInt(gateways.size()); moves > 0; moves--) {
            door.moveOn();
        }
        return door;
    }

    private void createNamespace() throws InterruptedException {
        ObjectNode tree = Json.object().put("kind", "Namespace").put("apiVersion", "v1");
        tree.putObject("metadata").put("name", NAMESPACE);
        try (ApiDoor door = anyDoor()) {
            Patience.await("a namespace", () -> {
                try {
                    ApiDoor.Reply reply = door.send("POST", "/api/v1/namespaces", "application/json", tree);
                    return reply.ok() || reply.code() == 409 ? "" : "status " + reply.code();
                } catch (IOException unanswered) {
                    door.moveOn();
                    return unanswered.toString();
                }
            });
        }
    }

    /** Ends the clients at once, if they are not yet. */
    @Override
    public void close() throws InterruptedException {
        workers.forEach(Worker::askToStop);
        watchers.forEach(Watcher::cut);
        for (Worker worker : workers) {
            worker.join();
        }
        timer.cancel();
        informers.close();
    }
}
