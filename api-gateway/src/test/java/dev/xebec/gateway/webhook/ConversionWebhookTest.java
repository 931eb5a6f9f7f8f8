package dev.xebec.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.xebec.contracts.api.WatchEvent;
import dev.xebec.contracts.api.WatchHandle;
import dev.xebec.contracts.api.WatchRequest;
import dev.xebec.contracts.api.WatchSink;
import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.Https;
import dev.xebec.gateway.testing.TestGateway;
import dev.xebec.gateway.testing.WatchLines;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A definition with a conversion webhook, which is a real HTTPS server: ships have {@code spec.color} in v1, where they
 * are stored, and {@code spec.paint} in v2.
 */
class ConversionWebhookTest {
    private static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private static final String V1 = "/apis/example.com/v1/namespaces/default/ships";
    private static final String V2 = "/apis/example.com/v2/namespaces/default/ships";
    private static final int PATIENCE_SECONDS = 60;

    private TestGateway gateway;
    private WebhookServer server;
    private Api api;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        Path hook = Files.createDirectory(directory.resolve("hook"));
        gateway = new TestGateway(Files.createDirectory(directory.resolve("gateway")));
        server = new WebhookServer(hook, "hook.default.svc").raw("/convert", ConversionWebhookTest::convert);
        api = gateway.api();
    }

    @AfterEach
    void stop() {
        server.close();
        gateway.close();
    }

    @Test
    void objectsAreSaidInEachVersionByTheWebhook() {
        define("/convert");
        api.post(V1, ship("v1", "a", "'color':'red'")).expect(201);
        assertThat(server.asked()).as("what is stored as it came is asked of nobody").isEmpty();
        Api.Reply shown = api.get(V2 + "/a").expect(200);
        assertThat(shown.at("/apiVersion").asText()).isEqualTo("example.com/v2");
        assertThat(shown.at("/spec/paint").asText()).isEqualTo("red");
        assertThat(shown.at("/spec").has("color")).isFalse();
        assertThat(server.asked().get(0).path("desiredAPIVersion").asText()).isEqualTo("example.com/v2");
        api.get(V2 + "/a").expect(200);
        assertThat(server.asked()).as("one version of an object is converted once").hasSize(1);

        api.post(V2, ship("v2", "b", "'paint':'blue'")).expect(201);
        assertThat(api.get(V1 + "/b").at("/spec/color").asText()).isEqualTo("blue");
        api.merge(V2 + "/a", "{'spec':{'paint':'green'}}").expect(200);
        assertThat(api.get(V1 + "/a").at("/spec/color").asText()).isEqualTo("green");
        assertThat(api.get(V2).at("/items").valueStream().map(item -> item.at("/spec/paint").asText()))
                .containsExactly("green", "blue");
    }

    @Test
    void aListAsksOncePerFiveHundredObjects() {
        define("/convert");
        int ships = 501;
        for (int number = 0; number < ships; number++) {
            api.post(V1, ship("v1", "s" + number, "'color':'c" + number + "'")).expect(201);
        }
        assertThat(api.get(V2).names()).hasSize(ships);
        assertThat(server.asked()).extracting(request -> request.path("objects").size()).containsExactly(500, 1);
        api.delete(V1).expect(200);
    }

    @Test
    void aWatchShowsTheVersionThatItAskedFor() throws IOException, InterruptedException {
        define("/convert");
        try (Https admin = new Https(gateway, "admin", HttpClient.Version.HTTP_1_1);
                WatchLines watch = new WatchLines(admin, V2 + "?watch=true")) {
            api.post(V1, ship("v1", "a", "'color':'red'")).expect(201);
            ObjectNode added = watch.next();
            assertThat(added.path("type").asText()).isEqualTo("ADDED");
            assertThat(added.at("/object/apiVersion").asText()).isEqualTo("example.com/v2");
            assertThat(added.at("/object/spec/paint").asText()).isEqualTo("red");
            api.merge(V1 + "/a", "{'spec':{'color':'blue'}}").expect(200);
            assertThat(watch.next().at("/object/spec/paint").asText()).isEqualTo("blue");
            api.delete(V1 + "/a").expect(200);
            ObjectNode deleted = watch.next();
            assertThat(deleted.path("type").asText()).isEqualTo("DELETED");
            assertThat(deleted.at("/object/spec/paint").asText()).isEqualTo("blue");
        }
    }

    /** Objects in their stored version stay readable, and may be deleted. */
    @ParameterizedTest
    @ValueSource(strings = {"/broken", "/nothing", "/failure", "/renames"})
    void aWebhookThatFailsHarmsNobodyWhoDoesNotNeedIt(String path) {
        server.raw("/broken", (exchange, review) -> WebhookServer.send(exchange, 500, new byte[0]))
                .raw("/nothing", (exchange, review) -> WebhookServer.send(exchange, 200, new byte[0]))
                .raw("/failure", (exchange, review) -> {
                    ObjectNode answer = converted(review);
                    ((ObjectNode) answer.at("/response/result")).put("status", "Failure").put("message",
                            "no paint left");
                    WebhookServer.send(exchange, 200, Json.bytes(answer));
                }).raw("/renames", (exchange, review) -> {
                    ObjectNode answer = converted(review);
                    ((ObjectNode) answer.at("/response/convertedObjects/0/metadata")).put("name", "other");
                    WebhookServer.send(exchange, 200, Json.bytes(answer));
                });
        define(path);
        api.post(V1, ship("v1", "a", "'color':'red'")).expect(201);
        for (Api.Reply refused : List.of(api.get(V2 + "/a"), api.get(V2), api.post(V2, ship("v2", "b", "'paint':'x'")),
                api.merge(V2 + "/a", "{'spec':{'paint':'x'}}"))) {
            refused.expect(500);
            assertThat(refused.message()).startsWith("conversion webhook for example.com/v");
        }
        if (path.equals("/failure")) {
            assertThat(api.get(V2 + "/a").message())
                    .isEqualTo("conversion webhook for example.com/v1, Kind=Ship failed: no paint left");
        }
        assertThat(api.get(V1).names()).containsExactly("a");
        api.merge(V1 + "/a", "{'spec':{'color':'blue'}}").expect(200);
        api.delete(V1 + "/a").expect(200);
        assertThat(api.get(V1).names()).isEmpty();
    }

    /** A member's watch that waits for a webhook must not keep the cache, and so everybody, from going on. */
    @Test
    void aWatchThatWaitsForItsWebhookHoldsUpNobody() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        server.raw("/slow", (exchange, review) -> {
            asked.countDown();
            awaitQuietly(go);
            convert(exchange, review);
        });
        define("/slow");
        BlockingQueue<WatchEvent> seen = new LinkedBlockingQueue<>();
        BlockingQueue<WatchEvent.Type> synced = new LinkedBlockingQueue<>();
        try (WatchHandle handle = gateway.service().api().watch(new WatchRequest(
                List.of(new GroupVersionResource("example.com", "v2", "ships")), "", "", "", 0), new WatchSink() {
                    @Override
                    public void onEvents(List<WatchEvent> events) {
                        events.stream().filter(event -> event.type() == WatchEvent.Type.SYNCED)
                                .forEach(event -> synced.add(event.type()));
                        events.stream().filter(event -> event.object().size() > 0).forEach(seen::add);
                    }

                    @Override
                    public void onEnd(boolean expired, String reason) {
                        // The test ends it.
                    }
                })) {
            assertThat(handle).isNotNull();
            assertThat(synced.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotNull();
            api.post(V1, ship("v1", "a", "'color':'red'")).expect(201);
            assertThat(asked.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            // Reads of what was just written need the cache: with its thread in the webhook they would not be answered.
            for (int number = 0; number < 5; number++) {
                String path = "/api/v1/namespaces/default/configmaps";
                api.post(path, "{'metadata':{'name':'c" + number + "'}}").expect(201);
                assertThat(api.get(path).names()).hasSize(number + 1);
            }
            assertThat(seen).isEmpty();
            go.countDown();
            WatchEvent added = seen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(added).isNotNull();
            assertThat(added.object().utf8()).contains("\"paint\":\"red\"").contains("example.com/v2");
        } finally {
            go.countDown();
        }
    }

    private void define(String path) {
        String schema = "'schema':{'openAPIV3Schema':{'type':'object','x-kubernetes-preserve-unknown-fields':true}}";
        api.post(DEFINITIONS, "{'metadata':{'name':'ships.example.com'},'spec':{'group':'example.com',"
                + "'scope':'Namespaced','names':{'plural':'ships','kind':'Ship'},'conversion':{'strategy':'Webhook',"
                + "'webhook':{'conversionReviewVersions':['v1'],'clientConfig':{'url':'https://127.0.0.1:"
                + server.port() + path + "','caBundle':'" + server.caBundle() + "'}}},'versions':["
                + "{'name':'v1','served':true,'storage':true," + schema + "},"
                + "{'name':'v2','served':true,'storage':false," + schema + "}]}}").expect(201);
    }

    private static String ship(String version, String name, String spec) {
        return "{'apiVersion':'example.com/" + version + "','kind':'Ship','metadata':{'name':'" + name + "'},'spec':{"
                + spec + "}}";
    }

    private static void convert(HttpExchange exchange, ObjectNode review) throws IOException {
        WebhookServer.send(exchange, 200, Json.bytes(converted(review)));
    }

    private static ObjectNode converted(ObjectNode review) {
        ObjectNode answer = Json.object().put("kind", "ConversionReview").put("apiVersion",
                review.path("apiVersion").asText());
        ObjectNode response = answer.putObject("response").put("uid", review.at("/request/uid").asText());
        response.putObject("result").put("status", "Success");
        String wanted = review.at("/request/desiredAPIVersion").asText();
        String from = wanted.endsWith("v2") ? "color" : "paint";
        String to = wanted.endsWith("v2") ? "paint" : "color";
        var objects = response.putArray("convertedObjects");
        review.at("/request/objects").forEach(object -> {
            ObjectNode copy = Json.parseObject(object.toString().getBytes(StandardCharsets.UTF_8))
                    .put("apiVersion", wanted);
            if (copy.path("spec") instanceof ObjectNode spec && spec.has(from)) {
                spec.set(to, spec.remove(from));
            }
            objects.add(copy);
        });
        return answer;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
