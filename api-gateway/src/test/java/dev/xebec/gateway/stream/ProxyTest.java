package dev.xebec.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.node.NodeStreamRequest;
import dev.xebec.gateway.node.Frames;
import dev.xebec.gateway.testing.Https;
import dev.xebec.gateway.testing.TestApi;
import dev.xebec.kit.bus.BusStream;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.Status;
import io.vertx.core.buffer.Buffer;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The proxy subresources by real sockets, before a pod that a test plays. */
@TestInstance(Lifecycle.PER_CLASS)
class ProxyTest {
    private static final String PROXY = TestApi.PODS + "/web:8080/proxy";

    private StreamFixture fixture;
    private Https client;

    @BeforeAll
    void start(@TempDir Path directory) {
        fixture = new StreamFixture(directory);
        fixture.pod("web", "quick", "{'name':'c','image':'i','ports':[{'containerPort':80}]}");
        fixture.gateway.api().put(TestApi.PODS + "/web/status",
                "{'metadata':{'name':'web'},'status':{'podIP':'10.0.0.1','phase':'Running'}}").expect(200);
        fixture.pod("nowhere", "", "{'name':'c','image':'i'}");
        client = new Https(fixture.gateway, "admin", Version.HTTP_1_1);
    }

    @AfterAll
    void stop() {
        client.close();
        fixture.close();
    }

    /** Reads a request to the end of its head and of so many bytes of its body. */
    private static String request(BusStream stream, int body) {
        StringBuilder text = new StringBuilder();
        int head = -1;
        while (head < 0 || text.length() < head + 4 + body) {
            Bytes frame = stream.receive(Duration.ofSeconds(60));
            text.append(frame == null
                    ? "\r\n\r\n" + " ".repeat(body)
                    : new String(Frames.content(frame).array(), StandardCharsets.ISO_8859_1));
            head = text.indexOf("\r\n\r\n");
        }
        return text.toString();
    }

    private static void answer(BusStream stream, String head, String body) {
        FakeNode.send(stream, NodeStreamRequest.STDOUT, head + "\r\n\r\n" + body);
        stream.send(Frames.empty(NodeStreamRequest.STDOUT));
        FakeNode.send(stream, NodeStreamRequest.STATUS, FakeNode.SUCCESS);
    }

    /** A pod that shows what it was asked. */
    private FakeNode mirror(int body) {
        return new FakeNode(fixture.gateway.bus(), "quick", (request, stream) -> {
            String seen = request(stream, body);
            answer(stream,
                    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: X-Hop\r\nX-Hop: 1\r\nX-Own: 1\r\n"
                            + "Access-Control-Allow-Origin: *\r\nContent-Length: " + seen.length(),
                    seen);
        });
    }

    @Test
    void handsARequestOnWithoutWhatIsOfTheConnectionOrSecret() throws Exception {
        try (FakeNode node = mirror(0)) {
            HttpResponse<String> response = client.send(client.request(PROXY + "/a%20b/../c/?x=%2F&y")
                    .header("Impersonate-User", "admin").header("Impersonate-Group", "system:masters")
                    .header("X-Custom", "kept").header("X-Forwarded-For", "1.2.3.4").GET());

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).startsWith("GET /c/?x=%2F&y HTTP/1.1\r\n").contains("X-Custom: kept",
                    "X-Forwarded-For: 1.2.3.4, 127.0.0.1", "X-Forwarded-Uri: " + PROXY).doesNotContainIgnoringCase(
                            "impersonate", "authorization:");
            assertThat(response.headers().firstValue("X-Own")).hasValue("1");
            assertThat(response.headers().map()).doesNotContainKeys("x-hop", "access-control-allow-origin");
            NodeStreamRequest asked = node.asked.poll(60, TimeUnit.SECONDS);
            assertThat(asked).isNotNull();
            assertThat(asked.type()).isEqualTo(NodeStreamRequest.Type.FORWARD);
            assertThat(asked.port()).isEqualTo(8080);
        }
    }

    @Test
    void carriesBodiesOfEveryMethod() throws Exception {
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            try (FakeNode node = mirror(5)) {
                HttpResponse<String> response = client
                        .send(client.request(PROXY + "/x").method(method, BodyPublishers.ofString("hello")));
                assertThat(response.body()).startsWith(method + " /x HTTP/1.1").endsWith("hello");
                assertThat(node.asked).hasSize(1);
            }
        }
    }

    @Test
    void takesTheFirstPortOfAPodThatIsAskedForNone() throws Exception {
        try (FakeNode node = mirror(0)) {
            client.get(TestApi.PODS + "/https:web:/proxy/");
            client.get(TestApi.PODS + "/web/proxy/");
            assertThat(node.asked).extracting(NodeStreamRequest::port).containsExactly(80, 80);
            assertThat(node.asked).extracting(NodeStreamRequest::tls).containsExactly(true, false);
        }
    }

    @Test
    void rewritesWhatLeadsBackToTheServer() throws Exception {
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick", (request, stream) -> {
            String seen = request(stream, 0);
            answer(stream, seen.startsWith("GET /page")
                    ? "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8"
                    : "HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1:8080/login\r\nContent-Length: 0",
                    seen.startsWith("GET /page") ? "<a href=\"/there\">x</a>" : "");
        })) {
            assertThat(client.get(PROXY + "/page").body()).isEqualTo("<a href=\"" + PROXY + "/there\">x</a>");
            HttpResponse<String> moved = client.get(PROXY + "/old");
            assertThat(moved.statusCode()).isEqualTo(302);
            assertThat(moved.headers().firstValue("Location")).hasValue(PROXY + "/login");
            assertThat(node.asked).hasSize(2);
        }
        HttpResponse<String> root = client.get(PROXY + "?a=b");
        assertThat(root.statusCode()).isEqualTo(301);
        assertThat(root.headers().firstValue("Location")).hasValue(PROXY + "/?a=b");
    }

    @Test
    void saysWhatCannotBeReached() throws Exception {
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick", (request, stream) -> stream
                .send(Frames.status(new Status(503, "ServiceUnavailable", "dial tcp 10.0.0.1:8080: connect: connection "
                        + "refused", "", "", "", "", List.of(), 0))))) {
            assertThat(refused(PROXY + "/", 503)).isEqualTo("error trying to reach service: dial tcp 10.0.0.1:8080: "
                    + "connect: connection refused");
            assertThat(node.asked).hasSize(1);
        }
        assertThat(refused(TestApi.PODS + "/ftp:web:1/proxy/", 400)).isEqualTo("invalid pod request \"ftp:web:1\"");
        assertThat(refused(TestApi.PODS + "/web:abc/proxy/", 503)).contains("lookup tcp/abc: unknown port");
        assertThat(refused(TestApi.PODS + "/absent/proxy/", 404)).isEqualTo("pods \"absent\" not found");
        assertThat(refused(TestApi.PODS + "/nowhere/proxy/", 400)).isEqualTo("address not allowed");
        assertThat(refused("/api/v1/namespaces/default/services/x/proxy/", 503))
                .isEqualTo("no endpoints available for service \"x\"");
        assertThat(refused("/api/v1/namespaces/default/services/x:80/proxy/", 404))
                .isEqualTo("services \"x\" not found");
        assertThat(refused("/api/v1/nodes/quick/proxy/", 404)).isEqualTo("nodes \"quick\" not found");
        assertThat(client.get("/api/v1/proxy/namespaces/default/pods/web/").statusCode()).isEqualTo(404);
    }

    private String refused(String path, int code) throws Exception {
        HttpResponse<String> response = client.get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(code);
        return Json.parseObject(response.body().getBytes(StandardCharsets.UTF_8)).path("message").asText();
    }

    /** No address of a node's status is dialled, and no port but the agent's is served (CVE-2022-3294). */
    @Test
    void asksANodesAgentAndNothingElse() throws Exception {
        fixture.gateway.api().post("/api/v1/nodes", "{'metadata':{'name':'agent'},'status':{'addresses':"
                + "[{'type':'InternalIP','address':'127.0.0.1'}]}}").expect(201);
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "agent", (request, stream) -> {
            FakeNode.send(stream, NodeStreamRequest.HEAD, "{\"code\":200,\"contentType\":\"text/plain\"}");
            FakeNode.send(stream, NodeStreamRequest.STDOUT, request.command().get(0));
            FakeNode.send(stream, NodeStreamRequest.STATUS, FakeNode.SUCCESS);
        })) {
            assertThat(client.get("/api/v1/nodes/agent/proxy/healthz").body()).isEqualTo("/healthz");
            assertThat(client.get("/api/v1/nodes/agent:10250/proxy/pods").body()).isEqualTo("/pods");
            assertThat(refused("/api/v1/nodes/agent:22/proxy/", 400)).isEqualTo("address not allowed");
            assertThat(node.asked).hasSize(2);
        }
    }

    @Test
    void letsAConnectionLeaveHttp() throws Exception {
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick", (request, stream) -> {
            request(stream, 0);
            FakeNode.send(stream, NodeStreamRequest.STDOUT,
                    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\nhello ");
            Bytes frame = stream.receive(Duration.ofSeconds(60));
            FakeNode.send(stream, NodeStreamRequest.STDOUT, frame == null
                    ? ""
                    : new String(Frames.content(frame).array(), StandardCharsets.UTF_8));
            stream.send(Frames.empty(NodeStreamRequest.STDOUT));
        });
                SpdyTalk talk = new SpdyTalk(fixture.gateway.vertx(), fixture, "GET", PROXY + "/echo",
                        "Connection: Upgrade\r\nUpgrade: echo\r\n")) {
            assertThat(talk.head()).startsWith("HTTP/1.1 101 ").contains("Upgrade: echo");
            talk.send(Buffer.buffer("you"));
            StringBuilder heard = new StringBuilder();
            for (Buffer more = talk.next(); more.length() > 0; more = talk.next()) {
                heard.append(more);
            }
            assertThat(heard).hasToString("hello you");
            assertThat(node.asked).hasSize(1);
        }
    }

    /** A refused upgrade leaves no way to the pod, and no redirect is followed (CVE-2018-1002105, CVE-2020-8559). */
    @Test
    void endsWhatDoesNotUpgrade() throws Exception {
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick", (request, stream) -> {
            request(stream, 0);
            FakeNode.send(stream, NodeStreamRequest.STDOUT,
                    "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n");
            stream.receive(Duration.ZERO);
        });
                SpdyTalk talk = new SpdyTalk(fixture.gateway.vertx(), fixture, "GET", PROXY + "/echo",
                        "Connection: Upgrade\r\nUpgrade: echo\r\n")) {
            assertThat(talk.head()).startsWith("HTTP/1.1 500 ");
            assertThat(talk.next().toString()).contains("invalid upgrade response: status code 302");
            talk.send(Buffer.buffer("GET /version HTTP/1.1\r\nHost: test\r\n\r\n"));
            assertThat(talk.head()).startsWith("HTTP/1.1 200 ");
            assertThat(node.asked).hasSize(1);
        }
    }
}
