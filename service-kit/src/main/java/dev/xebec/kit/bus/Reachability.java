package dev.xebec.kit.bus;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.kit.cluster.ClusterNodes;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves once a second that this member is reached through the cluster, and makes its subscription anew where it is not: everybody
 * whom the cluster knows has to be heard, at its own address; where one is not, another member is asked to send to that address. After
 * a cut of the network nodes have been seen to stay deaf for good. Source: vert.x#4394.
 */
final class Reachability {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(2);
    private static final Duration MARK_LIMIT = Duration.ofSeconds(1);
    /** How long a node of the cluster may be unheard of before the fault is sought on this side. */
    private static final Duration DEAF_AFTER = Duration.ofSeconds(3);
    /** A node that joined but says nothing must not have everybody subscribe anew for ever at that rate. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(Reachability.class);

    private final Vertx vertx;
    private final ClusterNodes nodes;
    private final Directory directory;
    private final Ear<Frame> own;
    private final Thread proving;
    private long heardAllNanos = System.nanoTime();
    private Duration pause = DEAF_AFTER;
    private int turn;

    Reachability(Vertx vertx, ClusterNodes nodes, Directory directory, Ear<Frame> own) {
        this.vertx = vertx;
        this.nodes = nodes;
        this.directory = directory;
        this.own = own;
        proving = Thread.ofVirtual().name("bus-reachability").unstarted(this::run);
    }

    /** Begins to prove, where there is a cluster to prove it to. */
    void start() {
        if (nodes.clustered()) {
            proving.start();
        }
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(EVERY);
                prove();
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        }
    }

    private void prove() {
        try {
            long now = System.nanoTime();
            proveHearing(now);
            if (!unheard(now, EVERY).isEmpty()) {
                proveAddress();
            }
        } catch (UnavailableException e) {
            LOG.debug("Cannot subscribe anew: {}", e.getMessage());
        }
    }

    private void proveHearing(long nowNanos) {
        Set<String> unheard = unheard(nowNanos, DEAF_AFTER);
        if (unheard.isEmpty()) {
            heardAllNanos = nowNanos;
            pause = DEAF_AFTER;
            return;
        }
        if (nowNanos - heardAllNanos > pause.toNanos()) {
            // No news for an operator: one that starts has joined the cluster a moment before it speaks.
            LOG.debug("Not heard on the event bus: {}; subscribing anew", unheard);
            heardAllNanos = nowNanos;
            pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
            nodes.tellAgain();
            own.listen();
        }
    }

    /** Other nodes that the cluster knows and that have said nothing lately. */
    private Set<String> unheard(long nowNanos, Duration lately) {
        Set<String> unheard = new HashSet<>(nodes.live());
        unheard.remove(nodes.self());
        for (Peer peer : directory.peers()) {
            if (peer.silentNanos(nowNanos) < lately.toNanos()) {
                unheard.remove(peer.node());
            }
        }
        return unheard;
    }

    private void proveAddress() {
        List<Peer> others = directory.peers().stream()
                .filter(peer -> peer != directory.self() && !peer.silent()).toList();
        if (others.isEmpty()) {
            return;
        }
        Peer witness = others.get(Math.floorMod(turn++, others.size()));
        Frame probe = Frame.ofStream(Frame.Kind.PROBE, 0, 0, Bytes.utf8(directory.self().bus()));
        Frame answer;
        try {
            answer = ask(witness.bus(), probe, PROBE_LIMIT);
        } catch (UnavailableException e) {
            LOG.debug("No witness: {}", e.getMessage());
            return;
        }
        if (answer.kind() == Frame.Kind.UNAVAILABLE) {
            LOG.warn("Another member cannot reach this one on the event bus ({}); subscribing anew", answer.text());
            nodes.tellAgain();
            own.listen();
        }
    }

    /** Another member asks to be reached. Never blocks. */
    void witness(Frame probe, Consumer<Frame> answer) {
        Frame mark = Frame.ofStream(Frame.Kind.MARK, 0, 0, Bytes.EMPTY);
        vertx.eventBus().<Frame>request(Presence.address(probe.text()), mark, FrameCodec.options(MARK_LIMIT))
                .onComplete(reached -> answer.accept(reached.succeeded()
                        ? Frame.answer(Bytes.EMPTY)
                        : Frame.unavailable(String.valueOf(reached.cause().getMessage()))));
    }

    private Frame ask(String bus, Frame question, Duration limit) {
        CompletableFuture<Frame> answer = new CompletableFuture<>();
        vertx.eventBus().<Frame>request(Presence.address(bus), question, FrameCodec.options(limit))
                .onComplete(reply -> {
                    if (reply.succeeded()) {
                        answer.complete(reply.result().body());
                    } else {
                        answer.completeExceptionally(reply.cause());
                    }
                });
        try {
            return answer.get(2 * limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new UnavailableException("no answer to a probe", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while probing");
        }
    }

    void close() {
        proving.interrupt();
    }
}
