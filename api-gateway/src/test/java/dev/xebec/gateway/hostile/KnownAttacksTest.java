package dev.xebec.gateway.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.Https;
import dev.xebec.gateway.testing.TestGateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attacks on API servers that have a number, tried on this one. docs/hostile-input.md says where the others are tried. */
class KnownAttacksTest {
    private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
    private static TestGateway gateway;
    private static Https admin;
    private static Api api;

    @BeforeAll
    static void open(@TempDir Path directory) {
        gateway = new TestGateway(directory);
        admin = new Https(gateway, "admin", HttpClient.Version.HTTP_2);
        api = gateway.api();
    }

    @AfterAll
    static void close() {
        admin.close();
        gateway.close();
    }

    private static void stillServes() {
        api.get("/api/v1/namespaces/default").expect(200);
    }

    @Test
    void cve20191002100CopiesOfAJsonPatchAreBounded() {
        api.post(CONFIG_MAPS, "{'metadata':{'name':'grow'},'data':{'a':'" + "x".repeat(1_000) + "'}}").expect(201);
        StringBuilder patch = new StringBuilder("[");
        for (int at = 0; at < 9_000; at++) {
            patch.append(at == 0 ? "" : ",").append("{\"op\":\"copy\",\"from\":\"/data\",\"path\":\"/data").append(at)
                    .append("\"}");
        }
        Api.Reply reply = api.send("PATCH", CONFIG_MAPS + "/grow", "application/json-patch+json", patch + "]");
        assertThat(reply.code()).as(reply.message()).isIn(400, 413, 422);
        StringBuilder many = new StringBuilder("[");
        for (int at = 0; at < 10_001; at++) {
            many.append(at == 0 ? "" : ",").append("{\"op\":\"test\",\"path\":\"/kind\",\"value\":\"ConfigMap\"}");
        }
        api.send("PATCH", CONFIG_MAPS + "/grow", "application/json-patch+json", many + "]").expect(413);
        stillServes();
    }

    @Test
    void cve201911253AliasesOfYamlDoNotMultiply() {
        StringBuilder bomb = new StringBuilder("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bomb}\n"
                + "a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (char letter = 'b'; letter < 'o'; letter++) {
            String before = "*" + (char) (letter - 1);
            bomb.append(letter).append(": &").append(letter).append(" [").append(before)
                    .append((", " + before).repeat(8)).append("]\n");
        }
        assertThat(api.send("POST", CONFIG_MAPS, "application/yaml", bomb.toString()).code()).isEqualTo(400);
        stillServes();
    }

    @Test
    void cve201911254DeepAndCrookedYamlIsReadOnceOrRefused() {
        for (String crooked : new String[]{"[".repeat(200_000), "a: ".repeat(200_000), "- ".repeat(400_000),
                "{a: ".repeat(100_000), "? ".repeat(200_000), "!!".repeat(300_000), "\"" + "\\x00".repeat(200_000),
                "&a ".repeat(100_000), "--- \n".repeat(200_000), "a:\n" + " ".repeat(900_000) + "b"}) {
            assertThat(api.send("POST", CONFIG_MAPS, "application/yaml", crooked).code()).isIn(400, 413, 422);
        }
        stillServes();
    }

    @Test
    void cve20208552WhatClientsCallThemselvesAndAskForMakesNoNewMetrics() throws Exception {
        admin.get("/metrics");
        long before = series();
        for (int at = 0; at < 300; at++) {
            admin.send(admin.request("/apis/no" + at + ".example.com/v1/things" + at)
                    .header("User-Agent", "agent-" + at + "/1.0").GET());
            admin.get(CONFIG_MAPS + "/name-" + at);
            admin.get("/nowhere/" + at);
        }
        assertThat(series() - before).isLessThan(100);
    }

    private static long series() throws IOException, InterruptedException {
        return admin.get("/metrics").body().lines().filter(line -> !line.startsWith("#")).count();
    }

    @Test
    void cve20223162APathCannotLeaveItsResource() throws Exception {
        api.post("/api/v1/namespaces/default/secrets", "{'metadata':{'name':'hidden'}}").expect(201);
        for (String path : new String[]{CONFIG_MAPS + "/../secrets/hidden", CONFIG_MAPS + "/..%2Fsecrets%2Fhidden",
                CONFIG_MAPS + "/%2e%2e/secrets/hidden", CONFIG_MAPS + "/x/../../secrets/hidden"}) {
            var answer = admin.get(path);
            assertThat(answer.body()).as(path).doesNotContain("\"kind\":\"Secret\"");
            assertThat(answer.statusCode()).as(path).isIn(400, 404);
        }
    }

    @Test
    void cve201911247ClusterScopedObjectsAreNotReachedThroughANamespace() {
        api.get("/api/v1/namespaces/default/nodes").expect(404);
        api.get("/apis/rbac.authorization.k8s.io/v1/namespaces/default/clusterroles").expect(404);
        api.post("/apis/rbac.authorization.k8s.io/v1/namespaces/default/clusterroles", "{'metadata':{'name':'x'}}")
                .expect(404);
    }

    @Test
    void cve202344487StreamsThatAreOpenedAndResetCloseTheConnection() throws Exception {
        try (RawHttp2 connection = new RawHttp2(socket())) {
            byte[] cancel = {0, 0, 0, 8};
            flood(() -> {
                for (int at = 0; at < 20_000; at++) {
                    int stream = 2 * at + 1;
                    connection.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS | RawHttp2.END_STREAM, stream,
                            RawHttp2.get("/healthz"));
                    connection.frame(RawHttp2.RST_STREAM, 0, stream, cancel);
                }
            });
            assertThat(connection.goodbye()).isTrue();
        }
        stillServes();
    }

    @Test
    void headersThatNeverEndCloseTheConnection() throws Exception {
        try (RawHttp2 connection = new RawHttp2(socket())) {
            ByteArrayOutputStream more = new ByteArrayOutputStream();
            for (int at = 0; at < 100; at++) {
                RawHttp2.field(more, "x-" + at, "y".repeat(100));
            }
            flood(() -> {
                connection.frame(RawHttp2.HEADERS, RawHttp2.END_STREAM, 1, RawHttp2.get("/healthz"));
                for (int at = 0; at < 20_000; at++) {
                    connection.frame(RawHttp2.CONTINUATION, 0, 1, more.toByteArray());
                }
            });
            assertThat(connection.goodbye()).isTrue();
        }
        stillServes();
    }

    @Test
    void pingsWithoutEndCloseTheConnectionOrAreAnsweredAndTheOthersAreServed() throws Exception {
        try (RawHttp2 connection = new RawHttp2(socket())) {
            flood(() -> {
                for (int at = 0; at < 20_000; at++) {
                    connection.frame(RawHttp2.PING, 0, 0, new byte[8]);
                }
            });
        }
        stillServes();
    }

    @Test
    void aBodyThatIsNotWhatItSaysIsRefused() {
        byte[] zip = "PK\u0003\u0004".repeat(1000).getBytes(StandardCharsets.ISO_8859_1);
        for (String type : new String[]{"application/json", "application/yaml",
                "application/vnd.kubernetes.protobuf"}) {
            assertThat(api.send("POST", CONFIG_MAPS, type, "", Bytes.of(zip)).code()).as(type).isEqualTo(400);
        }
    }

    private interface Flood {
        void run() throws IOException;
    }

    /** A server that has had enough closes, and the writer notices. */
    private static void flood(Flood flood) {
        try {
            flood.run();
        } catch (IOException hungUp) {
            return;
        }
    }

    private static SSLSocket socket() throws IOException {
        SSLSocket socket = (SSLSocket) admin.client().sslContext().getSocketFactory().createSocket("127.0.0.1",
                gateway.service().port());
        socket.setSoTimeout(60_000);
        return socket;
    }
}
