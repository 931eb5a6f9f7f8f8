package dev.xebec.gateway.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.Status;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.NetSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a request is answered with. */
public sealed interface Answer {
    String JSON = "application/json";

    /**
     * A whole body.
     *
     * @param chunks the body's parts in order; a list is its objects' ready bytes one after another
     * @param headers beyond Content-Type, Content-Length and those that every answer has
     */
    record Body(int code, String contentType, Map<String, String> headers, List<Bytes> chunks) implements Answer {

        /** The body in one piece. */
        public Bytes whole() {
            if (chunks.size() == 1) {
                return chunks.get(0);
            }
            byte[] all = new byte[(int) size()];
            int at = 0;
            for (Bytes chunk : chunks) {
                System.arraycopy(chunk.backing(), chunk.start(), all, at, chunk.size());
                at += chunk.size();
            }
            return Bytes.of(all);
        }

        public long size() {
            long size = 0;
            for (Bytes chunk : chunks) {
                size += chunk.size();
            }
            return size;
        }

        public Body header(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Body(code, contentType, more, chunks);
        }
    }

    /**
     * A refusal; becomes its Status as JSON.
     *
     * @param warning what the client is told besides, as the Warning header has it; empty for nothing
     */
    record Refused(Status status, String warning) implements Answer {}

    /**
     * A body without a known end, such as a watch or a followed log: HTTP status 200.
     *
     * @param warning value of the {@code Warning} header; empty for none
     */
    record Streamed(String contentType, StreamSource source, String warning) implements Answer {
        public Streamed(String contentType, StreamSource source) {
            this(contentType, source, "");
        }
    }

    /** An answer that another server gives: its code, its headers as they are, and its body as it comes. */
    record Relayed(int code, List<Map.Entry<String, String>> headers, StreamSource source) implements Answer {}

    /**
     * The connection becomes a WebSocket. Refused where the client did not ask for one.
     *
     * @param protocol which of the protocols that the client offers is agreed on; empty for none of them
     * @param session called on the socket's event loop when the handshake is done
     */
    record WebSocket(String protocol, SocketSession session) implements Answer {
        public WebSocket(SocketSession session) {
            this("", session);
        }
    }

    /**
     * The connection leaves HTTP/1.1, by an answer 101 with these headers; then bytes are exchanged.
     *
     * @param session called on the connection's event loop
     */
    record Upgraded(List<Map.Entry<String, String>> headers, ByteSession session) implements Answer {}

    /** Writes a stream; returns at once or stays: it is called on a virtual thread and may block. */
    interface StreamSource {
        void run(ResponseStream out);

        /** Called instead where nobody waits for the answer any more; lets go of what was taken for it. */
        default void dropped() {}
    }

    /** Talks over a connection that is no HTTP any more. */
    interface ByteSession {
        void run(NetSocket socket);

        /** Called instead where the connection has gone; lets go of what was taken for it. */
        default void dropped() {}
    }

    /** Talks over an opened WebSocket. */
    interface SocketSession {
        void run(ServerWebSocket socket);
    }

    static Answer refused(Status status) {
        return new Refused(status, "");
    }

    static Body json(int code, JsonNode tree) {
        return json(code, Bytes.of(Json.bytes(tree)));
    }

    static Body json(int code, Bytes body) {
        return new Body(code, JSON, Map.of(), List.of(body));
    }

    /** There is nothing to be shown, of no type. */
    static Body nothing() {
        return new Body(204, "", Map.of(), List.of(Bytes.EMPTY));
    }

    static Body text(int code, String text) {
        return new Body(code, "text/plain; charset=utf-8", Map.of(), List.of(Bytes.utf8(text)));
    }
}
