package dev.xebec.kit.bus;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.codec.MalformedMessageException;
import dev.xebec.kit.cluster.ClusterNodes;
import dev.xebec.kit.cluster.Departures;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.security.SecureRandom;
import java.util.HashSet;
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
 * This member on the event bus: its own address, its heartbeats, and what it hears of the others. In a cluster the address follows
 * from the node's id, which the cluster's membership tells everybody: so heartbeats go from member to member, and that address is
 * all that is ever subscribed to. Not published: what is published while connections are being made is in part lost, with an
 * "IllegalStateException: Promise already completed" in the log, because one promise stands for all receivers. Source: vert.x#4922.
 */
final class Presence {
    static final String BEATS = "xebec.beats";

    /** Every so many beats the offer and the word are repeated, for those that missed them and know of none. */
    private static final int BEATS_PER_WHOLE = 10;
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
    /** Of a bus that is not clustered. */
    private final Ear<Frame> everybody;
    private final Reachability reachability;
    private Departures.Watch left = () -> {
    };
    private long beatTimer;
    private long streamTimer;
    private int beatsSinceWhole;
    private long beatNanos = System.nanoTime();
    /** How long this member has been beating without a word. */
    private volatile long wordlessNanos;
    private volatile boolean closed;

    Presence(Vertx vertx, BusSettings settings, Handler<Message<Frame>> onMessage, Consumer<Peer> onSilent,
            Consumer<Peer> onGone) {
        this.vertx = vertx;
        this.settings = settings;
        this.onSilent = onSilent;
        this.onGone = onGone;
        nodes = ClusterNodes.of(vertx);
        String bus = nodes.clustered() ? nodes.self() : randomId();
        directory = new Directory(new Peer(bus, nodes.self(), System.nanoTime()), settings);
        Context context = vertx.getOrCreateContext();
        own = new Ear<>(vertx, context, address(bus), onMessage);
        everybody = new Ear<>(vertx, context, BEATS, onMessage);
        reachability = new Reachability(vertx, nodes, directory, own);
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
        if (!nodes.clustered()) {
            everybody.listen();
        }
        left = nodes.onLeft(this::onLeft);
        beatTimer = vertx.setPeriodic(untilBeat(System.currentTimeMillis()), settings.beatEvery().toMillis(),
                timer -> beat());
        streamTimer = vertx.setPeriodic(settings.keepAlive().toMillis(), timer -> streamTick.accept(System.nanoTime()));
        tell(Beat.Mood.HELLO, true);
        reachability.start();
    }

    /** All beat in step, as far as their clocks agree: who hears many at once wakes up once. */
    private long untilBeat(long nowMillis) {
        long every = settings.beatEvery().toMillis();
        return every - Math.floorMod(nowMillis, every);
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
        tell(Beat.Mood.STEADY, true);
    }

    /** What this member says of itself, which is no news where it is the same as before. */
    void say(Bytes word) {
        wordlessNanos = 0;
        utter(word);
    }

    private void utter(Bytes word) {
        offering.lock();
        try {
            if (directory.self().word().text().equals(word)) {
                return;
            }
            directory.say(directory.self().word().next(word));
        } finally {
            offering.unlock();
        }
        tell(Beat.Mood.STEADY, true);
    }

    private void beat() {
        boolean whole = ++beatsSinceWhole >= BEATS_PER_WHOLE;
        if (whole) {
            beatsSinceWhole = 0;
        }
        long now = System.nanoTime();
        fallMute(now);
        tell(Beat.Mood.STEADY, whole);
        Directory.Swept swept = directory.sweep(now);
        swept.silent().forEach(onSilent);
        swept.forgotten().forEach(onGone);
    }

    /** Event loops run on when the rest of the process hangs. A process that did not run at all, and catches up, does not hang. */
    private void fallMute(long nowNanos) {
        wordlessNanos += Math.min(nowNanos - beatNanos, settings.beatEvery().toNanos());
        beatNanos = nowNanos;
        if (wordlessNanos > settings.beatSilence().toNanos() && !directory.self().word().text().isEmpty()) {
            LOG.warn("This process said nothing of its services for {} ms; the others do without them",
                    wordlessNanos / 1_000_000);
            utter(Bytes.EMPTY);
        }
    }

    private void tell(Beat.Mood mood, boolean whole) {
        if (closed && mood != Beat.Mood.GOODBYE) {
            return;
        }
        Frame beat = Frame.tell(BEATS, beat(mood, whole).encode());
        if (!nodes.clustered()) {
            vertx.eventBus().publish(BEATS, beat, FrameCodec.options());
            return;
        }
        // Who was never heard may not be connected, and to connect is too late for one that leaves.
        Set<String> others = mood == Beat.Mood.GOODBYE ? heard() : others();
        others.remove(directory.self().bus());
        others.forEach(bus -> send(bus, beat));
    }

    /** Those whom the cluster knows, and those heard of, whom it may have forgotten. */
    private Set<String> others() {
        Set<String> others = heard();
        try {
            others.addAll(nodes.live());
        } catch (UnavailableException e) {
            // It is being left; those heard of are told.
            LOG.debug("Who is there: {}", e.getMessage());
        }
        return others;
    }

    private Set<String> heard() {
        Set<String> heard = new HashSet<>();
        directory.peers().forEach(peer -> heard.add(peer.bus()));
        return heard;
    }

    private void send(String bus, Frame beat) {
        vertx.eventBus().send(address(bus), beat, FrameCodec.options());
    }

    private Beat beat(Beat.Mood mood, boolean whole) {
        Peer self = directory.self();
        Offer offer = self.offer();
        Word word = self.word();
        return new Beat(mood, self.bus(), self.node(), offer.version(), whole ? offer : null, word.version(),
                whole ? word : null);
    }

    /** A heartbeat, told to all or to this member alone. */
    void onBeat(Bytes bytes) {
        Beat beat;
        try {
            beat = Beat.decode(bytes);
        } catch (MalformedMessageException e) {
            LOG.warn("A heartbeat that cannot be read: {}", e.getMessage());
            return;
        }
        if (beat.bus().equals(directory.self().bus()) || departed.contains(beat.bus())) {
            // Its own, or one that its goodbye has overtaken.
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
        Directory.Heard heard = directory.heard(beat, System.nanoTime());
        if (heard.newcomer() || heard.behind() || beat.mood() == Beat.Mood.HELLO) {
            Beat.Mood mood = heard.behind() ? Beat.Mood.HELLO : Beat.Mood.STEADY;
            send(beat.bus(), Frame.tell(BEATS, beat(mood, true).encode()));
        }
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
        everybody.close();
        tell(Beat.Mood.GOODBYE, false);
        own.close();
    }
}
