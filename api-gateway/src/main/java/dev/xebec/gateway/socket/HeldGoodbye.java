package dev.xebec.gateway.socket;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a client's close frame back until all that he asked for is done. Vert.x would answer it at once, and clients take
 * that answer for the end of their command. In its place comes a message on {@link #CHANNEL}, in its turn behind those that
 * were sent before. On the socket's event loop.
 */
final class HeldGoodbye extends ChannelInboundHandlerAdapter {
    /** No protocol has it. A client that uses it himself ends nothing but his own input. */
    static final int CHANNEL = 254;

    private final boolean text;
    private @Nullable ChannelHandlerContext context;
    private @Nullable CloseWebSocketFrame held;
    private boolean released;

    private HeldGoodbye(boolean text) {
        this.text = text;
    }

    /** @param text whether messages are text */
    static HeldGoodbye of(ServerWebSocket socket, boolean text) {
        HeldGoodbye goodbye = new HeldGoodbye(text);
        if (socket instanceof WebSocketInternal inner) {
            ChannelHandlerContext vertx = inner.channelHandlerContext();
            vertx.pipeline().addBefore(vertx.name(), "held-goodbye", goodbye);
        }
        return goodbye;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        if (!released && held == null && message instanceof CloseWebSocketFrame close) {
            held = close;
            reading.fireChannelRead(text
                    ? new TextWebSocketFrame(String.valueOf((char) ('0' + CHANNEL)))
                    : new BinaryWebSocketFrame(Unpooled.wrappedBuffer(new byte[]{(byte) CHANNEL})));
        } else {
            reading.fireChannelRead(message);
        }
    }

    /** Whether the client has said goodbye and was not answered yet. */
    boolean waits() {
        return held != null;
    }

    /** Has the goodbye answered, now or when it comes. */
    void release() {
        released = true;
        CloseWebSocketFrame frame = held;
        ChannelHandlerContext reading = context;
        held = null;
        if (frame != null && reading != null) {
            reading.fireChannelRead(frame);
            reading.fireChannelReadComplete();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext gone) {
        CloseWebSocketFrame frame = held;
        held = null;
        if (frame != null) {
            frame.release();
        }
    }
}
