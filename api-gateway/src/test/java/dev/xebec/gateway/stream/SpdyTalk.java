package dev.xebec.gateway.stream;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A connection that asks for an upgrade in HTTP/1.1, and then gives the bytes that come. */
final class SpdyTalk implements AutoCloseable {
    private final NetClient client;
    private final NetSocket socket;
    private final BlockingQueue<Buffer> bytes = new LinkedBlockingQueue<>();
    private Buffer rest = Buffer.buffer();

    SpdyTalk(Vertx vertx, StreamFixture fixture, String method, String path, String headers) {
        client = vertx.createNetClient(new NetClientOptions().setSsl(true).setTrustAll(true)
                .setHostnameVerificationAlgorithm("")
                .setKeyCertOptions(
                        new PemKeyCertOptions().setCertPath(fixture.gateway.pki().file("admin.crt").toString())
                                .setKeyPath(fixture.gateway.pki().file("admin.key").toString())));
        socket = StreamFixture.await(client.connect(fixture.gateway.service().port(), "127.0.0.1"));
        socket.handler(bytes::add);
        socket.closeHandler(over -> bytes.add(Buffer.buffer()));
        send(Buffer.buffer(method + " " + path + " HTTP/1.1\r\nHost: test\r\n" + headers + "\r\n"));
    }

    void send(Buffer data) {
        StreamFixture.await(socket.write(data));
    }

    /** The answer's head. */
    String head() throws InterruptedException {
        int end = end();
        while (end < 0 && more()) {
            end = end();
        }
        String head = rest.getString(0, end);
        rest = rest.getBuffer(end, rest.length());
        return head;
    }

    private int end() {
        int at = rest.toString(StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
        return at < 0 ? -1 : at + 4;
    }

    /** What has come; empty once the server has closed the connection. */
    Buffer next() throws InterruptedException {
        if (rest.length() == 0) {
            more();
        }
        Buffer all = rest;
        rest = Buffer.buffer();
        return all;
    }

    private boolean more() throws InterruptedException {
        Buffer more = bytes.poll(60, TimeUnit.SECONDS);
        if (more == null) {
            throw new AssertionError("nothing came");
        }
        rest = rest.copy().appendBuffer(more);
        return more.length() > 0;
    }

    @Override
    public void close() {
        StreamFixture.await(client.close());
    }
}
