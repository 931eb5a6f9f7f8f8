package dev.xebec.kit.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of the contract that is about streams, between two members and within one. */
abstract class BusStreams extends BusWords {

    private BusStream open(boolean sameMember, String address) {
        return (sameMember ? one() : other()).open(address, Bytes.utf8("open"), LONG);
    }

    private static String text(@Nullable Bytes chunk) {
        return chunk == null ? "the end" : chunk.utf8();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void carriesChunksBothWaysInOrderAndEndsWell(boolean sameMember) {
        one().serveStreams("echo", (request, stream) -> {
            stream.send(request);
            for (Bytes chunk = stream.receive(LONG); chunk != null; chunk = stream.receive(LONG)) {
                stream.send(chunk);
            }
        });
        try (BusStream stream = open(sameMember, "echo")) {
            assertThat(text(stream.receive(LONG))).isEqualTo("open");
            Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 500; i++) {
                    stream.send(Bytes.utf8("chunk " + i));
                }
                stream.end();
            });
            for (int i = 0; i < 500; i++) {
                assertThat(text(stream.receive(LONG))).isEqualTo("chunk " + i);
            }
            assertThat(stream.receive(LONG)).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void carriesChunksLargerThanTheWindow(boolean sameMember) {
        byte[] large = new byte[3 * 1024 * 1024 + 17];
        new Random(1).nextBytes(large);
        one().serveStreams("large", (request, stream) -> {
            stream.send(Bytes.of(large));
            stream.send(Bytes.EMPTY);
            stream.send(Bytes.of(new byte[BusStream.MAX_CHUNK_BYTES]));
        });
        try (BusStream stream = open(sameMember, "large")) {
            assertThat(stream.receive(LONG)).isEqualTo(Bytes.of(large));
            assertThat(stream.receive(LONG)).isEqualTo(Bytes.EMPTY);
            assertThat(stream.receive(LONG)).isEqualTo(Bytes.of(new byte[BusStream.MAX_CHUNK_BYTES]));
            assertThat(stream.receive(LONG)).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void holdsBackASenderWhoseReceiverDoesNotRead(boolean sameMember) throws InterruptedException {
        AtomicInteger sent = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(1);
        one().serveStreams("firehose", (request, stream) -> {
            for (int i = 0; i < 500; i++) {
                stream.send(Bytes.of(new byte[1024]));
                sent.incrementAndGet();
            }
            done.countDown();
        });
        try (BusStream stream = open(sameMember, "firehose")) {
            for (int i = 0; i < 500; i++) {
                assertThat(stream.receive(LONG)).isNotNull();
                assertThat(sent).hasValueLessThan(i + 2 + WINDOW_BYTES / 1024 + WINDOW_BYTES / 1024 / 4);
            }
            assertThat(stream.receive(LONG)).isNull();
        }
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFailingHandlerBreaksTheStreamBehindWhatItSent(boolean sameMember) {
        one().serveStreams("failing", (request, stream) -> {
            stream.send(Bytes.utf8("so far"));
            throw new UnavailableException("no further");
        });
        try (BusStream stream = open(sameMember, "failing")) {
            assertThat(text(stream.receive(LONG))).isEqualTo("so far");
            assertThatThrownBy(() -> stream.receive(LONG)).isInstanceOf(UnavailableException.class)
                    .hasMessage("no further");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFailingCallerBreaksTheStreamOfTheHandler(boolean sameMember) throws InterruptedException {
        BlockingQueue<String> served = new LinkedBlockingQueue<>();
        one().serveStreams("patient", (request, stream) -> {
            try {
                served.add(text(stream.receive(LONG)));
                served.add(text(stream.receive(LONG)));
            } catch (UnavailableException e) {
                served.add("broken: " + e.getMessage());
            }
        });
        BusStream stream = open(sameMember, "patient");
        stream.send(Bytes.utf8("first"));
        stream.fail("enough");
        assertThat(served.poll(30, TimeUnit.SECONDS)).isEqualTo("first");
        assertThat(served.poll(30, TimeUnit.SECONDS)).isEqualTo("broken: enough");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCallerThatClosesFreesASenderThatWaits(boolean sameMember) throws InterruptedException {
        BlockingQueue<String> served = new LinkedBlockingQueue<>();
        CountDownLatch sending = new CountDownLatch(1);
        one().serveStreams("endless", (request, stream) -> {
            try {
                while (true) {
                    stream.send(Bytes.of(new byte[10_000]));
                    sending.countDown();
                }
            } catch (UnavailableException e) {
                served.add(String.valueOf(e.getMessage()));
            }
        });
        BusStream stream = open(sameMember, "endless");
        awaitLatch(sending);
        stream.close();
        assertThat(served.poll(30, TimeUnit.SECONDS)).contains("closed");
    }

    @Test
    void nothingMoreIsSentOnAnEndedStreamButReceivingGoesOn() {
        one().serveStreams("half", (request, stream) -> {
            while (stream.receive(LONG) != null) {
                continue;
            }
            stream.send(Bytes.utf8("I heard you end"));
        });
        try (BusStream stream = open(false, "half")) {
            stream.end();
            assertThatThrownBy(() -> stream.send(Bytes.EMPTY)).isInstanceOf(UnavailableException.class);
            assertThat(text(stream.receive(LONG))).isEqualTo("I heard you end");
            assertThat(stream.receive(LONG)).isNull();
        }
    }

    @Test
    void openingWhereNobodyServesAnyMoreIsUnavailable() {
        Bus.Registration registration = one().serveStreams("gone", (request, stream) -> stream.end());
        open(false, "gone").close();
        registration.close();
        assertThatThrownBy(() -> other().open("gone", Bytes.EMPTY, SHORT)).isInstanceOf(UnavailableException.class);
    }

    @Test
    void streamsOfAMemberThatLeavesBreak() {
        Bus leaving = join();
        leaving.serveStreams("leaving", (request, stream) -> {
            stream.send(Bytes.utf8("here"));
            stream.receive(LONG);
        });
        try (BusStream stream = other().open("leaving", Bytes.EMPTY, LONG)) {
            assertThat(text(stream.receive(LONG))).isEqualTo("here");
            leave(leaving);
            assertThatThrownBy(() -> stream.receive(LONG)).isInstanceOf(UnavailableException.class);
        }
    }
}
