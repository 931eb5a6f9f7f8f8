package dev.xebec.gateway.proxy;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.gateway.node.PodConnection;
import dev.xebec.gateway.request.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One request in HTTP/1.1 over a connection to a pod. One thread reads; another may send the body. */
final class PodHttp implements AutoCloseable {
    private static final int MAX_LINE_BYTES = 16 * 1024;
    private static final int MAX_HEADER_BYTES = 256 * 1024;
    private static final int MAX_PIECE_BYTES = 64 * 1024;

    private final PodConnection pod;
    private final EmbeddedChannel codec = new EmbeddedChannel(
            new HttpClientCodec(MAX_LINE_BYTES, MAX_HEADER_BYTES, MAX_PIECE_BYTES));
    private boolean ended;
    private volatile boolean whole;
    private boolean switched;
    /** Whether the pod took all that was sent. */
    private volatile boolean taken = true;

    PodHttp(PodConnection pod) {
        this.pod = pod;
    }

    /** Sends the head; an encoder sees the method and knows which answer has no body. */
    void send(HttpRequest request) {
        codec.writeOutbound(request);
        for (ByteBuf bytes = codec.readOutbound(); bytes != null; bytes = codec.readOutbound()) {
            byte[] head = new byte[bytes.readableBytes()];
            bytes.readBytes(head);
            bytes.release();
            trySend(Bytes.of(head));
        }
    }

    /** Sends the client's body on a thread of its own, as it comes. */
    void sendBody(Wire body, boolean chunked) {
        Thread.ofVirtual().name("proxy-body").start(() -> {
            try {
                for (Bytes piece = body.read(); piece != null; piece = body.read()) {
                    sendPiece(piece, chunked);
                }
                if (chunked) {
                    trySend(Bytes.utf8("0\r\n\r\n"));
                }
            } catch (UnavailableException over) {
                if (!whole) {
                    pod.fail("the request broke off");
                }
            }
        });
    }

    /** A pod that takes nothing any more may have answered, or the node said why: reading tells. */
    private void trySend(Bytes bytes) {
        try {
            pod.send(bytes);
        } catch (UnavailableException closed) {
            taken = false;
        }
    }

    private void sendPiece(Bytes piece, boolean chunked) {
        if (piece.isEmpty() || !taken) {
            return;
        }
        if (chunked) {
            trySend(Bytes.of((Integer.toHexString(piece.size()) + "\r\n").getBytes(StandardCharsets.US_ASCII)));
        }
        trySend(piece);
        if (chunked) {
            trySend(Bytes.utf8("\r\n"));
        }
    }

    /** The answer's head. {@link UnavailableException} where none comes, in Go's words. */
    HttpResponse head() {
        while (true) {
            Object next = next();
            if (next == null) {
                throw new UnavailableException("EOF");
            }
            if (next instanceof HttpResponse response) {
                if (response.decoderResult().isFailure()) {
                    throw new UnavailableException(
                            "net/http: HTTP/1.x transport connection broken: malformed HTTP response");
                }
                int code = response.status().code();
                if (code >= 200 || code == 101) {
                    return response;
                }
            }
            ReferenceCountUtil.release(next);
        }
    }

    /** The body's next piece, or what follows a switch of protocols; null at the end. */
    @Nullable
    Bytes body() {
        while (!whole) {
            Object next = next();
            if (next == null) {
                return null;
            }
            boolean failed = next instanceof HttpObject part && part.decoderResult().isFailure();
            whole = next instanceof LastHttpContent && !failed && !switched;
            ByteBuf bytes = next instanceof HttpContent content
                    ? content.content()
                    : next instanceof ByteBuf raw ? raw : Unpooled.EMPTY_BUFFER;
            byte[] copy = new byte[bytes.readableBytes()];
            bytes.readBytes(copy);
            ReferenceCountUtil.release(next);
            if (failed) {
                throw new UnavailableException("the answer is malformed");
            }
            if (copy.length > 0) {
                return Bytes.of(copy);
            }
        }
        return null;
    }

    /** Whether the answer came to its end. */
    boolean whole() {
        return whole;
    }

    /** After a switch of protocols. */
    void raw() {
        switched = true;
    }

    private @Nullable Object next() {
        while (true) {
            Object next = codec.readInbound();
            if (next != null || ended) {
                return next;
            }
            Bytes bytes = pod.receive();
            if (bytes == null) {
                ended = true;
                // An answer without a length ends with its connection.
                codec.finish();
            } else {
                codec.writeInbound(Unpooled.wrappedBuffer(bytes.array()));
            }
        }
    }

    PodConnection pod() {
        return pod;
    }

    @Override
    public void close() {
        codec.finishAndReleaseAll();
        pod.close();
    }
}
