package dev.xebec.kit.bus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Members of one bus, as the contract's tests need them. */
abstract class BusMembers {
    static final Duration LONG = Duration.ofSeconds(30);
    /** For what has no answer to wait for. */
    static final Duration SHORT = Duration.ofMillis(300);
    static final int WINDOW_BYTES = 64 * 1024;
    /** Calls that one address of one member works on at once. */
    static final int ROOM = 4;
    private static final BusSettings SETTINGS = BusSettings.DEFAULTS.withPatience(Duration.ofSeconds(10))
            .withLimits(ROOM, BusSettings.DEFAULTS.streamsOpen())
            .withStreams(Duration.ofMillis(100), Duration.ofSeconds(20), WINDOW_BYTES);

    private final List<Bus> members = new ArrayList<>();

    /** One more member of the bus under test. */
    protected abstract Bus join(BusSettings settings);

    /** Takes a member away in good order; others of it may know before the call returns, or soon after. */
    protected abstract void leave(Bus member);

    final Bus join() {
        Bus member = join(SETTINGS);
        members.add(member);
        return member;
    }

    @BeforeEach
    void joinTwo() {
        Bus unusedOne = join();
        Bus unusedOther = join();
    }

    @AfterEach
    void leaveAll() {
        members.forEach(this::leave);
    }

    final Bus one() {
        return members.get(0);
    }

    final Bus other() {
        return members.get(1);
    }

    static void awaitLatch(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody let go");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
