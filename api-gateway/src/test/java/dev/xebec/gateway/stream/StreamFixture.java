package dev.xebec.gateway.stream;

import dev.xebec.gateway.testing.TestApi;
import dev.xebec.gateway.testing.TestGateway;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A gateway with HTTP and WebSocket clients that show a certificate. */
final class StreamFixture implements AutoCloseable {
    final TestGateway gateway;
    private final HttpClient http;
    private final WebSocketClient sockets;

    StreamFixture(Path directory) {
        gateway = new TestGateway(directory);
        PemKeyCertOptions identity = new PemKeyCertOptions().setCertPath(gateway.pki().file("admin.crt").toString())
                .setKeyPath(gateway.pki().file("admin.key").toString());
        PemTrustOptions trust = new PemTrustOptions().addCertPath(gateway.pki().file("ca.crt").toString());
        http = gateway.vertx().createHttpClient(
                new HttpClientOptions().setSsl(true).setKeyCertOptions(identity).setTrustOptions(trust));
        sockets = gateway.vertx().createWebSocketClient(
                new WebSocketClientOptions().setSsl(true).setKeyCertOptions(identity).setTrustOptions(trust));
    }

    /** A pod on a node. */
    void pod(String name, String node, String containers) {
        gateway.api()
                .post(TestApi.PODS,
                        "{'metadata':{'name':'" + name + "'},'spec':{" + (node.isEmpty()
                                ? ""
                                : "'nodeName':'"
                                        + node + "',")
                                + "'containers':[" + containers + "]}}")
                .expect(201);
    }

    private int port() {
        return URI.create(gateway.url()).getPort();
    }

    HttpClientResponse open(String path) {
        return await(http.request(new RequestOptions().setMethod(HttpMethod.GET).setHost("127.0.0.1").setPort(port())
                .setURI(path)).compose(request -> request.send().onSuccess(response -> response.pause())));
    }

    /** Sends a GET and does not wait for its answer. */
    HttpConnection leave(String path) {
        var request = await(http.request(new RequestOptions().setMethod(HttpMethod.GET).setHost("127.0.0.1")
                .setPort(port()).setURI(path)));
        request.end();
        return request.connection();
    }

    String text(HttpClientResponse response) {
        Future<Buffer> body = response.body();
        response.resume();
        return await(body).toString();
    }

    Talk talk(String path, String... protocols) {
        BlockingQueue<Buffer> received = new LinkedBlockingQueue<>();
        WebSocketConnectOptions options = new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port())
                .setURI(path)
                .setSubProtocols(List.of(protocols));
        var socket = sockets.webSocket();
        BlockingQueue<String> over = new LinkedBlockingQueue<>();
        socket.binaryMessageHandler(received::add);
        socket.closeHandler(closed -> over.add("closed"));
        return new Talk(await(socket.connect(options)), received, over);
    }

    /** One WebSocket and what came over it. */
    record Talk(WebSocket socket, BlockingQueue<Buffer> received, BlockingQueue<String> over) {

        void send(int channel, String text) {
            await(socket.writeBinaryMessage(Buffer.buffer(FakeNode.frame(channel, text).array())));
        }

        void closeChannel(int channel) {
            await(socket.writeBinaryMessage(Buffer.buffer(new byte[]{(byte) 255, (byte) channel})));
        }

        /** The next message that is not empty, as {@code channel:text}. */
        String next() throws InterruptedException {
            Buffer message = received.poll(60, TimeUnit.SECONDS);
            while (message != null && message.length() == 1) {
                message = received.poll(60, TimeUnit.SECONDS);
            }
            return message == null ? "nothing" : message.getByte(0) + ":" + message.getString(1, message.length());
        }

        String end() throws InterruptedException {
            String how = over.poll(60, TimeUnit.SECONDS);
            return how == null ? "still open" : how;
        }
    }

    static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        await(http.close());
        await(sockets.close());
        gateway.close();
    }
}
