package dev.xebec.gateway.spdy;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.NetSocket;

/** A connection that carries bytes both ways. All of it happens on the connection's event loop. */
public interface ByteLink {

    /** @param closed called once */
    void listen(Handler<Buffer> bytes, Runnable closed);

    void write(Buffer bytes);

    /** Whether more has been written than the other side takes for now. */
    boolean full();

    /** Calls back, once, when it takes more again. */
    void whenDrained(Runnable task);

    void pause();

    void resume();

    /** What was written still goes out. */
    void close();

    static ByteLink of(NetSocket socket) {
        return new StreamLink(socket, socket, socket::write, socket::closeHandler, socket::close);
    }

    /** Bytes within binary messages, wherever the messages begin and end. */
    static ByteLink of(ServerWebSocket socket) {
        return new StreamLink(socket, socket, socket::writeBinaryMessage, socket::closeHandler, socket::close);
    }
}
