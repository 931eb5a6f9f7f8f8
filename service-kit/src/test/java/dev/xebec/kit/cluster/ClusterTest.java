package dev.xebec.kit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.multimap.MultiMap;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.member.Member;
import dev.xebec.kit.bus.BusSettings;
import dev.xebec.kit.bus.BusStream;
import dev.xebec.kit.bus.VertxBus;
import dev.xebec.kit.member.Membership;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.SelfSignedCertificate;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import io.vertx.spi.cluster.hazelcast.impl.HazelcastRegistrationInfo;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two clustered nodes in one JVM, with mutual TLS; formed once, because that takes seconds. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ClusterTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final BusSettings PATIENT = BusSettings.DEFAULTS.withPatience(Duration.ofSeconds(20));

    private static final Duration BEAT = BusSettings.DEFAULTS.beatEvery();

    private static ClusterSettings first;
    private static Vertx one;
    private static Vertx two;
    private static VertxBus busOne;
    private static VertxBus busTwo;
    private static int membersSeenAtOnce;

    @BeforeAll
    static void form() throws IOException {
        SelfSignedCertificate certificate = SelfSignedCertificate.create("localhost");
        BusTls tls = new BusTls(Path.of(certificate.certificatePath()), Path.of(certificate.privateKeyPath()),
                Path.of(certificate.certificatePath()));
        int[] ports = freePorts(4);
        List<String> members = List.of("127.0.0.1:" + ports[0], "127.0.0.1:" + ports[1]);
        first = new ClusterSettings("one", "127.0.0.1", ports[0], members, ports[2], Optional.of(tls));
        one = ClusterFormation.clustered(first);
        // One looks for addresses, the other for what a name stands for.
        List<String> named = List.of("localhost:" + ports[0], "localhost:" + ports[1]);
        two = ClusterFormation
                .clustered(new ClusterSettings("two", "127.0.0.1", ports[1], named, ports[3], Optional.of(tls)));
        membersSeenAtOnce = manager(two).getNodes().size();
        busOne = new VertxBus(one, PATIENT);
        busTwo = new VertxBus(two, PATIENT);
    }

    @AfterAll
    static void dissolve() {
        busOne.close();
        busTwo.close();
        two.close().toCompletionStage().toCompletableFuture().join();
        one.close().toCompletionStage().toCompletableFuture().join();
    }

    private static int[] freePorts(int count) throws IOException {
        ServerSocket[] sockets = new ServerSocket[count];
        int[] ports = new int[count];
        for (int i = 0; i < count; i++) {
            sockets[i] = new ServerSocket();
            sockets[i].bind(new InetSocketAddress("127.0.0.1", 0));
            ports[i] = sockets[i].getLocalPort();
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }

    private static void await(BooleanSupplier condition, String what) {
        for (int i = 0; i < 6_000 && !condition.getAsBoolean(); i++) {
            pause();
        }
        assertThat(condition.getAsBoolean()).as(what).isTrue();
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HazelcastClusterManager manager(Vertx vertx) {
        return (HazelcastClusterManager) ((VertxInternal) vertx).clusterManager();
    }

    private static MultiMap<String, HazelcastRegistrationInfo> subscriptions() {
        HazelcastInstance hazelcast = manager(one).getHazelcastInstance();
        return hazelcast.getMultiMap(StaleSubscriptions.SUBSCRIPTIONS);
    }

    /** With no time to look names up each member began a cluster of its own, and fourteen took 80 s to merge. */
    @Test
    void aMemberThatLooksForNamesJoinsWhoIsThereInsteadOfMergingLater() {
        assertThat(membersSeenAtOnce).isEqualTo(2);
    }

    @Test
    void requestsAndStreamsCrossTheCluster() {
        busTwo.serve("greet", request -> Bytes.utf8("hello " + request.utf8()));
        busTwo.serveStreams("count", (request, stream) -> {
            for (int i = 0; i < 20_000; i++) {
                stream.send(Bytes.utf8(Integer.toString(i)));
            }
            stream.send(Bytes.of(new byte[2 * 1024 * 1024]));
        });
        assertThat(busOne.call("greet", Bytes.utf8("one"), LONG).utf8()).isEqualTo("hello one");
        try (BusStream stream = busOne.open("count", Bytes.EMPTY, LONG)) {
            for (int i = 0; i < 20_000; i++) {
                assertThat(stream.receive(LONG)).isEqualTo(Bytes.utf8(Integer.toString(i)));
            }
            Bytes large = stream.receive(LONG);
            assertThat(large).isNotNull();
            assertThat(large.size()).isEqualTo(2 * 1024 * 1024);
            assertThat(stream.receive(LONG)).isNull();
        }
    }

    @Test
    void aMemberIsSeenByTheOtherAndGoneAfterItsGoodbye() {
        try (Membership here = new Membership(busOne, InstantSource.system(), "one", BEAT)) {
            Membership there = new Membership(busTwo, InstantSource.system(), "two", BEAT);
            there.announce(() -> new Member("scheduler-service", "two", 1, 2, "", Instant.EPOCH, true, false, 3, 100));
            await(() -> here.ready("scheduler-service").size() == 1, "the member is seen");
            there.close();
            await(() -> here.ready("scheduler-service").isEmpty(), "the member is gone");
        }
    }

    /** vert.x#4394: after a cut of the network the cluster had forgotten a node's subscriptions, and it stayed deaf. */
    @Test
    void vertx4394ADeafNodeSubscribesAnew() {
        busTwo.serve("deaf", request -> Bytes.utf8("heard"));
        assertThat(busOne.call("deaf", Bytes.EMPTY, LONG).utf8()).isEqualTo("heard");
        String own = "xebec.bus." + busTwo.id();
        assertThat(subscriptions().containsKey(own)).isTrue();

        subscriptions().remove(own);
        await(() -> subscriptions().containsKey(own), "the node's own address is subscribed again");
        await(() -> answers("deaf"), "the node is reached again");
    }

    private static boolean answers(String address) {
        try {
            return busOne.call(address, Bytes.EMPTY, Duration.ofSeconds(1)).utf8().equals("heard");
        } catch (UnavailableException e) {
            return false;
        }
    }

    /** vertx-hazelcast#196: subscriptions of dead nodes stayed, and the bus went on sending to them. */
    @Test
    void vertxHazelcast196SubscriptionsOfDeadNodesAreNotAskedAndAreSweptAway() {
        busTwo.serve("alive", request -> Bytes.utf8("heard"));
        HazelcastRegistrationInfo dead = new HazelcastRegistrationInfo(
                new RegistrationInfo("a-node-that-was-killed", 7, false));
        for (String address : List.of("xebec.bus." + busTwo.id(), "xebec.bus.dead")) {
            subscriptions().put(address, dead);
        }
        await(() -> subscriptions().values().stream().noneMatch(dead::equals), "the stale subscriptions are gone");
        await(() -> answers("alive"), "the node hears of it");
        for (int i = 0; i < 20; i++) {
            assertThat(busOne.call("alive", Bytes.EMPTY, LONG).utf8()).isEqualTo("heard");
        }
    }

    @Test
    void aCrashedNodeIsNoticedByItsConnectionsAndItsCallersHearSo() throws IOException {
        int[] ports = freePorts(2);
        Vertx three = ClusterFormation.clustered(new ClusterSettings("three", "127.0.0.1", ports[0],
                first.memberAddresses(), ports[1], first.tls()));
        VertxBus busThree = new VertxBus(three, PATIENT);
        Membership members = new Membership(busOne, InstantSource.system(), "one", BEAT);
        Membership crashing = new Membership(busThree, InstantSource.system(), "three", BEAT);
        crashing.announce(() -> new Member("node-agent", "three", 1, 2, "", Instant.EPOCH, true, false, 3, 100));
        CountDownLatch entered = new CountDownLatch(2);
        busThree.serve("hangs", request -> {
            entered.countDown();
            hang();
            return Bytes.EMPTY;
        });
        busThree.serveStreams("hangs", (request, stream) -> {
            entered.countDown();
            stream.receive(Duration.ZERO);
        });
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        BusStream stream = busOne.open("hangs", Bytes.EMPTY, LONG);
        Thread.ofVirtual().start(() -> hear(heard, () -> busOne.call("hangs", Bytes.EMPTY, Duration.ofMinutes(5))));
        Thread.ofVirtual().start(() -> hear(heard, () -> stream.receive(Duration.ZERO)));
        await(() -> entered.getCount() == 0 && members.ready("node-agent").size() == 1, "calls are under way");

        manager(three).getHazelcastInstance().getLifecycleService().terminate();

        assertThat(List.of(poll(heard), poll(heard))).containsExactlyInAnyOrder("the member asked has left",
                "the member at the other side of the stream left");
        await(() -> members.ready("node-agent").isEmpty(), "the member is gone");
        members.close();
        three.close();
    }

    private static void hear(BlockingQueue<String> heard, Runnable call) {
        try {
            call.run();
            heard.add("no failure");
        } catch (UnavailableException e) {
            heard.add(String.valueOf(e.getMessage()));
        }
    }

    private static String poll(BlockingQueue<String> heard) {
        try {
            return String.valueOf(heard.poll(60, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void hang() {
        try {
            Thread.sleep(Duration.ofMinutes(5));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whoever has no certificate of the cluster's authority is not heard on the event bus. */
    @Test
    void aStrangerWithoutACertificateIsRefusedByTheEventBus() throws Exception {
        TrustManager trusting = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) {
                throw new UnsupportedOperationException("this is a client");
            }

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) {
                // The stranger takes whatever it is shown.
            }

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[]{trusting}, null);
        try (Socket socket = context.getSocketFactory().createSocket("127.0.0.1", first.busPort())) {
            socket.setSoTimeout(30_000);
            assertThatThrownBy(() -> {
                socket.getOutputStream().write(new byte[64]);
                // TLS 1.3 tells a client of its refusal when it next reads.
                if (socket.getInputStream().read() < 0) {
                    throw new IOException("closed");
                }
            }).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aTakenPortIsSaidInASentence() {
        assertThatThrownBy(() -> ClusterFormation.clustered(first)).isInstanceOf(UnavailableException.class)
                .hasMessageContaining("port " + first.hazelcastPort()).hasMessageContaining("choose another");
    }

    @Test
    void listensOnTheGivenAddressOnlyAndNotForRestOrMemcache() {
        var config = manager(one).getConfig();
        assertThat(config.getNetworkConfig().getInterfaces().getInterfaces()).containsExactly("127.0.0.1");
        assertThat(config.getNetworkConfig().getJoin().getMulticastConfig().isEnabled()).isFalse();
        assertThat(config.getNetworkConfig().getJoin().getAutoDetectionConfig().isEnabled()).isFalse();
        assertThat(config.getSerializationConfig().getJavaSerializationFilterConfig()).isNotNull();
        assertThat(config.getProperty("hazelcast.socket.bind.any")).isEqualTo("false");
        assertThat(config.getProperty("hazelcast.phone.home.enabled")).isEqualTo("false");
    }
}
