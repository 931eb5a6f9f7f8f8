package dev.xebec.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.node.NodeStreamRequest;
import dev.xebec.gateway.node.Frames;
import dev.xebec.gateway.testing.Https;
import dev.xebec.gateway.testing.TestApi;
import dev.xebec.model.status.Status;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies of every size and form on their way through the proxy subresource, there and back. */
@TestInstance(Lifecycle.PER_CLASS)
class ProxyBodiesTest {
    private static final String PROXY = TestApi.PODS + "/web:8080/proxy/";
    private static final int LARGEST = 10 * 1024 * 1024;

    private StreamFixture fixture;
    private Https first;
    private Https second;

    @BeforeAll
    void start(@TempDir Path directory) {
        fixture = new StreamFixture(directory);
        fixture.pod("web", "quick", "{'name':'c','image':'i'}");
        fixture.gateway.api().put(TestApi.PODS + "/web/status",
                "{'metadata':{'name':'web'},'status':{'podIP':'10.0.0.1','phase':'Running'}}").expect(200);
        first = new Https(fixture.gateway, "admin", Version.HTTP_1_1);
        second = new Https(fixture.gateway, "admin", Version.HTTP_2);
    }

    @AfterAll
    void stop() {
        first.close();
        second.close();
        fixture.close();
    }

    private Https client(Version version) {
        return version == Version.HTTP_2 ? second : first;
    }

    /** How the client tells where its body ends, and the pod where its own does. */
    enum Form {
        SIZED, CHUNKED, CONTINUED
    }

    static Stream<Arguments> bodies() {
        return Stream.of(Version.HTTP_1_1, Version.HTTP_2).flatMap(version -> Stream.of(Form.values())
                .flatMap(form -> Stream.of(0, 1, 100 * 1024, LARGEST)
                        .map(size -> Arguments.of(version, form, size))));
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void comeBackAsTheyWent(Version version, Form form, int size) throws Exception {
        byte[] body = bytes(size);
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick", (request, stream) -> {
            try (HttpPod pod = new HttpPod(stream)) {
                pod.answer(pod.request(), form);
            }
        })) {
            HttpRequest request = client(version).request(PROXY + "echo").expectContinue(form == Form.CONTINUED)
                    .POST(form == Form.CHUNKED
                            ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))
                            : BodyPublishers.ofByteArray(body))
                    .build();
            HttpResponse<byte[]> response = client(version).client().send(request, BodyHandlers.ofByteArray());

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.version()).isEqualTo(version);
            assertThat(response.body()).isEqualTo(body);
            assertThat(node.asked).hasSize(1);
        }
    }

    /** Where the body was read to its end there is nothing left to let go of: this once left the client without an answer. */
    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void isRefusedAfterItWasTaken(Version version) throws Exception {
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick", (request, stream) -> {
            try (HttpPod pod = new HttpPod(stream)) {
                pod.request();
            }
            stream.send(Frames.status(
                    new Status(503, "ServiceUnavailable", "reset by peer", "", "", "", "", List.of(), 0)));
        })) {
            for (int round = 0; round < 2; round++) {
                HttpResponse<String> response = client(version).send(client(version).request(PROXY)
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes(1000)))));
                assertThat(response.statusCode()).isEqualTo(503);
                assertThat(response.body()).contains("error trying to reach service: reset by peer");
            }
            assertThat(node.asked).hasSize(2);
        }
    }

    /** A pod that has enough of a body says so before its end, and the connection goes on. */
    @Test
    void isAnsweredBeforeItsEnd() throws Exception {
        try (FakeNode node = new FakeNode(fixture.gateway.bus(), "quick", (request, stream) -> {
            FakeNode.send(stream, NodeStreamRequest.STDOUT,
                    "HTTP/1.1 413 Request Entity Too Large\r\nContent-Length: 4\r\n\r\nmuch");
            stream.send(Frames.empty(NodeStreamRequest.STDOUT));
            FakeNode.send(stream, NodeStreamRequest.STATUS, FakeNode.SUCCESS);
        })) {
            for (int round = 0; round < 2; round++) {
                HttpResponse<String> response = first
                        .send(first.request(PROXY).POST(BodyPublishers.ofByteArray(bytes(LARGEST))));
                assertThat(response.statusCode()).isEqualTo(413);
                assertThat(response.body()).isEqualTo("much");
            }
            assertThat(node.asked).hasSize(2);
        }
    }
}
