package dev.xebec.simulator.bus;

import dev.xebec.kit.bus.BusSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One member's ends of open streams, by number. Thread-safe; used by its own process alone. */
final class Streams {
    private final SimulatedBus self;
    private final BusSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, Entry> open = new LinkedHashMap<>();
    private long numbers;

    private record Entry(SimulatedStream stream, SimulatedBus peer) {}

    Streams(SimulatedBus self, BusSettings settings) {
        this.self = self;
        this.settings = settings;
    }

    /** A new end whose other end is at {@code peer}. */
    SimulatedStream create(SimulatedBus peer) {
        lock.lock();
        try {
            SimulatedStream stream = new SimulatedStream(++numbers, new To(peer), settings);
            open.put(stream.number(), new Entry(stream, peer));
            return stream;
        } finally {
            lock.unlock();
        }
    }

    void hear(SimulatedBus from, Frame.OfStream frame) {
        Entry entry = entry(frame.to());
        boolean known = entry != null && entry.peer() == from && entry.stream().hear(frame.from(), frame.piece());
        if (!known && frame.piece() instanceof Frame.Alive) {
            self.post(from, new Frame.OfStream(frame.from(), frame.to(),
                    new Frame.Broken("the other side knows no such stream")));
        }
    }

    private @Nullable Entry entry(long number) {
        lock.lock();
        try {
            return open.get(number);
        } finally {
            lock.unlock();
        }
    }

    private List<Entry> all() {
        lock.lock();
        try {
            return new ArrayList<>(open.values());
        } finally {
            lock.unlock();
        }
    }

    private void remove(long number) {
        lock.lock();
        try {
            open.remove(number);
        } finally {
            lock.unlock();
        }
    }

    /** Streams that are not over on this side. */
    int size() {
        return all().size();
    }

    void tick(long now) {
        for (Entry entry : all()) {
            if (entry.peer() == self) {
                continue;
            }
            if (self.takesForHere(entry.peer())) {
                entry.stream().tick(now);
            } else if (entry.stream().breakWith("the member at the other side of the stream left")) {
                remove(entry.stream().number());
            }
        }
    }

    void failAll(String reason) {
        all().forEach(entry -> entry.stream().fail(reason));
    }

    /** Within one member frames are handed over by the sender. */
    private final class To implements SimulatedStream.Wire {
        private final SimulatedBus peer;

        To(SimulatedBus peer) {
            this.peer = peer;
        }

        @Override
        public void send(Frame.OfStream frame) {
            if (peer == self) {
                hear(self, frame);
            } else {
                self.post(peer, frame);
            }
        }

        @Override
        public void forget(SimulatedStream stream) {
            remove(stream.number());
        }
    }
}
