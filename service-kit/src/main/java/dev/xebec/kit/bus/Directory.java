package dev.xebec.kit.bus;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who serves what and says what, as the members' heartbeats tell it. Built so, and not on the event bus's own subscriptions, because
 * those outlive the nodes that made them. Thread-safe; choosing reads one immutable index without a lock.
 */
final class Directory {
    private final Peer self;
    private final BusSettings settings;
    private final ConcurrentMap<String, Peer> peers = new ConcurrentHashMap<>();
    /** The same in the order in which they were first heard of. */
    private final List<Peer> order = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final List<Runnable> onWords = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile Index index = Index.EMPTY;
    private volatile Map<String, Bytes> words = Map.of();
    private long sweptNanos = System.nanoTime();

    /** Those silent for too long since the last look, and those silent for so long that they are forgotten. */
    record Swept(List<Peer> silent, List<Peer> forgotten) {}

    Directory(Peer self, BusSettings settings) {
        this.self = self;
        this.settings = settings;
        peers.put(self.bus(), self);
        order.add(self);
    }

    Peer self() {
        return self;
    }

    /** All known members, this one and silent ones too. */
    List<Peer> peers() {
        return List.copyOf(peers.values());
    }

    @Nullable
    Peer peer(String bus) {
        return peers.get(bus);
    }

    List<Peer> serving(Offer.Way way, String address) {
        return index.of(way).getOrDefault(address, List.of());
    }

    /** What this member serves from now on. */
    void offer(Offer own) {
        self.offer(own);
        rebuild();
    }

    /** What this member says of itself from now on. */
    void say(Word own) {
        self.word(own);
        reword();
    }

    /**
     * What a heartbeat brought.
     *
     * @param newcomer it is the first of that member
     * @param behind it tells of an offer or a word that this member has not got
     */
    record Heard(boolean newcomer, boolean behind) {}

    /** Takes a heartbeat of another member. */
    Heard heard(Beat beat, long nowNanos) {
        boolean[] newcomer = {false};
        Peer peer = peers.computeIfAbsent(beat.bus(), bus -> {
            newcomer[0] = true;
            Peer made = new Peer(bus, beat.node(), nowNanos);
            order.add(made);
            return made;
        });
        boolean wasSilent = peer.silent();
        peer.heard(nowNanos);
        Offer offer = beat.offer();
        boolean newOffer = offer != null && offer.version() > peer.offer().version();
        if (offer != null && newOffer) {
            peer.offer(offer);
        }
        Word word = beat.word();
        boolean newWord = word != null && word.version() > peer.word().version();
        if (word != null && newWord) {
            peer.word(word);
        }
        if (newOffer || wasSilent) {
            rebuild();
        }
        if (newWord || wasSilent) {
            reword();
        }
        return new Heard(newcomer[0],
                beat.offered() > peer.offer().version() || beat.said() > peer.word().version());
    }

    /** What the members say of themselves that are there, by their names; the one heard of last is the last. */
    Map<String, Bytes> words() {
        return words;
    }

    private void reword() {
        lock.lock();
        try {
            Map<String, Bytes> now = new LinkedHashMap<>();
            for (Peer peer : order) {
                Bytes text = peer.word().text();
                if (!peer.silent() && !text.isEmpty()) {
                    now.put(peer.bus(), text);
                }
            }
            if (now.equals(words)) {
                return;
            }
            words = Collections.unmodifiableMap(now);
        } finally {
            lock.unlock();
        }
        onWords.forEach(Runnable::run);
    }

    /** Calls back after {@link #words} have changed, on whichever thread noticed it. */
    Bus.Registration onWords(Runnable listener) {
        onWords.add(listener);
        return () -> onWords.remove(listener);
    }

    /** Notes who has been silent for too long; on one thread, several times within that time. */
    Swept sweep(long nowNanos) {
        boolean stalled = nowNanos - sweptNanos > settings.beatSilence().toNanos() / 2;
        sweptNanos = nowNanos;
        Swept swept = new Swept(new ArrayList<>(), new ArrayList<>());
        if (stalled) {
            // It was this process that did not run: what the others said meanwhile is still to be read.
            return swept;
        }
        for (Peer peer : peers.values()) {
            if (peer == self) {
                continue;
            }
            long silent = peer.silentNanos(nowNanos);
            if (silent > settings.memory().toNanos()) {
                swept.forgotten().add(peer);
            } else if (silent > settings.beatSilence().toNanos() && !peer.silent()) {
                peer.fellSilent();
                swept.silent().add(peer);
            }
        }
        swept.forgotten().forEach(this::remove);
        if (!swept.silent().isEmpty()) {
            reword();
        }
        return swept;
    }

    void remove(Peer peer) {
        if (peer != self && peers.remove(peer.bus(), peer)) {
            order.remove(peer);
            rebuild();
            reword();
        }
    }

    /**
     * The member to ask: this one where it serves the address itself, otherwise the next in turn; those whose handler
     * failed lately and those that are silent only where there is no other. Waits a little for somebody to appear.
     */
    Peer choose(Offer.Way way, String address, Duration deadline) {
        Peer chosen = next(way, address);
        if (chosen != null) {
            return chosen;
        }
        List<Peer> known = index.of(way).get(address);
        if (known != null && known.isEmpty()) {
            // It was served and is no more: who asks so may have somebody else to ask.
            throw new UnavailableException("nobody serves " + address + " any more");
        }
        Duration patience = deadline.compareTo(settings.patience()) < 0 ? deadline : settings.patience();
        return await(way, address, patience);
    }

    private Peer await(Offer.Way way, String address, Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (true) {
                Peer chosen = next(way, address);
                if (chosen != null) {
                    return chosen;
                }
                if (left <= 0) {
                    throw new UnavailableException("nobody serves " + address);
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while waiting for somebody to serve " + address);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Peer next(Offer.Way way, String address) {
        List<Peer> serving = serving(way, address);
        if (serving.isEmpty()) {
            return null;
        }
        long now = System.nanoTime();
        if (serving.contains(self) && !self.avoided(address, now)) {
            return self;
        }
        int start = Math.floorMod(turn.getAndIncrement(), serving.size());
        Peer best = null;
        int bestRank = Integer.MAX_VALUE;
        for (int i = 0; i < serving.size(); i++) {
            Peer peer = serving.get((start + i) % serving.size());
            int rank = (peer.silent() ? 2 : 0) + (peer.avoided(address, now) ? 1 : 0);
            if (rank < bestRank) {
                best = peer;
                bestRank = rank;
            }
        }
        return best;
    }

    private void rebuild() {
        lock.lock();
        try {
            index = Index.of(peers.values(), index);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Members by address, for each way of serving; an address that was served remains, with nobody. */
    private record Index(Map<String, List<Peer>> requests, Map<String, List<Peer>> streams,
            Map<String, List<Peer>> topics) {
        static final Index EMPTY = new Index(Map.of(), Map.of(), Map.of());
        /** Addresses remembered with nobody; beyond it all of them are forgotten. */
        private static final int MAX_REMEMBERED = 10_000;

        static Index of(Iterable<Peer> peers, Index before) {
            return new Index(by(peers, Offer.Way.REQUESTS, before), by(peers, Offer.Way.STREAMS, before),
                    by(peers, Offer.Way.TOPICS, before));
        }

        Map<String, List<Peer>> of(Offer.Way way) {
            return switch (way) {
                case REQUESTS -> requests;
                case STREAMS -> streams;
                case TOPICS -> topics;
            };
        }

        private static Map<String, List<Peer>> by(Iterable<Peer> peers, Offer.Way way, Index before) {
            Map<String, List<Peer>> byAddress = new HashMap<>();
            if (before.of(way).size() < MAX_REMEMBERED) {
                before.of(way).keySet().forEach(address -> byAddress.put(address, new ArrayList<>(2)));
            }
            for (Peer peer : peers) {
                for (String address : peer.offer().addresses(way)) {
                    byAddress.computeIfAbsent(address, a -> new ArrayList<>(2)).add(peer);
                }
            }
            return byAddress;
        }
    }
}
