package dev.xebec.kit.member;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.codec.MalformedMessageException;
import dev.xebec.contracts.member.Member;
import dev.xebec.contracts.member.Members;
import dev.xebec.kit.bus.Bus;
import dev.xebec.kit.cluster.Departures;
import dev.xebec.kit.member.MemberTable.View;
import dev.xebec.kit.service.Service;
import dev.xebec.kit.service.ServiceContext;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The members as this process hears of them, and the voice of its own. A process is gone when it says goodbye, when the
 * cluster sees its connections close, or when it was silent for {@link MemberTiming#silence()} of monotonic time.
 * Thread-safe; listeners run on virtual threads, none twice at a time.
 */
public final class Membership implements Members, AutoCloseable {
    static final String ADDRESS = "xebec.members";

    private static final Duration STARTING_LOOK = Duration.ofMillis(25);
    /** A minute; who starts more slowly is seen at the next heartbeat. */
    private static final int STARTING_LOOKS = 2_400;
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    private final Bus bus;
    private final InstantSource clock;
    private final String process;
    private final String node;
    private final long source = new SecureRandom().nextLong();
    private final MemberTable table;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Supplier<Member>> own = new CopyOnWriteArrayList<>();
    private final ConcurrentMap<String, List<Debounced>> listeners = new ConcurrentHashMap<>();
    /** Roles whose keys are shared out, and what tells whether this process may take its share. */
    private final ConcurrentMap<String, BooleanSupplier> owned = new ConcurrentHashMap<>();
    private final List<Runnable> onBeat = new CopyOnWriteArrayList<>();
    private final Debounced beating;
    private final Bus.Registration listening;
    private final Departures.Watch left;
    private final Thread heart;
    private volatile View view = View.EMPTY;
    private volatile boolean closed;

    /**
     * Listens and beats from now on.
     *
     * @param departures which nodes of the cluster leave; with Vert.x, {@code ClusterNodes.of(vertx)}
     */
    public Membership(Bus bus, Departures departures, InstantSource clock, String process, MemberTiming timing) {
        this.bus = bus;
        this.clock = clock;
        this.process = process;
        node = departures.self();
        table = new MemberTable(source, timing.silence().toNanos(), System.nanoTime());
        beating = new Debounced("member-heartbeat", this::beat);
        listening = bus.listen(ADDRESS, this::onHeartbeat);
        left = departures.onLeft(id -> change(now -> table.nodeLeft(id)));
        heart = Thread.ofVirtual().name("member-heart").start(() -> beatEach(timing.beat()));
    }

    private void beatEach(Duration pause) {
        try {
            while (!closed) {
                Thread.sleep(pause);
                beating.call();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells of one service of this process from now on; {@code self} is asked at each heartbeat, answers at once. */
    public Bus.Registration announce(Supplier<Member> self) {
        own.add(self);
        beating.call();
        when(() -> asFarAsReached(self.get()).ready() || !own.contains(self), beating::call);
        return () -> {
            own.remove(self);
            beating.call();
        };
    }

    /** Tells of one service of this process by its condition. */
    public Bus.Registration announce(String role, Supplier<Service.Condition> condition) {
        Instant startedAt = clock.instant();
        long pid = ProcessHandle.current().pid();
        return announce(() -> {
            Service.Condition now = condition.get();
            return new Member(role, process, source, pid, now.address(), startedAt, now.ready(), now.leader(),
                    now.revision(), now.sharePercent());
        });
    }

    /** A start should not wait for the next heartbeat: looks often for a while, and acts as soon as it holds. */
    private void when(BooleanSupplier condition, Runnable action) {
        Thread.ofVirtual().name("member-start").start(() -> {
            try {
                for (int i = 0; i < STARTING_LOOKS && !closed && !condition.getAsBoolean(); i++) {
                    Thread.sleep(STARTING_LOOK);
                }
                action.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Beats now, without waiting for the next turn: to be called when a service has become ready or no longer is. */
    public void beatNow() {
        beating.call();
    }

    /**
     * Ownership of any role's keys by this process. While {@code reachable} says no it claims nothing and calls itself not
     * ready in these roles, so that others take its share over.
     */
    public ServiceContext.Ownerships ownerships(BooleanSupplier reachable) {
        ConcurrentMap<String, RendezvousOwnership> byRole = new ConcurrentHashMap<>();
        return role -> byRole.computeIfAbsent(role, wanted -> {
            owned.put(wanted, reachable);
            RendezvousOwnership ownership = new RendezvousOwnership(this, wanted, process, reachable);
            onBeat.add(ownership::refresh);
            when(reachable, beating::call);
            return ownership;
        });
    }

    @Override
    public List<Member> ready(String role) {
        return view.ready().getOrDefault(role, List.of());
    }

    @Override
    public List<Member> all() {
        return view.all();
    }

    @Override
    public void onChange(String role, Runnable listener) {
        listeners.computeIfAbsent(role, r -> new CopyOnWriteArrayList<>())
                .add(new Debounced("members-of-" + role, listener));
    }

    private void beat() {
        Heartbeat heartbeat = new Heartbeat(source, node, process, false, own.stream().map(Supplier::get)
                .map(this::asFarAsReached).toList());
        if (!say(heartbeat)) {
            return;
        }
        change(now -> table.heard(heartbeat, now));
        change(table::expire);
        onBeat.forEach(Runnable::run);
    }

    private Member asFarAsReached(Member member) {
        BooleanSupplier reachable = owned.get(member.role());
        return reachable == null || reachable.getAsBoolean()
                ? member
                : new Member(member.role(), member.process(), member.incarnation(), member.pid(), member.address(),
                        member.startedAt(), false, member.leader(), member.revision(), member.sharePercent());
    }

    /** Publishes in order, and nothing after the goodbye; answers whether it did. */
    private boolean say(Heartbeat heartbeat) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            closed = heartbeat.goodbye();
            bus.publish(ADDRESS, heartbeat.encode());
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void onHeartbeat(Bytes message) {
        Heartbeat heartbeat;
        try {
            heartbeat = Heartbeat.decode(message);
        } catch (MalformedMessageException e) {
            LOG.warn("A member's heartbeat that cannot be read: {}", e.getMessage());
            return;
        }
        if (heartbeat.source() == source) {
            return;
        }
        if (heartbeat.process().equals(process) && !heartbeat.goodbye()) {
            LOG.warn("Another process calls itself {} too", process);
            return;
        }
        boolean stranger = isStranger(heartbeat);
        change(now -> table.heard(heartbeat, now));
        if (stranger) {
            // It may have begun to listen after our last heartbeat.
            beating.call();
        }
    }

    private boolean isStranger(Heartbeat heartbeat) {
        lock.lock();
        try {
            return !heartbeat.goodbye() && !table.knows(heartbeat.source());
        } finally {
            lock.unlock();
        }
    }

    private void change(LongFunction<Set<String>> step) {
        Set<String> roles;
        lock.lock();
        try {
            roles = step.apply(System.nanoTime());
            view = table.view();
        } finally {
            lock.unlock();
        }
        for (Map.Entry<String, List<Debounced>> listening : listeners.entrySet()) {
            if (roles.contains(listening.getKey())) {
                listening.getValue().forEach(Debounced::call);
            }
        }
    }

    /** Says goodbye for all services of this process. */
    @Override
    public void close() {
        heart.interrupt();
        left.close();
        listening.close();
        say(new Heartbeat(source, node, process, true, List.of()));
    }
}
