package dev.xebec.simulator.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.kit.bus.BusSettings;
import dev.xebec.kit.bus.BusStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the contract promises whatever the network does. */
final class NetworkFaultsTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final NetworkFaults BAD = NetworkFaults.CALM.withLoss(3).withDuplicates(3).withReorder(3);
    private static final BusSettings SETTINGS = BusSettings.DEFAULTS.withPatience(Duration.ofSeconds(10))
            .withStreams(Duration.ofMillis(50), Duration.ofSeconds(1), 64 * 1024);

    private final SimulatedNetwork network = new SimulatedNetwork(new Random(7));
    private final SimulatedBus server = network.join("server", SETTINGS);
    private final SimulatedBus client = network.join("client", SETTINGS);

    @AfterEach
    void leave() {
        network.leave("server");
        network.leave("client");
    }

    @Test
    void carriesARequestOutAtMostOnceAndAnswersNothingWrong() {
        network.faults(BAD.withLoss(20).withDuplicates(20));
        ConcurrentMap<String, Integer> carriedOut = new ConcurrentHashMap<>();
        server.serve("echo", request -> {
            carriedOut.merge(request.utf8(), 1, Integer::sum);
            return request;
        });
        int answered = 0;
        int unanswered = 0;
        for (int i = 0; i < 200; i++) {
            String number = Integer.toString(i);
            try {
                assertThat(client.call("echo", Bytes.utf8(number), SHORT).utf8()).isEqualTo(number);
                answered++;
            } catch (UnavailableException e) {
                unanswered++;
            }
        }
        assertThat(carriedOut.values()).allMatch(times -> times == 1);
        assertThat(answered).isPositive();
        // Some were carried out though nobody was told.
        assertThat(unanswered).isPositive();
        assertThat(carriedOut.size()).isGreaterThan(answered);
    }

    @Test
    void deliversRequestsTwiceOnlyWhereToldTo() {
        network.faults(NetworkFaults.NONE.withRepeats(100));
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        server.serve("echo", request -> {
            heard.add(request.utf8());
            return request;
        });
        assertThat(client.call("echo", Bytes.utf8("once"), LONG).utf8()).isEqualTo("once");
        assertThat(poll(heard)).isEqualTo("once");
        assertThat(poll(heard)).isEqualTo("once");
    }

    private static String poll(BlockingQueue<String> queue) {
        try {
            return String.valueOf(queue.poll(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Some of the streams come through, others break, and neither shows a hole. */
    @Test
    void whatAStreamShowsIsAPrefixOfWhatWasSent() {
        server.serveStreams("numbers", (request, stream) -> {
            for (int i = 0; i < 20; i++) {
                stream.send(Bytes.utf8(Integer.toString(i)));
            }
        });
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(Integer.toString(i));
        }
        int whole = 0;
        int broken = 0;
        network.faults(BAD.withLoss(1).withDuplicates(1).withReorder(1));
        for (int round = 0; round < 60; round++) {
            List<String> seen = new ArrayList<>();
            try (BusStream stream = client.open("numbers", Bytes.EMPTY, SHORT)) {
                for (Bytes chunk = stream.receive(LONG); chunk != null; chunk = stream.receive(LONG)) {
                    seen.add(chunk.utf8());
                }
                assertThat(seen).isEqualTo(all);
                whole++;
            } catch (UnavailableException e) {
                assertThat(seen).isEqualTo(all.subList(0, seen.size()));
                broken++;
            }
        }
        assertThat(whole).isPositive();
        assertThat(broken).isPositive();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStreamBreaksAtBothEndsWhenOneWayIsBlocked(boolean toServer) {
        BlockingQueue<String> served = new LinkedBlockingQueue<>();
        server.serveStreams("patient", (request, stream) -> {
            try {
                stream.receive(Duration.ZERO);
                served.add("the end");
            } catch (UnavailableException e) {
                served.add("broken");
            }
        });
        try (BusStream stream = client.open("patient", Bytes.EMPTY, LONG)) {
            network.block(toServer ? "client" : "server", toServer ? "server" : "client");
            assertThatThrownBy(() -> stream.receive(Duration.ZERO)).isInstanceOf(UnavailableException.class);
        }
        assertThat(poll(served)).isEqualTo("broken");
    }

    @Test
    void aBlockedWayLosesWhatIsSentAndAHealedOneCarriesAgain() {
        AtomicInteger calls = new AtomicInteger();
        server.serve("count", request -> Bytes.utf8(Integer.toString(calls.incrementAndGet())));
        assertThat(client.call("count", Bytes.EMPTY, LONG).utf8()).isEqualTo("1");
        network.block("client", "server");
        assertThatThrownBy(() -> client.call("count", Bytes.EMPTY, SHORT)).isInstanceOf(UnavailableException.class);
        network.heal();
        assertThat(client.call("count", Bytes.EMPTY, LONG).utf8()).isEqualTo("2");
        network.block("server", "client");
        assertThatThrownBy(() -> client.call("count", Bytes.EMPTY, SHORT)).isInstanceOf(UnavailableException.class);
        network.unblock("server", "client");
        assertThat(client.call("count", Bytes.EMPTY, LONG).utf8()).isEqualTo("4");
        assertThat(network.connected("server", "client")).isTrue();
    }

    @Test
    void aDeadMembersCallersAndStreamsAreGivenUpAndTheNextOneOfTheNameHearsNothingOfIt() {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        server.serveStreams("life", (request, stream) -> stream.receive(Duration.ZERO));
        BusStream stream = client.open("life", Bytes.EMPTY, LONG);
        network.leave("server");
        SimulatedBus next = network.join("server", SETTINGS);
        next.serve("hello", request -> {
            heard.add(request.utf8());
            return request;
        });
        assertThatThrownBy(() -> stream.receive(Duration.ZERO)).isInstanceOf(UnavailableException.class);
        assertThat(client.call("hello", Bytes.utf8("you"), LONG).utf8()).isEqualTo("you");
        assertThat(heard).containsExactly("you");
        assertThatThrownBy(() -> server.call("hello", Bytes.utf8("from the dead"), SHORT))
                .isInstanceOf(UnavailableException.class);
        assertThat(heard).containsExactly("you");
    }
}
