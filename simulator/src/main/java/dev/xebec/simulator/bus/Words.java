package dev.xebec.simulator.bus;

import dev.xebec.contracts.Bytes;
import dev.xebec.kit.bus.BusSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What this member says of itself, and what it last heard the others say. Thread-safe. */
final class Words {
    private final BusSettings settings;
    private final SimulatedBus self;
    private final Predicate<SimulatedBus> here;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<SimulatedBus, Frame.Word> heard = new LinkedHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private Frame.Word own = new Frame.Word(0, Bytes.EMPTY);
    private int beatsSinceSaid;
    private volatile Map<String, Bytes> present = Map.of();

    /** @param here whether a member has been heard lately */
    Words(SimulatedBus self, BusSettings settings, Predicate<SimulatedBus> here) {
        this.self = self;
        this.settings = settings;
        this.here = here;
    }

    /** The word to tell the others; null where it is what they have been told. */
    Frame.@Nullable Word say(Bytes text) {
        lock.lock();
        try {
            beatsSinceSaid = 0;
            return change(text);
        } finally {
            lock.unlock();
        }
    }

    /** The word to tell with this beat: nothing any more where it has not been said again for so long. */
    Frame.Word beat() {
        lock.lock();
        try {
            beatsSinceSaid++;
            if (beatsSinceSaid * settings.beatEvery().toNanos() > settings.beatSilence().toNanos()) {
                Frame.Word unused = change(Bytes.EMPTY);
            }
            return own;
        } finally {
            lock.unlock();
        }
    }

    private Frame.@Nullable Word change(Bytes text) {
        if (own.text().equals(text)) {
            return null;
        }
        own = new Frame.Word(own.version() + 1, text);
        heard.put(self, own);
        return own;
    }

    Frame.Word own() {
        lock.lock();
        try {
            return own;
        } finally {
            lock.unlock();
        }
    }

    /** Answers whether it is the first from that member. */
    boolean hear(SimulatedBus from, Frame.Word word) {
        lock.lock();
        try {
            Frame.Word before = heard.get(from);
            if (before == null || before.version() < word.version()) {
                heard.put(from, word);
            }
            return before == null;
        } finally {
            lock.unlock();
        }
    }

    Map<String, Bytes> present() {
        return present;
    }

    void listen(Runnable listener) {
        listeners.add(listener);
    }

    void forget(Runnable listener) {
        listeners.remove(listener);
    }

    /** Looks again who is there, and tells the listeners where that makes a difference. */
    void refresh() {
        List<SimulatedBus> members;
        lock.lock();
        try {
            members = new ArrayList<>(heard.keySet());
        } finally {
            lock.unlock();
        }
        // Asks the network, whose lock is never taken within this one.
        members.removeIf(member -> member != self && !here.test(member));
        boolean changed;
        lock.lock();
        try {
            Map<String, Bytes> now = new LinkedHashMap<>();
            for (SimulatedBus member : members) {
                Frame.Word word = heard.get(member);
                if (word != null && !word.text().isEmpty()) {
                    now.put(member.id(), word.text());
                }
            }
            changed = !now.equals(present);
            present = Collections.unmodifiableMap(now);
        } finally {
            lock.unlock();
        }
        if (changed) {
            listeners.forEach(Runnable::run);
        }
    }
}
