package dev.xebec.kit.bus;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.codec.MalformedMessageException;
import dev.xebec.kit.cluster.ClusterNodes;
import dev.xebec.kit.cluster.Departures;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This member on the event bus: its own address, its heartbeats, and what it hears of the others. Heartbeats are
 * published at one address, which with the own address is all that is ever subscribed to in the cluster.
 */
final class Presence {
    static final String BEATS = "xebec.beats";

    /** Every so many beats the offer is repeated, for those that missed it. */
    private static final int BEATS_PER_OFFER = 10;
    /** Names of members that said goodbye; beyond it all are forgotten. They are never used again. */
    private static final int MAX_DEPARTED = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

    private final Vertx vertx;
    private final BusSettings settings;
    private final Consumer<Peer> onSilent;
    private final Consumer<Peer> onGone;
    private final ClusterNodes nodes;
    private final Directory directory;
    private final Set<String> departed = ConcurrentHashMap.newKeySet();
    private final ReentrantLock offering = new ReentrantLock();
    private final Ear<Frame> own;
    private final Ear<Buffer> beats;
    private final Reachability reachability;
    private Departures.Watch left = () -> {
    };
    private long beatTimer;
    private long streamTimer;
    private int beatsSinceOffer;
    private volatile boolean closed;

    Presence(Vertx vertx, BusSettings settings, Handler<Message<Frame>> onMessage, Consumer<Peer> onSilent,
            Consumer<Peer> onGone) {
        this.vertx = vertx;
        this.settings = settings;
        this.onSilent = onSilent;
        this.onGone = onGone;
        nodes = ClusterNodes.of(vertx);
        directory = new Directory(new Peer(randomId(), nodes.self(), System.nanoTime()), settings);
        Context context = vertx.getOrCreateContext();
        own = new Ear<>(vertx, context, address(directory.self().bus()), onMessage);
        beats = new Ear<>(vertx, context, BEATS, message -> onBeat(Bytes.of(message.body().getBytes())));
        reachability = new Reachability(vertx, nodes, directory, own, beats);
    }

    static String address(String bus) {
        return "xebec.bus." + bus;
    }

    private static String randomId() {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    Directory directory() {
        return directory;
    }

    /** Begins to hear and to be heard. */
    void start(LongConsumer streamTick) {
        own.listen();
        beats.listen();
        left = nodes.onLeft(this::onLeft);
        beatTimer = vertx.setPeriodic(settings.beatEvery().toMillis(), timer -> beat());
        streamTimer = vertx.setPeriodic(settings.keepAlive().toMillis(), timer -> streamTick.accept(System.nanoTime()));
        publish(Beat.Mood.HELLO, true);
        reachability.start();
    }

    /** Reads the three sets under a lock, so that a later offer is never an older one. */
    void offer(Supplier<Set<String>> requests, Supplier<Set<String>> streams, Supplier<Set<String>> topics) {
        offering.lock();
        try {
            long version = directory.self().offer().version() + 1;
            directory.offer(new Offer(version, requests.get(), streams.get(), topics.get()));
        } finally {
            offering.unlock();
        }
        publish(Beat.Mood.STEADY, true);
    }

    private void beat() {
        boolean full = ++beatsSinceOffer >= BEATS_PER_OFFER;
        if (full) {
            beatsSinceOffer = 0;
        }
        publish(Beat.Mood.STEADY, full);
        Directory.Swept swept = directory.sweep(System.nanoTime());
        swept.silent().forEach(onSilent);
        swept.forgotten().forEach(onGone);
    }

    private void publish(Beat.Mood mood, boolean full) {
        if (closed && mood != Beat.Mood.GOODBYE) {
            return;
        }
        vertx.eventBus().publish(BEATS, Buffer.buffer(beat(mood, full).encode().array()));
    }

    private Beat beat(Beat.Mood mood, boolean full) {
        Peer self = directory.self();
        Offer offer = self.offer();
        return new Beat(mood, self.bus(), self.node(), offer.version(), full ? offer : null);
    }

    /** A heartbeat, published or sent to this member alone. */
    void onBeat(Bytes bytes) {
        Beat beat;
        try {
            beat = Beat.decode(bytes);
        } catch (MalformedMessageException e) {
            LOG.warn("A heartbeat that cannot be read: {}", e.getMessage());
            return;
        }
        if (beat.bus().equals(directory.self().bus())) {
            directory.self().heard(System.nanoTime());
            return;
        }
        if (departed.contains(beat.bus())) {
            // A beat that its goodbye has overtaken.
            return;
        }
        if (beat.mood() == Beat.Mood.GOODBYE) {
            if (departed.size() >= MAX_DEPARTED) {
                departed.clear();
            }
            departed.add(beat.bus());
            Peer peer = directory.peer(beat.bus());
            if (peer != null) {
                gone(peer);
            }
            return;
        }
        boolean newcomer = directory.heard(beat, System.nanoTime());
        if (newcomer || beat.mood() == Beat.Mood.HELLO) {
            introduce(beat.bus(), newcomer && beat.offer() == null ? Beat.Mood.HELLO : Beat.Mood.STEADY);
        }
    }

    /** Tells one member what is served here; HELLO asks the same of it. */
    private void introduce(String bus, Beat.Mood mood) {
        Frame beat = Frame.tell(BEATS, beat(mood, true).encode());
        vertx.eventBus().send(address(bus), beat, FrameCodec.options());
    }

    private void onLeft(String node) {
        for (Peer peer : directory.peers()) {
            if (peer.node().equals(node) && peer != directory.self()) {
                gone(peer);
            }
        }
    }

    private void gone(Peer peer) {
        directory.remove(peer);
        onGone.accept(peer);
    }

    void onProbe(Frame probe, Consumer<Frame> answer) {
        reachability.witness(probe, answer);
    }

    void close() {
        closed = true;
        vertx.cancelTimer(beatTimer);
        vertx.cancelTimer(streamTimer);
        left.close();
        reachability.close();
        beats.close();
        publish(Beat.Mood.GOODBYE, false);
        own.close();
    }
}
