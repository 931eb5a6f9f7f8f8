package dev.xebec.kit.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Bus} keeps to while nothing is lost on the way; delays and answers that come twice change nothing. A
 * subclass gives the members and takes them away.
 */
public abstract class BusContract extends BusStreams {

    @Test
    void answersARequestOfAnotherMemberAndOfItsOwn() {
        one().serve("echo", request -> Bytes.utf8("heard " + request.utf8()));
        assertThat(other().call("echo", Bytes.utf8("you"), LONG).utf8()).isEqualTo("heard you");
        assertThat(one().call("echo", Bytes.utf8("me"), LONG).utf8()).isEqualTo("heard me");
    }

    @Test
    void asksItselfBeforeOthers() {
        one().serve("any", request -> Bytes.utf8("one"));
        other().serve("any", request -> Bytes.utf8("other"));
        for (int i = 0; i < 5; i++) {
            assertThat(one().call("any", Bytes.EMPTY, LONG).utf8()).isEqualTo("one");
            assertThat(other().call("any", Bytes.EMPTY, LONG).utf8()).isEqualTo("other");
        }
    }

    @Test
    void asksAnotherSoonerOrLaterWhereAHandlerFails() {
        one().serve("any", request -> {
            throw new UnavailableException("not now");
        });
        other().serve("any", request -> Bytes.utf8("other"));
        String answered = "nothing";
        for (int i = 0; i < 3_000 && !answered.equals("other"); i++) {
            try {
                answered = one().call("any", Bytes.EMPTY, LONG).utf8();
            } catch (UnavailableException e) {
                assertThat(e).hasMessage("not now");
                pause();
            }
        }
        assertThat(answered).isEqualTo("other");
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatAHandlerThrowsReachesTheCallerAsUnavailable() {
        one().serve("broken", request -> {
            throw new IllegalStateException("a bug");
        });
        one().serve("away", request -> {
            throw new UnavailableException("not now");
        });
        assertThatThrownBy(() -> other().call("broken", Bytes.EMPTY, LONG)).isInstanceOf(UnavailableException.class)
                .hasMessageContaining("broken").hasMessageContaining("a bug");
        assertThatThrownBy(() -> other().call("away", Bytes.EMPTY, LONG)).isInstanceOf(UnavailableException.class)
                .hasMessage("not now");
    }

    @Test
    void anAddressThatNobodyServesIsUnavailable() {
        assertThatThrownBy(() -> other().call("nowhere", Bytes.EMPTY, SHORT))
                .isInstanceOf(UnavailableException.class);
    }

    @Test
    void aCallWaitsForSomebodyToServeItsAddress() throws InterruptedException {
        BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        Thread.ofVirtual().start(() -> answers.add(other().call("later", Bytes.EMPTY, LONG).utf8()));
        one().serve("later", request -> Bytes.utf8("now"));
        assertThat(answers.poll(30, TimeUnit.SECONDS)).isEqualTo("now");
    }

    @Test
    void anAnswerAfterTheDeadlineIsDiscarded() throws InterruptedException {
        CountDownLatch letGo = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(2);
        one().serve("slow", request -> {
            awaitLatch(letGo);
            answered.countDown();
            return request;
        });
        for (Bus caller : List.of(one(), other())) {
            assertThatThrownBy(() -> caller.call("slow", Bytes.utf8("early"), SHORT))
                    .isInstanceOf(UnavailableException.class);
        }
        letGo.countDown();
        assertThat(other().call("slow", Bytes.utf8("late"), LONG).utf8()).isEqualTo("late");
        assertThat(answered.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void beyondItsLimitAnAddressIsBusy() throws InterruptedException {
        CountDownLatch letGo = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(ROOM);
        one().serve("narrow", request -> {
            entered.countDown();
            awaitLatch(letGo);
            return Bytes.EMPTY;
        });
        List<Thread> callers = IntStream.range(0, ROOM)
                .mapToObj(i -> Thread.ofVirtual().start(() -> other().call("narrow", Bytes.EMPTY, LONG))).toList();
        assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> other().call("narrow", Bytes.EMPTY, LONG)).isInstanceOf(UnavailableException.class)
                .hasMessage("narrow is busy");
        letGo.countDown();
        for (Thread caller : callers) {
            caller.join();
        }
    }

    @Test
    void aClosedRegistrationServesNoMore() {
        Bus.Registration registration = one().serve("brief", request -> request);
        assertThat(other().call("brief", Bytes.utf8("x"), LONG).utf8()).isEqualTo("x");
        registration.close();
        assertThatThrownBy(() -> other().call("brief", Bytes.EMPTY, SHORT)).isInstanceOf(UnavailableException.class);
    }

    @Test
    void callersOfAMemberThatLeavesHearItBeforeTheirDeadline() throws InterruptedException {
        Bus leaving = join();
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
                other().call("leaving", Bytes.EMPTY, LONG.multipliedBy(20));
            } catch (UnavailableException e) {
                heard.add(String.valueOf(e.getMessage()));
            }
        });
        assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
        leave(leaving);
        assertThat(heard.poll(30, TimeUnit.SECONDS)).isNotNull();
        letGo.countDown();
    }

    @Test
    void whatIsPublishedComesInOrderToThoseWhoListen() throws InterruptedException {
        List<BlockingQueue<Integer>> heard = new ArrayList<>();
        for (Bus member : List.of(one(), other())) {
            BlockingQueue<Integer> queue = new LinkedBlockingQueue<>();
            heard.add(queue);
            member.listen("news", message -> queue.add(Integer.parseInt(message.utf8())));
        }
        // Who is not known to listen yet is not told, so the first that both hear may be any.
        AtomicInteger next = new AtomicInteger();
        for (BlockingQueue<Integer> queue : heard) {
            while (queue.isEmpty()) {
                one().publish("news", Bytes.utf8(Integer.toString(next.getAndIncrement())));
                pause();
            }
        }
        int start = next.get();
        IntStream.range(start, start + 200).forEach(i -> one().publish("news", Bytes.utf8(Integer.toString(i))));
        for (BlockingQueue<Integer> queue : heard) {
            int last = -1;
            while (last < start + 199) {
                Integer came = queue.poll(30, TimeUnit.SECONDS);
                assertThat(came).isNotNull();
                assertThat(came).isGreaterThanOrEqualTo(last);
                last = came;
            }
        }
    }

    @Test
    void manyCallersAtOnceEachGetTheirOwnAnswer() throws InterruptedException {
        other().serve("double", request -> Bytes.utf8(Integer.toString(2 * Integer.parseInt(request.utf8()))));
        AtomicInteger right = new AtomicInteger();
        List<Thread> callers = IntStream.range(0, ROOM).mapToObj(i -> Thread.ofVirtual().start(() -> {
            for (int j = 0; j < 100; j++) {
                int number = 100 * i + j;
                if (doubled(number) == 2 * number) {
                    right.incrementAndGet();
                }
            }
        })).toList();
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(right).hasValue(100 * ROOM);
    }

    /** The room of a call is free again a moment after its answer. */
    private int doubled(int number) {
        while (true) {
            try {
                return Integer.parseInt(one().call("double", Bytes.utf8(Integer.toString(number)), LONG).utf8());
            } catch (UnavailableException busy) {
                assertThat(busy).hasMessage("double is busy");
            }
        }
    }
}
