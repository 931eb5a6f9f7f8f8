package dev.xebec.kit.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two members on one event bus; and one with itself. */
class VertxBusTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private Vertx vertx;
    private VertxBus one;
    private VertxBus other;

    @BeforeEach
    void join() {
        vertx = Vertx.vertx();
        one = new VertxBus(vertx, BusSettings.DEFAULTS.withLimits(4, 4).withPatience(Duration.ofSeconds(10)));
        other = new VertxBus(vertx, BusSettings.DEFAULTS.withPatience(Duration.ofSeconds(10)));
    }

    @AfterEach
    void leave() {
        one.close();
        other.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void answersARequestOfAnotherMember() {
        one.serve("echo", request -> Bytes.utf8("heard " + request.utf8()));
        assertThat(other.call("echo", Bytes.utf8("you"), LONG).utf8()).isEqualTo("heard you");
    }

    @Test
    void answersARequestOfItsOwnWithoutCopyingTheBody() {
        Bytes body = Bytes.utf8("body");
        one.serve("same", request -> request);
        assertThat(one.call("same", body, LONG)).isSameAs(body);
    }

    @Test
    void asksItselfBeforeOthers() {
        one.serve("any", request -> Bytes.utf8("one"));
        other.serve("any", request -> Bytes.utf8("other"));
        for (int i = 0; i < 5; i++) {
            assertThat(one.call("any", Bytes.EMPTY, LONG).utf8()).isEqualTo("one");
            assertThat(other.call("any", Bytes.EMPTY, LONG).utf8()).isEqualTo("other");
        }
    }

    @Test
    void asksAnotherAfterAFailure() {
        one.serve("any", request -> {
            throw new UnavailableException("not now");
        });
        other.serve("any", request -> Bytes.utf8("other"));
        awaitServing(one, "any", 2);
        assertThatThrownBy(() -> one.call("any", Bytes.EMPTY, LONG)).isInstanceOf(UnavailableException.class)
                .hasMessage("not now");
        assertThat(one.call("any", Bytes.EMPTY, LONG).utf8()).isEqualTo("other");
    }

    private static void awaitServing(VertxBus bus, String address, int count) {
        for (int i = 0; i < 3_000 && bus.serving(address) < count; i++) {
            pause(10);
        }
        assertThat(bus.serving(address)).isEqualTo(count);
    }

    @Test
    void aFaultOfTheHandlerReachesTheCallerAsUnavailable() {
        one.serve("broken", request -> {
            throw new IllegalStateException("a bug");
        });
        assertThatThrownBy(() -> other.call("broken", Bytes.EMPTY, LONG)).isInstanceOf(UnavailableException.class)
                .hasMessageContaining("broken").hasMessageContaining("a bug");
    }

    @Test
    void anUnservedAddressIsUnavailable() {
        try (VertxBus impatient = new VertxBus(vertx)) {
            assertThatThrownBy(() -> impatient.call("nowhere", Bytes.EMPTY, LONG))
                    .isInstanceOf(UnavailableException.class).hasMessage("nobody serves nowhere");
        }
    }

    @Test
    void anAnswerAfterTheDeadlineIsDiscarded() throws InterruptedException {
        CountDownLatch letGo = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        one.serve("slow", request -> {
            awaitLatch(letGo);
            answered.countDown();
            return Bytes.utf8("late");
        });
        awaitServing(other, "slow", 1);
        for (VertxBus caller : List.of(one, other)) {
            assertThatThrownBy(() -> caller.call("slow", Bytes.EMPTY, Duration.ofMillis(100)))
                    .isInstanceOf(UnavailableException.class);
        }
        letGo.countDown();
        assertThat(answered.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(other.call("slow", Bytes.EMPTY, LONG).utf8()).isEqualTo("late");
    }

    @Test
    void beyondItsLimitAnAddressIsBusy() throws InterruptedException {
        CountDownLatch letGo = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(4);
        one.serve("narrow", request -> {
            entered.countDown();
            awaitLatch(letGo);
            return Bytes.EMPTY;
        });
        List<Thread> callers = IntStream.range(0, 4)
                .mapToObj(i -> Thread.ofVirtual().start(() -> other.call("narrow", Bytes.EMPTY, LONG))).toList();
        assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> other.call("narrow", Bytes.EMPTY, LONG)).isInstanceOf(UnavailableException.class)
                .hasMessage("narrow is busy");
        letGo.countDown();
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(other.call("narrow", Bytes.EMPTY, LONG).isEmpty()).isTrue();
    }

    @Test
    void aClosedRegistrationServesNoMore() {
        Bus.Registration registration = one.serve("brief", request -> request);
        assertThat(other.call("brief", Bytes.utf8("x"), LONG).utf8()).isEqualTo("x");
        registration.close();
        assertThatThrownBy(() -> other.call("brief", Bytes.EMPTY, Duration.ofMillis(300)))
                .isInstanceOf(UnavailableException.class);
    }

    @Test
    void callersOfAMemberThatLeavesHearItAtOnce() throws InterruptedException {
        VertxBus leaving = new VertxBus(vertx);
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        leaving.serve("leaving", request -> {
            entered.countDown();
            awaitLatch(letGo);
            return Bytes.EMPTY;
        });
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        Thread.ofVirtual().start(() -> {
            try {
                other.call("leaving", Bytes.EMPTY, Duration.ofMinutes(10));
            } catch (UnavailableException e) {
                heard.add(String.valueOf(e.getMessage()));
            }
        });
        assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
        leaving.close();
        assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("the member asked has left");
        letGo.countDown();
    }

    @Test
    void whatIsPublishedReachesAllListenersInOrder() throws InterruptedException {
        List<BlockingQueue<Integer>> heard = new ArrayList<>();
        for (VertxBus bus : List.of(one, other)) {
            BlockingQueue<Integer> queue = new LinkedBlockingQueue<>();
            heard.add(queue);
            bus.listen("news", message -> queue.add(Integer.parseInt(message.utf8())));
        }
        for (int i = 0; i < 3_000 && one.listening("news") < 2; i++) {
            pause(10);
        }
        IntStream.range(0, 200).forEach(i -> one.publish("news", Bytes.utf8(Integer.toString(i))));
        for (BlockingQueue<Integer> queue : heard) {
            for (int i = 0; i < 200; i++) {
                assertThat(queue.poll(30, TimeUnit.SECONDS)).isEqualTo(i);
            }
        }
    }

    @Test
    void aBodyBeyondTheLimitIsRefused() {
        Bytes large = Bytes.of(new byte[VertxBus.MAX_BODY_BYTES + 1]);
        one.serve("large", request -> large);
        assertThatThrownBy(() -> one.call("large", large, LONG)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("67108864");
        assertThatThrownBy(() -> other.call("large", Bytes.EMPTY, LONG)).isInstanceOf(UnavailableException.class)
                .hasMessageContaining("67108865 bytes");
    }

    @Test
    void anAddressThatNobodyServesAnyMoreIsNotWaitedFor() {
        VertxBus brief = new VertxBus(vertx);
        brief.serve("brief", request -> request);
        assertThat(other.call("brief", Bytes.EMPTY, LONG)).isEqualTo(Bytes.EMPTY);
        brief.close();
        for (int i = 0; i < 3_000 && other.serving("brief") > 0; i++) {
            pause(10);
        }
        assertThatThrownBy(() -> other.call("brief", Bytes.EMPTY, LONG)).isInstanceOf(UnavailableException.class)
                .hasMessage("nobody serves brief any more");
    }

    @Test
    void manyCallersAtOnceEachGetTheirOwnAnswer() throws InterruptedException {
        other.serve("double", request -> Bytes.utf8(Integer.toString(2 * Integer.parseInt(request.utf8()))));
        AtomicInteger right = new AtomicInteger();
        List<Thread> callers = IntStream.range(0, 500).mapToObj(i -> Thread.ofVirtual().start(() -> {
            if (Integer.parseInt(one.call("double", Bytes.utf8(Integer.toString(i)), LONG).utf8()) == 2 * i) {
                right.incrementAndGet();
            }
        })).toList();
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(right).hasValue(500);
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

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
