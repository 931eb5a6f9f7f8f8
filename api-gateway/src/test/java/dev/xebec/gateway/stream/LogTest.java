package dev.xebec.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.contracts.node.NodeStreamRequest;
import dev.xebec.gateway.node.Frames;
import dev.xebec.gateway.node.Nodes;
import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.TestApi;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class LogTest {
    private static final String ONE = "{'name':'c','image':'i'}";

    private StreamFixture fixture;

    @BeforeAll
    void start(@TempDir Path directory) {
        fixture = new StreamFixture(directory);
        fixture.pod("web", "quick", ONE);
        fixture.pod("nowhere", "", ONE);
        fixture.pod("lost", "unknown-node", ONE);
        fixture.pod("two", "quick", "{'name':'a','image':'i'},{'name':'b','image':'i'}");
    }

    @AfterAll
    void stop() {
        fixture.close();
    }

    private static String path(String pod, String query) {
        return TestApi.PODS + "/" + pod + "/log" + (query.isEmpty() ? "" : "?" + query);
    }

    private Api.Reply refused(String pod, String query) {
        return fixture.gateway.api().get(path(pod, query));
    }

    @Test
    void sendsTheNodesTextAndNothingElse() throws Exception {
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick", (request, stream) -> {
            FakeNode.send(stream, NodeStreamRequest.STDOUT, "one\n");
            FakeNode.send(stream, NodeStreamRequest.STDERR, "two\n");
            FakeNode.send(stream, NodeStreamRequest.STATUS, FakeNode.SUCCESS);
        })) {
            HttpClientResponse response = fixture.open(path("web", ""));

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.getHeader("Content-Type")).startsWith("text/plain");
            assertThat(fixture.text(response)).isEqualTo("one\ntwo\n");
            NodeStreamRequest asked = node.asked.poll(60, TimeUnit.SECONDS);
            assertThat(asked).isNotNull();
            assertThat(asked.type()).isEqualTo(NodeStreamRequest.Type.LOGS);
            assertThat(asked.container()).isEqualTo("c");
            assertThat(asked.uid()).isEqualTo(fixture.gateway.api().get(TestApi.PODS + "/web").uid());
            assertThat(asked.tailLines()).isEqualTo(-1);
        }
    }

    @Test
    void passesOnWhatIsWanted() throws Exception {
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick",
                (request, stream) -> FakeNode.send(stream, NodeStreamRequest.STATUS, FakeNode.SUCCESS))) {
            String time = "2026-01-02T03:04:05Z";
            assertThat(fixture.text(fixture.open(path("two", "container=b&follow=true&tailLines=0&timestamps=true&"
                    + "previous=true&limitBytes=9&sinceTime=" + time)))).isEmpty();
            NodeStreamRequest asked = node.asked.poll(60, TimeUnit.SECONDS);

            assertThat(asked).isNotNull();
            assertThat(asked.container()).isEqualTo("b");
            assertThat(asked.follow() && asked.timestamps() && asked.previous()).isTrue();
            assertThat(asked.tailLines()).isZero();
            assertThat(asked.limitBytes()).isEqualTo(9);
            assertThat(asked.sinceEpochMillis()).isEqualTo(Instant.parse(time).toEpochMilli());
        }
    }

    @Test
    void followsAQuietLogUntilTheClientLeaves() throws Exception {
        CountDownLatch speak = new CountDownLatch(1);
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick", (request, stream) -> {
            try {
                assertThat(speak.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            FakeNode.send(stream, NodeStreamRequest.STDOUT, "late\n");
            stream.receive(Duration.ZERO);
        })) {
            HttpClientResponse response = fixture.open(path("web", "follow=true"));
            assertThat(response.statusCode()).isEqualTo(200);
            BlockingQueue<Buffer> text = new LinkedBlockingQueue<>();
            response.handler(text::add);
            response.resume();
            speak.countDown();

            assertThat(String.valueOf(text.poll(60, TimeUnit.SECONDS))).isEqualTo("late\n");
            StreamFixture.await(response.request().connection().close());
            assertThat(node.broken.poll(60, TimeUnit.SECONDS)).contains("the client has gone");
        }
    }

    @Test
    void holdsTheNodeBackWhileTheClientDoesNotRead() throws Exception {
        int chunks = 2_000;
        String line = "x".repeat(9_999) + "\n";
        AtomicInteger sent = new AtomicInteger();
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick", (request, stream) -> {
            for (int at = 0; at < chunks; at++) {
                FakeNode.send(stream, NodeStreamRequest.STDOUT, line);
                sent.incrementAndGet();
            }
            FakeNode.send(stream, NodeStreamRequest.STATUS, FakeNode.SUCCESS);
        })) {
            HttpClientResponse response = fixture.open(path("web", "follow=true"));
            int before = -1;
            while (sent.get() != before) {
                before = sent.get();
                Thread.sleep(300);
            }
            assertThat(before).isLessThan(chunks);

            assertThat(fixture.text(response)).hasSize(chunks * line.length());
            assertThat(node.asked).hasSize(1);
        }
    }

    @Test
    void answersTheNodesRefusalAsAStatus() {
        String waiting = "container \"c\" in pod \"web\" is waiting to start: ContainerCreating";
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick", (request, stream) -> stream
                .send(Frames.status(Status.badRequest(waiting))))) {
            HttpClientResponse response = fixture.open(path("web", ""));

            assertThat(response.statusCode()).isEqualTo(400);
            var status = Json.parseObject(Buffer.buffer(fixture.text(response)).getBytes());
            assertThat(status.path("message").asText()).isEqualTo(waiting);
            assertThat(status.path("reason").asText()).isEqualTo("BadRequest");
            assertThat(node.asked).hasSize(1);
        }
    }

    @Test
    void saysWhyAContainerHasNeverRun() {
        fixture.pod("stuck", "quick", "{'name':'c','image':'i'}");
        fixture.gateway.api().merge(TestApi.PODS + "/stuck/status", "{'status':{'containerStatuses':[{'name':'c',"
                + "'image':'i','imageID':'','ready':false,'restartCount':0,'state':{'waiting':{'reason':'PodInitializing'}}}]}}")
                .expect(200);
        assertThat(refused("stuck", "").expect(400).message())
                .isEqualTo("container \"c\" in pod \"stuck\" is waiting to start: PodInitializing");
    }

    @Test
    void saysWhenANodeCannotBeReachedOrBreaksOff() {
        assertThat(refused("lost", "").expect(503).message()).contains("node \"unknown-node\" cannot be reached");
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick",
                (request, stream) -> stream.fail("no disk"))) {
            assertThat(refused("web", "").expect(503).message()).contains("broke off", "no disk");
            assertThat(node.asked).hasSize(1);
        }
    }

    @Test
    void hasAnEmptyLogBeforeThePodIsAnywhere() {
        HttpClientResponse response = fixture.open(path("nowhere", ""));

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.getHeader("Content-Type")).isNull();
        assertThat(fixture.text(response)).isEmpty();
    }

    @Test
    void refusesInTheWordsOfKubernetes() {
        assertThat(refused("two", "").expect(400).message())
                .isEqualTo("a container name must be specified for pod two, choose one of: [a b]");
        assertThat(refused("web", "container=x").expect(400).message())
                .isEqualTo("container x is not valid for pod web");
        assertThat(refused("absent", "").expect(404).message()).isEqualTo("pods \"absent\" not found");
        assertThat(refused("web", "tailLines=-1").expect(422).message()).contains("tailLines",
                "greater than or equal to 0");
        assertThat(refused("web", "tailLines=many").expect(400).message())
                .isEqualTo("strconv.ParseInt: parsing \"many\": invalid syntax");
        assertThat(refused("web", "limitBytes=0").expect(422).message()).contains("limitBytes");
        assertThat(refused("web", "sinceSeconds=0").expect(422).message()).contains("sinceSeconds");
        assertThat(refused("web", "sinceTime=yesterday").expect(400).message())
                .isEqualTo("parsing time \"yesterday\" as"
                        + " \"2006-01-02T15:04:05Z07:00\": cannot parse \"yesterday\" as \"2006\"");
        assertThat(refused("absent", "sinceSeconds=1&sinceTime=2026-01-02T03:04:05Z").expect(422).message())
                .as("what is wanted is judged before it is looked for")
                .isEqualTo("PodLogOptions \"absent\" is invalid: []: Forbidden: at most one of `sinceTime` or"
                        + " `sinceSeconds` may be specified");
        fixture.gateway.api().delete(path("web", "")).expect(405);
    }

    @Test
    void refusesOverTheBusDoorWhatOnlyHttpCanCarryAndLetsTheNodeGo() throws Exception {
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick", (request, stream) -> {
            FakeNode.send(stream, NodeStreamRequest.STDOUT, "text\n");
            stream.receive(Duration.ZERO);
        })) {
            refused("web", "").expect(400);
            assertThat(node.broken.poll(60, TimeUnit.SECONDS)).contains("the client has gone");
        }
    }

    @Test
    void letsTheNodeGoWhenTheClientLeavesBeforeTheFirstLine() throws Exception {
        CountDownLatch opened = new CountDownLatch(1);
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick", (request, stream) -> {
            opened.countDown();
            stream.receive(Duration.ZERO);
        })) {
            var connection = fixture.leave(path("web", "follow=true"));
            assertThat(opened.await(60, TimeUnit.SECONDS)).isTrue();
            StreamFixture.await(connection.close());

            assertThat(node.broken.poll(60, TimeUnit.SECONDS)).contains("the client has gone");
        }
    }

    @Test
    void carriesSoManyStreamsAndNoMore() {
        Nodes nodes = new Nodes(fixture.gateway.bus());
        for (int taken = 0; taken < Nodes.MAX_STREAMS; taken++) {
            nodes.enter();
        }

        assertThatThrownBy(nodes::enter).isInstanceOfSatisfying(RejectedException.class,
                refused -> assertThat(refused.status().code()).isEqualTo(429));
        nodes.leave();
        nodes.enter();
    }

    @Test
    void givesThePlaceBackWithEachLog() {
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick", (request, stream) -> FakeNode.send(stream,
                NodeStreamRequest.STATUS, FakeNode.SUCCESS))) {
            for (int read = 0; read < Nodes.MAX_STREAMS + 10; read++) {
                assertThat(fixture.open(path("web", "")).statusCode()).isEqualTo(200);
            }
            assertThat(node.asked).hasSize(Nodes.MAX_STREAMS + 10);
        }
    }

    @Test
    void doesNotPassOffAPartOfALogAsTheWhole() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick", (request, stream) -> {
            FakeNode.send(stream, NodeStreamRequest.STDOUT, "first\n");
            try {
                assertThat(seen.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            stream.fail("power cut");
        })) {
            HttpClientResponse response = fixture.open(path("web", "follow=true"));
            seen.countDown();

            assertThatThrownBy(() -> fixture.text(response)).isInstanceOf(CompletionException.class);
            assertThat(node.asked).hasSize(1);
        }
    }
}
