package dev.xebec.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.Keys;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.Write;
import dev.xebec.gateway.testing.Https;
import dev.xebec.gateway.testing.TestGateway;
import dev.xebec.gateway.testing.WatchLines;
import dev.xebec.model.object.Json;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The door as clients see it: TLS, users, limits, streams. */
class HttpDoorTest {
    private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
    private static TestGateway gateway;
    private static Https admin;

    @BeforeAll
    static void open(@TempDir Path directory) {
        gateway = new TestGateway(directory);
        admin = new Https(gateway, "admin", Version.HTTP_2);
    }

    @AfterAll
    static void close() {
        admin.close();
        gateway.close();
    }

    @Test
    void bothHttpVersionsAreSpoken() throws Exception {
        HttpResponse<String> two = admin.get("/api/v1/namespaces/default");
        assertThat(two.statusCode()).isEqualTo(200);
        assertThat(two.version()).isEqualTo(Version.HTTP_2);
        try (Https old = new Https(gateway, "admin", Version.HTTP_1_1)) {
            HttpResponse<String> one = old.get("/api/v1/namespaces/default");
            assertThat(one.version()).isEqualTo(Version.HTTP_1_1);
            assertThat(one.body()).isEqualTo(two.body());
        }
    }

    @Test
    void everyAnswerHasItsAuditIdAndIsNotCached() throws Exception {
        HttpResponse<String> reply = admin.get("/api/v1/namespaces/none");
        assertThat(reply.statusCode()).isEqualTo(404);
        assertThat(reply.headers().firstValue("Audit-Id")).isPresent();
        assertThat(reply.headers().firstValue("Cache-Control")).contains("no-cache, private");
        assertThat(Json.parseObject(reply.body().getBytes(StandardCharsets.UTF_8)).path("reason").asText())
                .isEqualTo("NotFound");
    }

    @Test
    void eachWarningIsAHeaderOfItsOwn() throws Exception {
        HttpResponse<String> reply = admin.send(admin.request(CONFIG_MAPS + "?dryRun=All")
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers
                        .ofString("{\"metadata\":{\"name\":\"w\"},\"one\":1,\"a\\\", 299 - \\\"b\":2}")));
        assertThat(reply.headers().allValues("Warning")).containsExactlyInAnyOrder(
                "299 - \"unknown field \\\"one\\\"\"",
                "299 - \"unknown field \\\"a\\\", 299 - \\\"b\\\"\"");
    }

    @Test
    void anonymousUsersSeeHealthAndVersionOnly() throws Exception {
        try (Https nobody = new Https(gateway, null, Version.HTTP_1_1)) {
            HttpResponse<String> refused = nobody.get("/api/v1/namespaces");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.body()).contains("\"kind\":\"Status\"").contains("Unauthorized");
            assertThat(nobody.get("/livez").statusCode()).isEqualTo(200);
            assertThat(nobody.get("/version").statusCode()).isEqualTo(200);
            assertThat(nobody.send(nobody.request("/api/v1/namespaces").header("Authorization", "Bearer wrong"))
                    .statusCode()).isEqualTo(401);
        }
    }

    @Test
    void bodiesAboveTheLimitAreRefused() throws Exception {
        String big = "{\"metadata\":{\"name\":\"big\"},\"data\":{\"a\":\"" + "x".repeat(3 * 1024 * 1024) + "\"}}";
        HttpResponse<String> reply = admin.post(CONFIG_MAPS, big);
        assertThat(reply.statusCode()).isEqualTo(413);
        assertThat(reply.body()).contains("RequestEntityTooLarge");
        assertThat(admin.get("/api/v1/namespaces/default").statusCode()).isEqualTo(200);
    }

    @Test
    void largeAnswersAreCompressedForThoseWhoAsk() throws Exception {
        String data = "y".repeat(200 * 1024);
        assertThat(admin.post(CONFIG_MAPS, "{'metadata':{'name':'large'},'data':{'a':'" + data + "'}}").statusCode())
                .isEqualTo(201);
        String path = CONFIG_MAPS + "?fieldSelector=metadata.name=large";
        HttpResponse<byte[]> packed = admin.client().send(
                admin.request(path).header("Accept-Encoding", "gzip").GET().build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
        String unpacked = new String(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes(),
                StandardCharsets.UTF_8);
        assertThat(unpacked).contains(data).isEqualTo(admin.get(path).body());
    }

    @Test
    void percentEncodedQueriesAreRead() throws Exception {
        assertThat(admin.post(CONFIG_MAPS, "{'metadata':{'name':'enc','labels':{'k':'v'}}}").statusCode())
                .isEqualTo(201);
        assertThat(admin.get(CONFIG_MAPS + "?labelSelector=k%20in%20%28v%2Cw%29").body()).contains("\"enc\"");
    }

    @Test
    void aWatchTellsTheStateThenWhatHappens() throws Exception {
        String pods = "/api/v1/namespaces/default/secrets";
        admin.post(pods, "{'metadata':{'name':'first','labels':{'a':'1'}}}");
        try (WatchLines watch = new WatchLines(admin, pods + "?watch=true&labelSelector=a%3D1")) {
            assertThat(watch.nextName()).isEqualTo("ADDED first");
            admin.post(pods, "{'metadata':{'name':'other','labels':{'a':'2'}}}");
            patch(pods + "/other", "{'metadata':{'labels':{'a':'1'}}}");
            assertThat(watch.nextName()).isEqualTo("ADDED other");
            patch(pods + "/other", "{'metadata':{'annotations':{'n':'1'}}}");
            assertThat(watch.nextName()).isEqualTo("MODIFIED other");
            HttpResponse<String> left = patch(pods + "/other", "{'metadata':{'labels':{'a':'3'}}}");
            var event = watch.next();
            assertThat(event.path("type").asText()).isEqualTo("DELETED");
            assertThat(event.at("/object/metadata/labels/a").asText()).isEqualTo("1");
            assertThat(event.at("/object/metadata/resourceVersion").asText()).isEqualTo(
                    Json.parseObject(left.body().getBytes(StandardCharsets.UTF_8)).at("/metadata/resourceVersion")
                            .asText());
        }
    }

    @Test
    void severalChangesInOneBatchDoNotLeaveAWatchAsleep() throws Exception {
        String path = "/api/v1/namespaces/default/serviceaccounts";
        try (WatchLines watch = new WatchLines(admin, path + "?watch=true")) {
            List<Txn> txns = new ArrayList<>();
            for (int at = 0; at < 50; at++) {
                String key = Keys.of("", "serviceaccounts", "default", "s" + at);
                txns.add(new Txn(List.of(), List.of(new Write.Put(key, Bytes.utf8("{\"apiVersion\":\"v1\",\"kind\":"
                        + "\"ServiceAccount\",\"metadata\":{\"name\":\"s" + at + "\",\"namespace\":\"default\"}}"),
                        0))));
            }
            gateway.store().propose(new Proposal(LogGroup.MAIN, 4711, 1, 1, txns));
            for (int at = 0; at < 50; at++) {
                assertThat(watch.nextName()).isEqualTo("ADDED s" + at);
            }
        }
    }

    @Test
    void aWatchEndsInGoodOrderWithABookmark() throws Exception {
        try (WatchLines watch = new WatchLines(admin,
                "/api/v1/pods?watch=true&allowWatchBookmarks=true&timeoutSeconds=1&resourceVersion=0")) {
            assertThat(watch.next().at("/object/metadata/annotations").has("k8s.io/initial-events-end")).isTrue();
            var bookmark = watch.next();
            assertThat(bookmark.path("type").asText()).isEqualTo("BOOKMARK");
            assertThat(bookmark.at("/object/kind").asText()).isEqualTo("Pod");
            assertThat(bookmark.at("/object/metadata/resourceVersion").asLong()).isPositive();
            watch.awaitEnd();
        }
    }

    @Test
    void watchListEndsItsInitialEventsWithAnAnnotatedBookmark() throws Exception {
        try (WatchLines watch = new WatchLines(admin, "/api/v1/namespaces?watch=true&allowWatchBookmarks=true"
                + "&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&fieldSelector=metadata.name%3Ddefault")) {
            assertThat(watch.nextName()).isEqualTo("ADDED default");
            assertThat(watch.next().at("/object/metadata/annotations/k8s.io~1initial-events-end").asText())
                    .isEqualTo("true");
        }
        assertThat(admin.get("/api/v1/namespaces?watch=true&sendInitialEvents=true").statusCode()).isEqualTo(422);
    }

    @Test
    void aTableWatchHasItsColumnsInTheFirstEventOnly() throws Exception {
        HttpResponse<java.io.InputStream> response = admin.client().send(admin.request("/api/v1/namespaces?watch=true")
                .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io").GET().build(),
                HttpResponse.BodyHandlers.ofInputStream());
        try (var reader = new java.io.BufferedReader(new java.io.InputStreamReader(response.body(),
                StandardCharsets.UTF_8))) {
            var first = Json.parseObject(reader.readLine().getBytes(StandardCharsets.UTF_8));
            var second = Json.parseObject(reader.readLine().getBytes(StandardCharsets.UTF_8));
            assertThat(first.at("/object/columnDefinitions")).isNotEmpty();
            assertThat(second.at("/object/columnDefinitions")).isEmpty();
            assertThat(second.at("/object/rows")).hasSize(1);
        }
    }

    @Test
    void watchOverAWebSocketSendsOneFrameAnEvent() throws Exception {
        LinkedBlockingQueue<String> frames = new LinkedBlockingQueue<>();
        WebSocket socket = admin.client().newWebSocketBuilder().buildAsync(
                java.net.URI.create(gateway.url().replace("https:", "wss:")
                        + "/api/v1/namespaces?watch=true&fieldSelector=metadata.name%3Dkube-system"),
                new WebSocket.Listener() {
                    private final StringBuilder text = new StringBuilder();

                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
                        text.append(part);
                        if (last) {
                            frames.add(text.toString());
                            text.setLength(0);
                        }
                        from.request(1);
                        return java.util.concurrent.CompletableFuture.completedFuture(null);
                    }
                }).get(60, TimeUnit.SECONDS);
        assertThat(frames.poll(60, TimeUnit.SECONDS)).startsWith("{\"type\":\"ADDED\"").contains("kube-system");
        patch("/api/v1/namespaces/kube-system", "{'metadata':{'labels':{'seen':'yes'}}}");
        assertThat(frames.poll(60, TimeUnit.SECONDS)).startsWith("{\"type\":\"MODIFIED\"").contains("seen");
        socket.abort();
    }

    @Test
    void requestsAreCounted() throws Exception {
        admin.get("/api/v1/namespaces/default");
        assertThat(gateway.metrics().exposition()).contains("apiserver_request_total{").contains("verb=\"GET\"")
                .contains("apiserver_request_duration_seconds_bucket");
    }

    private static HttpResponse<String> patch(String path, String json) throws Exception {
        return admin.send(admin.request(path).header("Content-Type", "application/merge-patch+json").method("PATCH",
                HttpRequest.BodyPublishers.ofString(json.replace('\'', '"'))));
    }
}
