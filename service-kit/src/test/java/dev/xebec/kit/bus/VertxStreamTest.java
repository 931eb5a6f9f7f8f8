package dev.xebec.kit.bus;

import static dev.xebec.kit.bus.VertxBusTest.awaitLatch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams between two members whose event bus can be made to lose frames; and within one. */
class VertxStreamTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final BusSettings QUICK = BusSettings.DEFAULTS.withPatience(Duration.ofSeconds(10))
            .withStreams(Duration.ofMillis(100), Duration.ofSeconds(3), 64 * 1024);

    private Vertx vertx;
    private VertxBus server;
    private VertxBus client;
    private volatile Predicate<Frame> lose = frame -> false;

    @BeforeEach
    void join() {
        vertx = Vertx.vertx();
        vertx.eventBus().<Object>addOutboundInterceptor(delivery -> {
            if (!(delivery.body() instanceof Frame frame && lose.test(frame))) {
                delivery.next();
            }
        });
        server = new VertxBus(vertx, QUICK);
        client = new VertxBus(vertx, QUICK);
    }

    @AfterEach
    void leave() {
        lose = frame -> false;
        server.close();
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private BusStream open(boolean sameMember, String address) {
        return (sameMember ? server : client).open(address, Bytes.utf8("open"), LONG);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void carriesChunksBothWaysInOrderAndEndsWell(boolean sameMember) {
        server.serveStreams("echo", (request, stream) -> {
            stream.send(request);
            for (Bytes chunk = stream.receive(LONG); chunk != null; chunk = stream.receive(LONG)) {
                stream.send(chunk);
            }
        });
        try (BusStream stream = open(sameMember, "echo")) {
            assertThat(stream.receive(LONG)).isEqualTo(Bytes.utf8("open"));
            Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 2_000; i++) {
                    stream.send(Bytes.utf8("chunk " + i));
                }
                stream.end();
            });
            for (int i = 0; i < 2_000; i++) {
                assertThat(text(stream.receive(LONG))).isEqualTo("chunk " + i);
            }
            assertThat(stream.receive(LONG)).isNull();
        }
        awaitNoStreams();
    }

    private void awaitNoStreams() {
        for (int i = 0; i < 3_000 && server.openStreams() + client.openStreams() > 0; i++) {
            VertxBusTest.pause(10);
        }
        assertThat(server.openStreams() + client.openStreams()).isZero();
    }

    private static String text(@Nullable Bytes chunk) {
        return chunk == null ? "the end" : chunk.utf8();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void putsLargeChunksTogetherAgain(boolean sameMember) {
        byte[] large = new byte[5 * 1024 * 1024 + 17];
        new Random(1).nextBytes(large);
        server.serveStreams("large", (request, stream) -> {
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

    @Test
    void aReaderThatIsSlowerThanItsKeepAlivesStillGetsTheEnd() throws InterruptedException {
        server.serveStreams("short", (request, stream) -> stream.send(Bytes.utf8("all of it")));
        try (BusStream stream = open(false, "short")) {
            Thread.sleep(QUICK.streamSilence().toMillis() + 2 * QUICK.keepAlive().toMillis());
            assertThat(stream.receive(LONG)).isEqualTo(Bytes.utf8("all of it"));
            assertThat(stream.receive(LONG)).isNull();
        }
    }

    @Test
    void refusesAChunkBeyondTheLimit() {
        server.serveStreams("any", (request, stream) -> stream.receive(LONG));
        try (BusStream stream = open(false, "any")) {
            assertThatThrownBy(() -> stream.send(Bytes.of(new byte[VertxStream.MAX_MESSAGE_BYTES + 1])))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("16777216");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSlowReceiverHoldsTheSenderBack(boolean sameMember) throws InterruptedException {
        AtomicInteger sent = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(1);
        server.serveStreams("firehose", (request, stream) -> {
            for (int i = 0; i < 500; i++) {
                stream.send(Bytes.of(new byte[1024]));
                sent.incrementAndGet();
            }
            done.countDown();
        });
        try (BusStream stream = open(sameMember, "firehose")) {
            for (int i = 0; i < 3_000 && sent.get() < 60; i++) {
                VertxBusTest.pause(10);
            }
            VertxBusTest.pause(300);
            assertThat(sent).hasValue(64 * 1024 / (1024 + VertxStream.FRAME_COST));
            for (int i = 0; i < 500; i++) {
                assertThat(stream.receive(LONG)).isNotNull();
            }
            assertThat(stream.receive(LONG)).isNull();
        }
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aLostChunkBreaksBothEndsAndWhatCameIsAPrefix() throws InterruptedException {
        AtomicInteger data = new AtomicInteger();
        BlockingQueue<String> serverEnd = new LinkedBlockingQueue<>();
        lose = frame -> frame.kind() == Frame.Kind.DATA && data.incrementAndGet() == 5;
        server.serveStreams("lossy", (request, stream) -> {
            try {
                for (int i = 0; i < 10; i++) {
                    stream.send(Bytes.utf8("chunk " + i));
                }
                stream.receive(LONG);
            } catch (UnavailableException e) {
                serverEnd.add(String.valueOf(e.getMessage()));
            }
        });
        try (BusStream stream = open(false, "lossy")) {
            for (int i = 0; i < 4; i++) {
                assertThat(text(stream.receive(LONG))).isEqualTo("chunk " + i);
            }
            assertThatThrownBy(() -> stream.receive(LONG)).isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("gap");
        }
        // The gap's report and the answer to the next keep-alive race; either tells the sender.
        assertThat(serverEnd.poll(30, TimeUnit.SECONDS)).containsAnyOf("gap", "knows no such stream");
    }

    @Test
    void aLostLastChunkIsNoticed() {
        lose = frame -> frame.kind() == Frame.Kind.DATA && frame.number() == 2;
        server.serveStreams("tail", (request, stream) -> {
            for (int i = 0; i < 3; i++) {
                stream.send(Bytes.utf8("chunk " + i));
            }
            stream.receive(LONG);
        });
        try (BusStream stream = open(false, "tail")) {
            assertThat(text(stream.receive(LONG))).isEqualTo("chunk 0");
            assertThat(text(stream.receive(LONG))).isEqualTo("chunk 1");
            assertThatThrownBy(() -> stream.receive(LONG)).isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("lost the end");
        }
    }

    @Test
    void aLostEndIsNotTakenForAGoodOne() {
        lose = frame -> frame.kind() == Frame.Kind.CLOSE;
        server.serveStreams("short", (request, stream) -> stream.send(Bytes.utf8("all")));
        try (BusStream stream = open(false, "short")) {
            assertThat(text(stream.receive(LONG))).isEqualTo("all");
            assertThatThrownBy(() -> stream.receive(LONG)).isInstanceOf(UnavailableException.class);
        }
    }

    @Test
    void silenceBreaksBothEnds() throws InterruptedException {
        AtomicBoolean cut = new AtomicBoolean();
        lose = frame -> cut.get() && !frame.address().equals(Presence.BEATS);
        BlockingQueue<String> serverEnd = new LinkedBlockingQueue<>();
        server.serveStreams("silent", (request, stream) -> {
            try {
                stream.receive(Duration.ZERO);
            } catch (UnavailableException e) {
                serverEnd.add(String.valueOf(e.getMessage()));
            }
        });
        try (BusStream stream = open(false, "silent")) {
            cut.set(true);
            assertThatThrownBy(() -> stream.receive(Duration.ZERO)).isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("silent");
        }
        assertThat(serverEnd.poll(30, TimeUnit.SECONDS)).contains("silent");
    }

    @Test
    void anIdleStreamLivesOn() {
        server.serveStreams("idle", (request, stream) -> {
            Bytes chunk = stream.receive(Duration.ZERO);
            stream.send(chunk == null ? Bytes.EMPTY : chunk);
        });
        try (BusStream stream = open(false, "idle")) {
            assertThatThrownBy(() -> stream.receive(Duration.ofSeconds(4))).isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("nothing came");
            stream.send(Bytes.utf8("still here"));
            assertThat(text(stream.receive(LONG))).isEqualTo("still here");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFailingHandlerBreaksTheStream(boolean sameMember) {
        server.serveStreams("failing", (request, stream) -> {
            stream.send(Bytes.utf8("so far"));
            throw new UnavailableException("no further");
        });
        try (BusStream stream = open(sameMember, "failing")) {
            assertThat(text(stream.receive(LONG))).isEqualTo("so far");
            assertThatThrownBy(() -> stream.receive(LONG)).isInstanceOf(UnavailableException.class)
                    .hasMessage("no further");
        }
        awaitNoStreams();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCallerThatClosesFreesASenderThatWaits(boolean sameMember) throws InterruptedException {
        BlockingQueue<String> serverEnd = new LinkedBlockingQueue<>();
        CountDownLatch sending = new CountDownLatch(1);
        server.serveStreams("endless", (request, stream) -> {
            try {
                while (true) {
                    stream.send(Bytes.of(new byte[10_000]));
                    sending.countDown();
                }
            } catch (UnavailableException e) {
                serverEnd.add(String.valueOf(e.getMessage()));
            }
        });
        BusStream stream = open(sameMember, "endless");
        awaitLatch(sending);
        stream.close();
        assertThat(serverEnd.poll(30, TimeUnit.SECONDS)).contains("closed");
        awaitNoStreams();
    }

    @Test
    void openingWhereNobodyServesIsUnavailableAndLeavesNothingBehind() {
        Bus.Registration registration = server.serveStreams("gone", (request, stream) -> stream.end());
        open(false, "gone").close();
        registration.close();
        assertThatThrownBy(() -> client.open("gone", Bytes.EMPTY, Duration.ofMillis(300)))
                .isInstanceOf(UnavailableException.class);
        awaitNoStreams();
    }
}
