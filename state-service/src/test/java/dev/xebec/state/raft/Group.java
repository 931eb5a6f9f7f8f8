package dev.xebec.state.raft;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.TxnResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** Replicas of one group in this JVM, on free loopback ports, that reach their leader by plain calls. */
final class Group implements AutoCloseable {
    private final List<RaftConfig> configs;
    private final Map<String, RaftStateStore> running = new ConcurrentHashMap<>();

    private final AtomicInteger snapshotsTaken = new AtomicInteger();
    private final AtomicInteger snapshotsInstalled = new AtomicInteger();
    private final Observer counting = new Observer() {
        @Override
        public void snapshotTaken(long nanos) {
            snapshotsTaken.incrementAndGet();
        }

        @Override
        public void snapshotInstalled() {
            snapshotsInstalled.incrementAndGet();
        }
    };

    private Group(List<RaftConfig> configs) {
        this.configs = new CopyOnWriteArrayList<>(configs);
    }

    static Group of(int size, Path directory) {
        return of(size, directory, UnaryOperator.identity());
    }

    static Group of(int size, Path directory, UnaryOperator<RaftConfig> change) {
        List<Peer> peers = new ArrayList<>();
        for (int port : FreePorts.take(size)) {
            peers.add(new Peer("state-" + peers.size(), "127.0.0.1", port));
        }
        return of(peers, directory, change);
    }

    static Group of(List<Peer> peers, Path directory, UnaryOperator<RaftConfig> change) {
        return new Group(peers.stream()
                .map(peer -> change.apply(RaftConfig.of(peer.name(), directory.resolve(peer.name()), peers))).toList());
    }

    /** Reaches no other replica. */
    static PeerForwarder nobody() {
        return new Group(List.of()).new DirectCalls();
    }

    /**
     * Starts all and waits until each has an entry in its log: Ratis does not count the vote of a replica whose log is
     * empty once another's is not, since its disk may have been lost.
     */
    void startAll() {
        for (int i = 0; i < configs.size(); i++) {
            start(i);
        }
        store(awaitLeader()).currentRevision(LogGroup.MAIN);
        if (configs.size() > 1) {
            await("all replicas to have the first entry",
                    () -> running.values().stream().allMatch(store -> store.replica().position().index() >= 0));
        }
    }

    RaftStateStore start(int which) {
        RaftConfig config = configs.get(which);
        try {
            RaftStateStore store = RaftStateStore.start(config, new DirectCalls(), InstantSource.system(), counting);
            running.put(config.name(), store);
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop(int which) {
        RaftStateStore store = running.remove(configs.get(which).name());
        if (store != null) {
            try {
                store.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** One more replica, which is none of the first ones; it does not run yet. */
    int joining(Path directory, UnaryOperator<RaftConfig> change) {
        Peer self = new Peer("state-" + configs.size(), "127.0.0.1", FreePorts.take(1).getFirst());
        RaftConfig config = change.apply(RaftConfig.of(self.name(), directory.resolve(self.name()), List.of(self)));
        configs.add(config.withAccess(config.access().joining()));
        return configs.size() - 1;
    }

    /** The same replica, to be started with another configuration. */
    void reconfigure(int which, UnaryOperator<RaftConfig> change) {
        configs.set(which, change.apply(configs.get(which)));
    }

    RaftConfig config(int which) {
        return configs.get(which);
    }

    RaftStateStore store(int which) {
        RaftStateStore store = running.get(configs.get(which).name());
        if (store == null) {
            throw new UnavailableException("replica " + which + " is stopped");
        }
        return store;
    }

    /** The replica that leads, once one does. */
    int awaitLeader() {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < deadline) {
            for (int i = 0; i < configs.size(); i++) {
                RaftStateStore store = running.get(configs.get(i).name());
                if (store != null && store.leads()) {
                    return i;
                }
            }
            sleep(Duration.ofMillis(10));
        }
        throw new AssertionError("no leader after 60 s");
    }

    /** A running replica that does not lead. */
    int awaitFollower() {
        int leader = awaitLeader();
        for (int i = 0; i < configs.size(); i++) {
            if (i != leader && running.containsKey(configs.get(i).name())) {
                return i;
            }
        }
        throw new AssertionError("no follower runs");
    }

    int snapshotsTaken() {
        return snapshotsTaken.get();
    }

    int snapshotsInstalled() {
        return snapshotsInstalled.get();
    }

    static void await(String what, BooleanSupplier reached) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited 60 s for " + what);
            }
            sleep(Duration.ofMillis(10));
        }
    }

    static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** All at once: each takes Ratis most of a second. */
    @Override
    public void close() {
        List<Thread> stops = new ArrayList<>();
        for (int i = 0; i < configs.size(); i++) {
            int which = i;
            stops.add(Thread.ofVirtual().start(() -> stop(which)));
        }
        for (Thread stop : stops) {
            try {
                stop.join();
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            }
        }
    }

    private RaftStateStore reach(String name) {
        RaftStateStore store = running.get(name);
        if (store == null) {
            throw new UnavailableException(name + " does not answer");
        }
        return store;
    }

    private final class DirectCalls implements PeerForwarder {
        @Override
        public List<TxnResult> proposeAsLeader(String leader, Proposal proposal, Duration deadline) {
            return reach(leader).proposeAsLeader(proposal);
        }

        @Override
        public long barrierAsLeader(String leader, LogGroup group, Duration deadline) {
            return reach(leader).barrierAsLeader();
        }

        @Override
        public long compactAsLeader(String leader, LogGroup group, long revision, Duration deadline) {
            return reach(leader).compactAsLeader(revision);
        }

        @Override
        public long termOf(String replica, Duration deadline) {
            return reach(replica).term();
        }
    }
}
