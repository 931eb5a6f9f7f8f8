package dev.xebec.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.gateway.authentication.Authenticator;
import dev.xebec.gateway.testing.Await;
import dev.xebec.gateway.testing.TestApi;
import dev.xebec.gateway.testing.TestPki;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies that do not end, come from nobody, or are more than there is room for. */
class BodyLimitsTest {
    private static final int ROOM = 100_000;
    private static final Buffer HALF = Buffer.buffer(new byte[60_000]);
    private final Vertx vertx = Vertx.vertx();
    private final TestApi gateway = new TestApi();
    private final BodyBudget bodies = new BodyBudget(ROOM);
    private TestPki pki;

    @BeforeEach
    void issue(@TempDir Path directory) {
        pki = new TestPki(directory).issue("server", "CN=gateway").issue("admin", "CN=admin,O=system:masters");
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        gateway.close();
    }

    private int open(long timeoutMillis) {
        HttpDoor door = new HttpDoor(vertx,
                new Listening("127.0.0.1", 0, pki.file("server.crt"), pki.file("server.key"), pki.file("ca.crt"), 2),
                gateway.gateway().pipeline(), Authenticator.none(), gateway.gateway().log(), bodies, timeoutMillis);
        door.start();
        return door.port();
    }

    private HttpClient client(boolean known, HttpVersion version) {
        HttpClientOptions options = new HttpClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false)
                .setUseAlpn(true).setProtocolVersion(version);
        if (known) {
            options.setKeyCertOptions(new PemKeyCertOptions().setCertPath(pki.file("admin.crt").toString())
                    .setKeyPath(pki.file("admin.key").toString()));
        }
        return vertx.createHttpClient(options);
    }

    /** A request whose head is sent and whose body is not. */
    private static HttpClientRequest begin(HttpClient client, int port) throws Exception {
        HttpClientRequest request = get(client.request(HttpMethod.POST, port, "127.0.0.1", TestApi.CONFIG_MAPS));
        request.putHeader("Content-Type", "application/json").setChunked(true);
        get(request.sendHead());
        return request;
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource(value = HttpVersion.class, names = {"HTTP_1_1", "HTTP_2"})
    void nobodysBodyIsRefusedBeforeItIsRead(HttpVersion version) throws Exception {
        HttpClientRequest request = begin(client(false, version), open(60_000));
        HttpClientResponse response = get(request.response());
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(bodies.taken()).isZero();
    }

    @ParameterizedTest
    @EnumSource(value = HttpVersion.class, names = {"HTTP_1_1", "HTTP_2"})
    void aBodyThatDoesNotEndTakesNoLongerThanARequestMay(HttpVersion version) throws Exception {
        HttpClientRequest request = begin(client(true, version), open(500));
        request.write(HALF);
        assertThat(get(request.response()).statusCode()).isEqualTo(504);
        Await.until("its room is free", Duration.ofSeconds(30), () -> bodies.taken() == 0);
    }

    @Test
    void bodiesBeyondTheRoomForAllAreRefusedUntilThereIsRoomAgain() throws Exception {
        int port = open(60_000);
        HttpClient client = client(true, HttpVersion.HTTP_2);
        HttpClientRequest first = begin(client, port);
        first.write(HALF);
        Await.until("the first has its room", Duration.ofSeconds(30), () -> bodies.taken() == HALF.length());
        HttpClientRequest second = begin(client, port);
        second.write(HALF);
        HttpClientResponse refused = get(second.response());
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.getHeader("Retry-After")).isEqualTo("1");
        first.reset();
        Await.until("the first has gone", Duration.ofSeconds(30), () -> bodies.taken() == 0);
        HttpClientRequest third = begin(client, port);
        third.end("{\"metadata\":{\"name\":\"third\"}}");
        assertThat(get(third.response()).statusCode()).isEqualTo(201);
        Await.until("the third is done", Duration.ofSeconds(30), () -> bodies.taken() == 0);
    }
}
