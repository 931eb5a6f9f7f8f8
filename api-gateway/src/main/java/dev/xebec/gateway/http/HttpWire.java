package dev.xebec.gateway.http;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.gateway.request.Wire;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A request's headers and, where it was {@linkplain #hold held}, its body as it comes: a few pieces wait here, the rest at
 * the client. One thread reads.
 */
final class HttpWire implements Wire {
    /** Pieces of a body, each of at most a few KiB, that may be on their way from the socket to the reader. */
    private static final int PIECES_AHEAD = 16;

    private final HttpServerRequest request;
    private final Context loop;
    private final LinkedBlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private boolean held;
    /** Only touched by the reader. */
    private int taken;
    private boolean begun;
    private boolean over;

    private sealed interface Piece {
        record More(Bytes bytes) implements Piece {}

        record End() implements Piece {}

        record Gone(String why) implements Piece {}
    }

    /** On the event loop. */
    HttpWire(HttpServerRequest request) {
        this.request = request;
        this.loop = Vertx.currentContext();
    }

    /** The body waits for {@link #read}: a connection that leaves HTTP must not have been read. On the event loop. */
    void hold() {
        held = true;
        request.pause();
    }

    private void begin() {
        if (!held) {
            pieces.add(new Piece.Gone("the request is answered"));
            return;
        }
        request.handler(this::add);
        request.endHandler(end -> pieces.add(new Piece.End()));
        request.exceptionHandler(failure -> pieces.add(new Piece.Gone(failure.toString())));
        request.fetch(PIECES_AHEAD);
    }

    /** Of a body that has come to its end nothing can be asked. */
    private void fetch(int room) {
        if (!request.isEnded()) {
            request.fetch(room);
        }
    }

    private void add(Buffer piece) {
        pieces.add(new Piece.More(Bytes.of(piece.getBytes())));
    }

    /** What is left of the body does not matter to anybody. On the event loop. */
    void discard() {
        if (held) {
            held = false;
            pieces.clear();
            pieces.add(new Piece.Gone("the request is answered"));
            // Of a body that was read to its end nothing is left, and Vert.x takes no handlers for it.
            if (!request.isEnded()) {
                request.handler(piece -> {
                });
                request.resume();
            }
        }
    }

    @Override
    public String target() {
        return request.uri();
    }

    @Override
    public List<Map.Entry<String, String>> headers() {
        List<Map.Entry<String, String>> headers = request.headers().entries();
        if (request.version() != HttpVersion.HTTP_2 || request.authority() == null) {
            return headers;
        }
        List<Map.Entry<String, String>> all = new ArrayList<>(headers);
        all.removeIf(header -> header.getKey().equalsIgnoreCase("host"));
        all.addFirst(Map.entry(":authority", request.authority().toString()));
        return all;
    }

    @Override
    public String client() {
        return request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress();
    }

    @Override
    public @Nullable Bytes read() {
        if (over) {
            return null;
        }
        if (!begun) {
            begun = true;
            loop.runOnContext(ignored -> begin());
        }
        Piece piece;
        try {
            piece = pieces.take();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted");
        }
        switch (piece) {
            case Piece.More more -> {
                if (++taken >= PIECES_AHEAD / 2) {
                    int room = taken;
                    taken = 0;
                    loop.runOnContext(ignored -> fetch(room));
                }
                return more.bytes();
            }
            case Piece.End end -> {
                over = true;
                return null;
            }
            case Piece.Gone gone -> throw new UnavailableException("the client has gone: " + gone.why());
        }
    }
}
