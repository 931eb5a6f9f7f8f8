package dev.xebec.kit.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.member.Member;
import dev.xebec.contracts.member.Ownership;
import dev.xebec.kit.bus.Bus;
import dev.xebec.kit.bus.BusSettings;
import dev.xebec.kit.bus.VertxBus;
import dev.xebec.kit.service.Service.Condition;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes on one event bus telling each other of their services. */
class MembershipTest {
    private static final String ROLE = "controller-service";
    private static final Instant STARTED = Instant.ofEpochMilli(1_000);
    private static final Duration OFTEN = Duration.ofMillis(50);
    private static final Duration NEVER = Duration.ofMinutes(10);
    /** Says nothing by itself. */
    private static final BusSettings SLOW = BusSettings.DEFAULTS.withBeats(NEVER, Duration.ofMinutes(50));

    private Vertx vertx;
    private VertxBus busOne;
    private VertxBus busTwo;
    private Membership one;
    private Membership two;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        busOne = new VertxBus(vertx);
        busTwo = new VertxBus(vertx);
        one = new Membership(busOne, InstantSource.fixed(STARTED), "one", OFTEN);
        two = new Membership(busTwo, InstantSource.fixed(STARTED), "two", OFTEN);
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
        busOne.close();
        busTwo.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static void await(BooleanSupplier condition) {
        for (int i = 0; i < 6_000 && !condition.getAsBoolean(); i++) {
            pause(5);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Condition ready(boolean ready) {
        return new Condition(ready, "", true, 17, 50, "here");
    }

    @Test
    void bothSeeTheSameMembersAsTheirServicesDescribeThem() {
        one.announce(ROLE, () -> ready(true));
        two.announce(ROLE, () -> ready(true));
        await(() -> one.ready(ROLE).size() == 2 && two.ready(ROLE).size() == 2);
        assertThat(two.ready(ROLE)).extracting(Member::name).containsExactly(ROLE + "@one", ROLE + "@two");
        Member seen = two.ready(ROLE).get(0);
        assertThat(seen).isEqualTo(new Member(ROLE, "one", seen.incarnation(), ProcessHandle.current().pid(), "here",
                STARTED, true, true, 17, 50));
    }

    @Test
    void aServiceThatIsNoLongerReadyIsNotAmongTheReady() {
        AtomicBoolean ready = new AtomicBoolean(true);
        one.announce(ROLE, () -> ready(ready.get()));
        await(() -> two.ready(ROLE).size() == 1);
        ready.set(false);
        await(() -> two.ready(ROLE).isEmpty());
        assertThat(two.all()).hasSize(1);
    }

    @Test
    void aServiceThatBecomesReadyIsSeenBeforeTheNextHeartbeat() {
        try (VertxBus bus = new VertxBus(vertx, SLOW);
                Membership three = new Membership(bus, InstantSource.system(), "three", NEVER)) {
            AtomicBoolean ready = new AtomicBoolean();
            AtomicBoolean reachable = new AtomicBoolean();
            Ownership ownership = three.ownerships(reachable::get).of(ROLE);
            three.announce(ROLE, () -> ready(ready.get()));
            await(() -> two.all().size() == 1);
            ready.set(true);
            reachable.set(true);
            await(() -> two.ready(ROLE).size() == 1);
            await(() -> ownership.owns("key"));
        }
    }

    @Test
    void whoBeginsToListenLateHearsOfTheOthersAtOnce() {
        try (VertxBus bus = new VertxBus(vertx, SLOW);
                Membership three = new Membership(bus, InstantSource.system(), "three", NEVER)) {
            three.announce(ROLE, () -> ready(true));
            await(() -> two.ready(ROLE).size() == 1);
            try (VertxBus another = new VertxBus(vertx, SLOW);
                    Membership four = new Membership(another, InstantSource.system(), "four", NEVER)) {
                four.announce("another-role", () -> ready(true));
                await(() -> four.ready(ROLE).size() == 1);
            }
        }
    }

    @Test
    void aClosedAnnouncementIsTakenBack() {
        Bus.Registration registration = one.announce(ROLE, () -> ready(true));
        await(() -> two.all().size() == 1);
        registration.close();
        await(() -> two.all().isEmpty() && one.all().isEmpty());
    }

    @Test
    void listenersRunAfterAChangeAndNeverTwiceAtATime() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger runs = new AtomicInteger();
        AtomicBoolean overlapped = new AtomicBoolean();
        one.onChange(ROLE, () -> {
            overlapped.compareAndSet(false, running.incrementAndGet() > 1);
            pause(20);
            runs.incrementAndGet();
            running.decrementAndGet();
        });
        one.onChange("another-role", () -> runs.addAndGet(1_000));
        AtomicBoolean ready = new AtomicBoolean(true);
        two.announce(ROLE, () -> ready(ready.get()));
        for (int i = 1; i <= 10; i++) {
            boolean wanted = i % 2 == 1;
            ready.set(wanted);
            two.beatNow();
            await(() -> one.ready(ROLE).isEmpty() != wanted);
        }
        await(() -> runs.get() > 0 && running.get() == 0);
        assertThat(runs.get()).isLessThanOrEqualTo(11);
        assertThat(overlapped).isFalse();
    }

    @Test
    void aProcessThatStopsBeatingIsGoneAndComesBack() {
        AtomicBoolean hung = new AtomicBoolean();
        two.announce(() -> {
            while (hung.get()) {
                pause(5);
            }
            return new Member(ROLE, "two", 1, 1, "", STARTED, true, false, 0, 0);
        });
        await(() -> one.ready(ROLE).size() == 1);
        hung.set(true);
        await(() -> one.ready(ROLE).isEmpty());
        hung.set(false);
        await(() -> one.ready(ROLE).size() == 1);
    }

    @Test
    void theShareOfAMemberThatLeavesIsTakenOver() {
        AtomicBoolean reachable = new AtomicBoolean(true);
        Ownership ofOne = one.ownerships(reachable::get).of(ROLE);
        Ownership ofTwo = two.ownerships(() -> true).of(ROLE);
        AtomicInteger told = new AtomicInteger();
        ofOne.onChange(told::incrementAndGet);
        one.announce(ROLE, () -> ready(true));
        two.announce(ROLE, () -> ready(true));
        await(() -> ofOne.sharePercent() == 50 && ofTwo.sharePercent() == 50);
        for (int i = 0; i < 100; i++) {
            assertThat(ofOne.owns("key-" + i)).isNotEqualTo(ofTwo.owns("key-" + i));
        }
        int before = told.get();
        two.close();
        await(() -> ofOne.sharePercent() == 100);
        assertThat(ofOne.owns("key-1") && ofOne.owns("key-2") && ofOne.owns("key-3")).isTrue();
        await(() -> told.get() > before);
        reachable.set(false);
        await(() -> ofOne.sharePercent() == 0);
        assertThat(ofOne.owns("key-1")).isFalse();
    }

    @Test
    void theShareOfAMemberThatCannotReachTheStateServiceIsTakenOver() {
        AtomicBoolean reachable = new AtomicBoolean(true);
        Ownership ofOne = one.ownerships(reachable::get).of(ROLE);
        Ownership ofTwo = two.ownerships(() -> true).of(ROLE);
        one.announce(ROLE, () -> ready(true));
        one.announce("api-gateway", () -> ready(true));
        two.announce(ROLE, () -> ready(true));
        await(() -> ofOne.sharePercent() == 50 && ofTwo.sharePercent() == 50);
        reachable.set(false);
        await(() -> ofTwo.sharePercent() == 100 && ofOne.sharePercent() == 0);
        assertThat(two.ready("api-gateway")).as("a role without shares says what it says").hasSize(1);
        reachable.set(true);
        await(() -> ofOne.sharePercent() == 50 && ofTwo.sharePercent() == 50);
    }

    @Test
    void anotherProcessOfItsOwnNameIsNotTakenForItself() {
        try (VertxBus bus = new VertxBus(vertx);
                Membership impostor = new Membership(bus, InstantSource.system(), "one", OFTEN)) {
            one.announce(ROLE, () -> ready(true));
            await(() -> two.ready(ROLE).size() == 1 && one.ready(ROLE).size() == 1);
            long incarnation = one.ready(ROLE).get(0).incarnation();
            impostor.announce(ROLE, () -> ready(true));
            await(() -> !two.ready(ROLE).isEmpty() && two.ready(ROLE).get(0).incarnation() != incarnation);
            assertThat(one.ready(ROLE)).extracting(Member::incarnation).containsExactly(incarnation);
        }
    }
}
