package dev.xebec.gateway.stream;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.node.NodeStreamRequest;
import dev.xebec.gateway.node.Frames;
import dev.xebec.kit.bus.BusStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;

/** A pod's HTTP server at the node's end of a stream, for one request. */
final class HttpPod implements AutoCloseable {
    private static final int MOST_BYTES = 16 * 1024 * 1024;
    /** Does not divide the sizes of anything else. */
    private static final int PIECE_BYTES = 99_991;

    private final BusStream stream;
    private final EmbeddedChannel codec = new EmbeddedChannel(new HttpServerCodec(),
            new HttpObjectAggregator(MOST_BYTES));

    HttpPod(BusStream stream) {
        this.stream = stream;
    }

    /** The whole request's body; refuses a request as servers do that keep to HTTP/1.1. */
    byte[] request() {
        FullHttpRequest whole = codec.readInbound();
        while (whole == null) {
            Bytes frame = stream.receive(Duration.ofSeconds(60));
            if (frame == null || frame.size() < 2) {
                throw new UnavailableException("the request ends before its body does");
            }
            codec.writeInbound(Unpooled.wrappedBuffer(Frames.content(frame).array()));
            whole = codec.readInbound();
        }
        if (whole.headers().getAll("Host").size() != 1) {
            throw new UnavailableException("not one Host: " + whole.headers());
        }
        byte[] body = new byte[whole.content().readableBytes()];
        whole.content().readBytes(body);
        whole.release();
        return body;
    }

    /** Answers with that body in pieces; one that is CONTINUED has no length but ends with the connection. */
    void answer(byte[] body, ProxyBodiesTest.Form form) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        switch (form) {
            case SIZED -> head.headers().set("Content-Length", body.length);
            case CHUNKED -> head.headers().set("Transfer-Encoding", "chunked");
            case CONTINUED -> head.headers().set("Connection", "close");
        }
        write(head);
        for (int at = 0; at < body.length; at += PIECE_BYTES) {
            write(new DefaultHttpContent(
                    Unpooled.wrappedBuffer(body, at, Math.min(PIECE_BYTES, body.length - at))));
        }
        write(LastHttpContent.EMPTY_LAST_CONTENT);
        stream.send(Frames.empty(NodeStreamRequest.STDOUT));
        FakeNode.send(stream, NodeStreamRequest.STATUS, FakeNode.SUCCESS);
    }

    private void write(Object part) {
        codec.writeOutbound(part);
        for (ByteBuf bytes = codec.readOutbound(); bytes != null; bytes = codec.readOutbound()) {
            if (bytes.isReadable()) {
                byte[] frame = new byte[bytes.readableBytes() + 1];
                frame[0] = NodeStreamRequest.STDOUT;
                bytes.readBytes(frame, 1, frame.length - 1);
                stream.send(Bytes.of(frame));
            }
            bytes.release();
        }
    }

    @Override
    public void close() {
        codec.finishAndReleaseAll();
    }
}
