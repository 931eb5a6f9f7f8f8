package dev.xebec.kit.member;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.codec.MalformedMessageException;
import dev.xebec.contracts.member.Member;
import dev.xebec.contracts.member.Members;
import dev.xebec.kit.bus.Bus;
import dev.xebec.kit.member.MemberTable.View;
import dev.xebec.kit.service.Service;
import dev.xebec.kit.service.ServiceContext;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The members as this process hears of them, and the voice of its own. Both travel with the bus's heartbeats: a process is gone when
 * the bus sees it leave, or hears nothing of it for {@link dev.xebec.kit.bus.BusSettings#beatSilence}. Thread-safe; listeners run on virtual threads,
 * none twice at a time.
 */
public final class Membership implements Members, AutoCloseable {
    private static final Duration STARTING_LOOK = Duration.ofMillis(25);
    /** A minute; who starts more slowly is seen at the next heartbeat. */
    private static final int STARTING_LOOKS = 2_400;
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    private final Bus bus;
    private final InstantSource clock;
    private final String process;
    private final long incarnation = new SecureRandom().nextLong();
    private final MemberTable table = new MemberTable();
    /** Held while saying something, so that nothing follows the last word; and to change the table. */
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Supplier<Member>> own = new CopyOnWriteArrayList<>();
    private final ConcurrentMap<String, List<Debounced>> listeners = new ConcurrentHashMap<>();
    /** Roles whose keys are shared out, and what tells whether this process may take its share. */
    private final ConcurrentMap<String, BooleanSupplier> owned = new ConcurrentHashMap<>();
    private final List<Runnable> onBeat = new CopyOnWriteArrayList<>();
    private final Debounced beating;
    private final Bus.Registration hearing;
    private final Thread heart;
    /** What was understood of the words that are there; guarded by the lock. */
    private Map<String, Understood> understood = Map.of();
    private volatile View view = View.EMPTY;
    private volatile boolean closed;

    /** @param heartbeat null where it cannot be read, or is another's that bears our name */
    private record Understood(Bytes word, @Nullable Heartbeat heartbeat) {}

    /**
     * Listens and speaks from now on.
     *
     * @param every how often the services are asked what to say of them, several times within the bus's silence
     */
    public Membership(Bus bus, InstantSource clock, String process, Duration every) {
        this.bus = bus;
        this.clock = clock;
        this.process = process;
        beating = new Debounced("member-heartbeat", this::beat);
        hearing = bus.onWords(new Debounced("member-words", this::hear)::call);
        heart = Thread.ofVirtual().name("member-heart").start(() -> beatEach(every));
        hear();
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
            return new Member(role, process, incarnation, pid, now.address(), startedAt, now.ready(), now.leader(),
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
        say(new Heartbeat(process, own.stream().map(Supplier::get).map(this::asFarAsReached).toList()).encode());
        onBeat.forEach(Runnable::run);
    }

    private Member asFarAsReached(Member member) {
        BooleanSupplier reachable = owned.get(member.role());
        return reachable == null || reachable.getAsBoolean()
                ? member
                : new Member(member.role(), member.process(), member.incarnation(), member.pid(), member.address(),
                        member.startedAt(), false, member.leader(), member.revision(), member.sharePercent());
    }

    private void say(Bytes word) {
        lock.lock();
        try {
            if (!closed) {
                closed = word.isEmpty();
                bus.say(word);
            }
        } finally {
            lock.unlock();
        }
    }

    private void hear() {
        Set<String> roles;
        lock.lock();
        try {
            Map<String, Understood> now = new LinkedHashMap<>();
            bus.words().forEach((member, word) -> {
                Understood before = understood.get(member);
                now.put(member, before != null && before.word().equals(word) ? before : understand(member, word));
            });
            understood = now;
            roles = table.heard(now.values().stream().map(Understood::heartbeat).filter(Objects::nonNull).toList());
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

    private Understood understand(String member, Bytes word) {
        try {
            Heartbeat heartbeat = Heartbeat.decode(word);
            if (heartbeat.process().equals(process) && !member.equals(bus.id())) {
                LOG.warn("Another process calls itself {} too", process);
                return new Understood(word, null);
            }
            return new Understood(word, heartbeat);
        } catch (MalformedMessageException e) {
            LOG.warn("What a member says of itself cannot be read: {}", e.getMessage());
            return new Understood(word, null);
        }
    }

    /** Says no more of any service of this process. */
    @Override
    public void close() {
        heart.interrupt();
        hearing.close();
        say(Bytes.EMPTY);
    }
}
