package dev.xebec.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.contracts.node.NodeStreamRequest;
import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.TestApi;
import dev.xebec.model.object.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import java.nio.charset.StandardCharsets;
import dev.xebec.contracts.Bytes;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class ExecTest {
    private static final String V5 = "v5.channel.k8s.io";
    private static final String V4 = "v4.channel.k8s.io";
    private static final String EXEC = TestApi.PODS
            + "/web/exec?command=cat&command=-&stdin=true&stdout=true&stderr=true";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private StreamFixture fixture;

    @BeforeAll
    void start(@TempDir Path directory) {
        fixture = new StreamFixture(directory);
        fixture.pod("web", "quick", "{'name':'c','image':'i'}");
        fixture.pod("nowhere", "", "{'name':'c','image':'i'}");
        fixture.pod("lost", "unknown-node", "{'name':'c','image':'i'}");
    }

    @AfterAll
    void stop() {
        fixture.close();
    }

    @Test
    void talksBothWaysUntilInputIsClosed() throws Exception {
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick", FakeNode::echo)) {
            StreamFixture.Talk talk = fixture.talk(EXEC, V5, V4);

            assertThat(talk.socket().subProtocol()).isEqualTo(V5);
            talk.send(0, "hello");
            assertThat(talk.next()).isEqualTo("1:hello");
            talk.closeChannel(0);
            assertThat(talk.next()).isEqualTo("3:" + FakeNode.SUCCESS);
            assertThat(talk.end()).isEqualTo("closed");
            assertThat(talk.socket().closeStatusCode()).isEqualTo((short) 1000);
            NodeStreamRequest asked = node.asked.poll(60, TimeUnit.SECONDS);
            assertThat(asked).isNotNull();
            assertThat(asked.type()).isEqualTo(NodeStreamRequest.Type.EXEC);
            assertThat(asked.command()).containsExactly("cat", "-");
            assertThat(asked.stdin() && asked.stdout() && asked.stderr()).isTrue();
        }
    }

    @Test
    void keepsArgumentsWholeWhateverIsInThem() throws Exception {
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick", (request, stream) -> FakeNode.send(stream,
                NodeStreamRequest.STATUS, FakeNode.SUCCESS))) {
            fixture.talk(
                    TestApi.PODS + "/web/exec?stdout=1&command=sh&command=-c&command=echo%20a%0Aecho%20%26&command=",
                    V4).end();
            NodeStreamRequest asked = node.asked.poll(60, TimeUnit.SECONDS);

            assertThat(asked).isNotNull();
            assertThat(asked.command()).containsExactly("sh", "-c", "echo a\necho &", "");
            assertThat(asked.stdin()).isFalse();
        }
    }

    @Test
    void knowsTheCloseSignalOnlyInItsOwnProtocol() throws Exception {
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick", FakeNode::echo)) {
            StreamFixture.Talk talk = fixture.talk(EXEC, V4);
            talk.closeChannel(0);
            talk.send(0, "still open");

            assertThat(talk.next()).isEqualTo("1:still open");
            StreamFixture.await(talk.socket().close());
            assertThat(node.broken).isEmpty();
        }
    }

    @Test
    void worksOffWhatWasSentBeforeTheClientClosed() throws Exception {
        BlockingQueue<Integer> counted = new LinkedBlockingQueue<>();
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick", (request, stream) -> {
            int bytes = 0;
            for (Bytes frame = stream.receive(PATIENCE); frame != null && frame.size() > 1; frame = stream
                    .receive(PATIENCE)) {
                bytes += frame.size() - 1;
            }
            counted.add(bytes);
            FakeNode.send(stream, NodeStreamRequest.STATUS, FakeNode.SUCCESS);
        })) {
            StreamFixture.Talk talk = fixture.talk(EXEC, V4);
            for (int sent = 0; sent < 100; sent++) {
                talk.send(0, "z".repeat(20_000));
            }
            StreamFixture.await(talk.socket().close());
            assertThat(counted.poll()).as("before the close was answered").isEqualTo(2_000_000);
            assertThat(node.broken).isEmpty();
        }
    }

    @Test
    void aCommandWithATerminalGoesWithItsClient() throws Exception {
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick", FakeNode::echo)) {
            StreamFixture.Talk talk = fixture.talk(EXEC + "&tty=true", V4);
            talk.send(0, "in");
            assertThat(talk.next()).isEqualTo("1:in");
            StreamFixture.await(talk.socket().close());
            assertThat(node.broken.poll(60, TimeUnit.SECONDS)).contains("the client has gone");
        }
    }

    @Test
    void passesOnATerminalsSize() throws Exception {
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick", FakeNode::echo)) {
            StreamFixture.Talk talk = fixture.talk(EXEC + "&tty=true", V5);
            talk.send(4, "{\"Width\":80,\"Height\":24}");

            assertThat(talk.next()).isEqualTo("2:{\"Width\":80,\"Height\":24}");
            StreamFixture.await(talk.socket().close());
            NodeStreamRequest asked = node.asked.poll(60, TimeUnit.SECONDS);
            assertThat(asked).isNotNull();
            assertThat(asked.tty()).isTrue();
            assertThat(asked.stderr()).as("a terminal has one output").isFalse();
        }
    }

    @Test
    void carriesAnExitCode() throws Exception {
        String failure = "{\"kind\":\"Status\",\"status\":\"Failure\",\"reason\":\"NonZeroExitCode\","
                + "\"details\":{\"causes\":"
                + "[{\"reason\":\"ExitCode\",\"message\":\"3\"}]}}";
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick", (request, stream) -> FakeNode.send(stream,
                NodeStreamRequest.STATUS, failure))) {
            StreamFixture.Talk talk = fixture.talk(EXEC, V5);

            assertThat(talk.next()).isEqualTo("3:" + failure);
            assertThat(talk.end()).isEqualTo("closed");
            assertThat(node.asked).hasSize(1);
        }
    }

    @Test
    void attachesWithoutACommand() throws Exception {
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick", FakeNode::echo)) {
            StreamFixture.Talk talk = fixture.talk(TestApi.PODS + "/web/attach?stdin=true&stdout=true", V5);
            talk.send(0, "in");

            assertThat(talk.next()).isEqualTo("1:in");
            StreamFixture.await(talk.socket().close());
            NodeStreamRequest asked = node.asked.poll(60, TimeUnit.SECONDS);
            assertThat(asked).isNotNull();
            assertThat(asked.type()).isEqualTo(NodeStreamRequest.Type.ATTACH);
        }
    }

    @Test
    void tellsOnTheStatusChannelWhatHappensToTheNode() throws Exception {
        StreamFixture.Talk unreachable = fixture.talk(EXEC.replace("/web/", "/lost/"), V5);
        assertThat(message(unreachable.next())).contains("node \"unknown-node\" cannot be reached");
        assertThat(unreachable.end()).isEqualTo("closed");
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick",
                (request, stream) -> stream.fail("power cut"))) {
            StreamFixture.Talk broken = fixture.talk(EXEC, V5);
            assertThat(message(broken.next())).contains("broke", "power cut");
            assertThat(broken.end()).isEqualTo("closed");
            assertThat(node.asked).hasSize(1);
        }
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick", (request, stream) -> stream.end())) {
            assertThat(message(fixture.talk(EXEC, V5).next())).contains("without a result");
            assertThat(node.asked).hasSize(1);
        }
    }

    private static String message(String frame) {
        assertThat(frame).startsWith("3:");
        var status = Json.parseObject(frame.substring(2).getBytes(StandardCharsets.UTF_8));
        assertThat(status.path("status").asText()).isEqualTo("Failure");
        return status.path("message").asText();
    }

    @Test
    void losesNothingWhereBothSidesAreSlow() throws Exception {
        int messages = 400;
        String text = "y".repeat(20_000);
        AtomicInteger received = new AtomicInteger();
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick", (request, stream) -> {
            sleep();
            for (int at = 0; at < messages; at++) {
                var frame = stream.receive(Duration.ofSeconds(60));
                received.addAndGet(frame == null ? 0 : frame.size() - 1);
            }
            for (int at = 0; at < messages; at++) {
                FakeNode.send(stream, NodeStreamRequest.STDOUT, text);
            }
            FakeNode.send(stream, NodeStreamRequest.STATUS, FakeNode.SUCCESS);
        })) {
            StreamFixture.Talk talk = fixture.talk(EXEC, V5);
            for (int at = 0; at < messages; at++) {
                talk.socket().writeBinaryMessage(Buffer.buffer(FakeNode.frame(0, text).array()));
            }
            assertThat(talk.next()).hasSize(text.length() + 2);
            talk.socket().pause();
            sleep();
            talk.socket().resume();
            for (int at = 1; at < messages; at++) {
                assertThat(talk.next()).hasSize(text.length() + 2);
            }
            assertThat(talk.next()).isEqualTo("3:" + FakeNode.SUCCESS);
            assertThat(received.get()).isEqualTo(messages * text.length());
            assertThat(node.asked).hasSize(1);
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(700);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void answersAStatusWhereItCannotUpgrade() {
        assertThat(refused("web", "stdout=true&command=ls").expect(400).message()).contains("Upgrade request required");
        assertThat(refused("web", "stdout=true").expect(400).message())
                .isEqualTo("you must specify at least 1 command for the container");
        assertThat(refused("web", "command=ls").expect(400).message()).contains("at least 1 of stdin, stdout, stderr");
        assertThat(refused("web", "stdout=true&command=ls&container=x").expect(400).message())
                .isEqualTo("container x is not valid for pod web");
        assertThat(refused("nowhere", "stdout=true&command=ls").expect(400).message())
                .isEqualTo("pod nowhere does not have a host assigned");
        refused("absent", "stdout=true&command=ls").expect(404);
        assertThatThrownBy(() -> fixture.talk(EXEC.replace("/web/", "/absent/"), V5))
                .isInstanceOf(CompletionException.class).cause().isInstanceOfSatisfying(UpgradeRejectedException.class,
                        rejected -> {
                            assertThat(rejected.getStatus()).isEqualTo(404);
                            assertThat(rejected.getBody().toString()).contains("pods \\\"absent\\\" not found");
                        });
    }

    private Api.Reply refused(String pod, String query) {
        return fixture.gateway.api().get(TestApi.PODS + "/" + pod + "/exec?" + query);
    }
}
