package dev.xebec.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.node.NodeStreamRequest;
import dev.xebec.gateway.node.Frames;
import dev.xebec.gateway.spdy.SpdyPeer;
import dev.xebec.gateway.testing.TestApi;
import dev.xebec.kit.bus.BusStream;
import dev.xebec.model.status.Status;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** SPDY by real sockets, against a node with a test's behaviour. */
@TestInstance(Lifecycle.PER_CLASS)
class SpdyStreamsTest {
    private static final String UPGRADE = "Connection: Upgrade\r\nUpgrade: SPDY/3.1\r\n";
    private static final String V4 = UPGRADE + "X-Stream-Protocol-Version: v4.channel.k8s.io\r\n";
    private static final String FORWARD = UPGRADE + "X-Stream-Protocol-Version: portforward.k8s.io\r\n";
    private static final String TUNNEL = "SPDY/3.1+portforward.k8s.io";

    private StreamFixture fixture;

    @BeforeAll
    void start(@TempDir Path directory) {
        fixture = new StreamFixture(directory);
        fixture.pod("web", "quick", "{'name':'c','image':'i'}");
    }

    @AfterAll
    void stop() {
        fixture.close();
    }

    private SpdyTalk talk(String method, String path, String headers) {
        return new SpdyTalk(fixture.gateway.vertx(), fixture, method, TestApi.PODS + path, headers);
    }

    /** A pod that answers each piece by itself in brackets, and ends when the client does. */
    private static void bracket(NodeStreamRequest request, BusStream stream) {
        for (Bytes frame = stream.receive(Duration.ZERO); frame != null
                && frame.size() > 1; frame = stream.receive(Duration.ZERO)) {
            String text = new String(Frames.content(frame).array(), StandardCharsets.UTF_8);
            FakeNode.send(stream, NodeStreamRequest.STDOUT, "[" + request.port() + text + "]");
        }
        stream.send(Frames.empty(NodeStreamRequest.STDOUT));
        FakeNode.send(stream, NodeStreamRequest.STATUS, FakeNode.SUCCESS);
    }

    private static Buffer pair(SpdyPeer peer, int first, String request, String port) {
        return peer.open(first, Map.of("streamtype", "error", "port", port, "requestid", request))
                .appendBuffer(peer.open(first + 2, Map.of("streamtype", "data", "port", port, "requestid", request)));
    }

    @Test
    void forwardsConnectionsOverOneUpgradedByPost() throws Exception {
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick", SpdyStreamsTest::bracket);
                SpdyPeer peer = new SpdyPeer();
                SpdyTalk talk = talk("POST", "/web/portforward", FORWARD + "Content-Length: 0\r\n")) {
            assertThat(talk.head()).startsWith("HTTP/1.1 101 ").containsIgnoringCase("upgrade: SPDY/3.1")
                    .contains("X-Stream-Protocol-Version: portforward.k8s.io");
            talk.send(pair(peer, 1, "0", "80").appendBuffer(pair(peer, 5, "1", "81")));
            talk.send(peer.data(3, "a", false).appendBuffer(peer.data(7, "b", false)));
            List<String> seen = until(talk, peer, "data 3 [80a]", "data 7 [81b]");
            assertThat(seen).contains("reply 1", "reply 3", "reply 5", "reply 7");
            talk.send(peer.data(3, "", true));
            assertThat(until(talk, peer, "end 3", "end 1")).doesNotContain("end 7", "reset 7");
            talk.send(peer.data(7, "c", true));
            until(talk, peer, "data 7 [81c]", "end 7", "end 5");
            assertThat(node.asked).hasSize(2);
        }
    }

    @Test
    void saysOnTheErrorStreamWhyThereIsNoConnection() throws Exception {
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick", (request, stream) -> stream
                .send(Frames.status(new Status(503, "ServiceUnavailable", "connect: connection refused", "", "", "", "",
                        List.of(), 0))));
                SpdyPeer peer = new SpdyPeer();
                SpdyTalk talk = talk("GET", "/web/portforward", FORWARD)) {
            assertThat(talk.head()).startsWith("HTTP/1.1 101 ");
            talk.send(pair(peer, 1, "0", "80"));
            String heard = String.join("\n", until(talk, peer, "end 1", "end 3"));

            assertThat(heard).contains("data 1 error forwarding port 80 to pod web, uid ", "connection refused");
            assertThat(node.asked).hasSize(1);
        }
    }

    @Test
    void refusesStreamsThatAreNone() throws Exception {
        try (SpdyPeer peer = new SpdyPeer(); SpdyTalk talk = talk("GET", "/web/portforward", FORWARD)) {
            talk.head();
            talk.send(peer.open(1, Map.of("streamtype", "data", "port", "0")));
            talk.send(peer.open(3, Map.of("streamtype", "data", "port", "70000")));
            talk.send(peer.open(5, Map.of("streamtype", "other", "port", "80")));
            talk.send(peer.open(7, Map.of("port", "80")));
            talk.send(peer.open(8, Map.of("streamtype", "data", "port", "80")));
            until(talk, peer, "reset 1", "reset 3", "reset 5", "reset 7", "reset 8");
        }
    }

    @Test
    void closesAConnectionThatIsNoSpdy() throws Exception {
        try (SpdyPeer peer = new SpdyPeer(); SpdyTalk talk = talk("GET", "/web/portforward", FORWARD)) {
            talk.head();
            talk.send(Buffer.buffer().appendInt(0x80030001).appendInt(0xffffff));
            until(talk, peer, "away");
            assertThat(talk.next().length()).isZero();
        }
    }

    @Test
    void negotiatesTheProtocol() throws Exception {
        try (SpdyTalk none = talk("POST", "/web/exec?command=x&stdout=1", UPGRADE + "Content-Length: 0\r\n");
                SpdyTalk unknown = talk("POST", "/web/exec?command=x&stdout=1",
                        UPGRADE + "X-Stream-Protocol-Version: v9, v8\r\nContent-Length: 0\r\n")) {
            assertThat(none.head()).startsWith("HTTP/1.1 400 ");
            assertThat(none.next().toString()).contains("X-Stream-Protocol-Version is required");
            assertThat(unknown.head()).startsWith("HTTP/1.1 403 ")
                    .contains("X-Accepted-Stream-Protocol-Versions: v4.channel.k8s.io");
            assertThat(unknown.next().toString()).contains("client supports [v9 v8], server accepts [v4.channel.k8s.io "
                    + "v3.channel.k8s.io v2.channel.k8s.io channel.k8s.io]");
        }
    }

    /** After a refused upgrade the connection speaks HTTP as before, with the same user's rights (CVE-2018-1002105). */
    @Test
    void staysWithinHttpWhereTheUpgradeIsRefused() throws Exception {
        try (SpdyTalk talk = talk("POST", "/absent/exec?command=x&stdout=1", V4 + "Content-Length: 0\r\n")) {
            assertThat(talk.head()).startsWith("HTTP/1.1 404 ");
            talk.next();
            talk.send(Buffer.buffer("GET /version HTTP/1.1\r\nHost: test\r\n\r\n"));
            assertThat(talk.head()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void runsACommandWithAStreamForEachEnd() throws Exception {
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick", FakeNode::echo);
                SpdyPeer peer = new SpdyPeer();
                SpdyTalk talk = talk("POST", "/web/exec?command=cat&stdin=1&stdout=1&stderr=1",
                        V4 + "Content-Length: 0\r\n")) {
            assertThat(talk.head()).startsWith("HTTP/1.1 101 ");
            talk.send(peer.open(1, Map.of("streamtype", "error")));
            talk.send(peer.open(3, Map.of("streamtype", "stdin")));
            talk.send(peer.open(5, Map.of("streamtype", "stdout")));
            talk.send(peer.open(7, Map.of("streamtype", "stderr")));
            talk.send(peer.data(3, "hello", false));
            until(talk, peer, "data 5 hello");
            talk.send(peer.data(3, "", true));
            until(talk, peer, "data 1 " + FakeNode.SUCCESS, "end 1", "end 5", "end 7", "away");
            assertThat(node.asked).hasSize(1);
        }
    }

    @Test
    void tunnelsSpdyInMessages() throws Exception {
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick", SpdyStreamsTest::bracket);
                SpdyPeer peer = new SpdyPeer()) {
            StreamFixture.Talk talk = fixture.talk(TestApi.PODS + "/web/portforward", TUNNEL);
            assertThat(talk.socket().subProtocol()).isEqualTo(TUNNEL);
            List<String> seen = new ArrayList<>();
            talk.socket().binaryMessageHandler(message -> {
                synchronized (seen) {
                    seen.addAll(peer.read(message));
                }
            });
            Buffer all = pair(peer, 1, "0", "80").appendBuffer(peer.data(3, "a", false));
            talk.socket().writeBinaryMessage(all.getBuffer(0, 5));
            talk.socket().writeBinaryMessage(all.getBuffer(5, all.length()));
            dev.xebec.gateway.testing.Await.until("the answer", Duration.ofSeconds(60), () -> {
                synchronized (seen) {
                    return seen.contains("data 3 [80a]");
                }
            });
            StreamFixture.await(talk.socket().close());
            assertThat(node.asked).hasSize(1);
        }
    }

    @Test
    void forwardsAPortByChannels() throws Exception {
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick", SpdyStreamsTest::bracket)) {
            StreamFixture.Talk talk = fixture.talk(TestApi.PODS + "/web/portforward?ports=80&ports=258",
                    "v4.channel.k8s.io");
            assertThat(List.of(talk.next(), talk.next(), talk.next(), talk.next())).containsExactlyInAnyOrder("0:P\0",
                    "1:P\0", "2:\2\1", "3:\2\1");
            talk.send(2, "x");
            assertThat(talk.next()).isEqualTo("2:[258x]");
            StreamFixture.await(talk.socket().close());
            assertThat(node.asked).hasSize(2);
        }
    }

    private static List<String> until(SpdyTalk talk, SpdyPeer peer, String... wanted) throws InterruptedException {
        List<String> seen = new ArrayList<>();
        while (!seen.containsAll(List.of(wanted))) {
            Buffer bytes = talk.next();
            if (bytes.length() == 0) {
                throw new AssertionError("the connection is closed after " + seen);
            }
            seen.addAll(peer.read(bytes));
        }
        return seen;
    }
}
