package dev.xebec.gateway.spdy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.SpdyFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyVersion;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Frames of one connection from and to bytes; both directions compress headers with a state of their own, so frames are
 * encoded in the order in which they are sent. One thread.
 */
final class SpdyCodec implements AutoCloseable {
    /** Longer data frames arrive in pieces. */
    static final int MAX_CHUNK_BYTES = 64 * 1024;
    /** Bytes of a frame's headers, unfolded; frames with more are {@code truncated}. */
    static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int LEVEL = 6;
    private static final int WINDOW_BITS = 15;
    private static final int MEMORY_LEVEL = 8;
    private static final int DATA_HEAD_BYTES = 8;
    private static final int FIN = 1;

    private final EmbeddedChannel channel;
    private final Failures failures = new Failures();

    SpdyCodec() {
        channel = new EmbeddedChannel(new ControlFrameLimit(), new SpdyFrameCodec(SpdyVersion.SPDY_3_1,
                MAX_CHUNK_BYTES, MAX_HEADER_BYTES, LEVEL, WINDOW_BITS, MEMORY_LEVEL), failures);
    }

    /** Keeps what went wrong, which an embedded channel would throw in a form that cannot be caught by name. */
    private static final class Failures extends ChannelInboundHandlerAdapter {
        private @Nullable Throwable first;

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (first == null) {
                first = cause;
            }
        }
    }

    /** What of the frames is whole by now. {@link IllegalArgumentException} where the bytes are no SPDY. */
    List<SpdyFrame> decode(byte[] bytes) {
        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        List<SpdyFrame> frames = new ArrayList<>();
        for (Object frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
            if (frame instanceof SpdyFrame one) {
                frames.add(one);
            } else {
                ReferenceCountUtil.release(frame);
            }
        }
        Throwable wrong = failures.first;
        if (wrong != null) {
            frames.forEach(ReferenceCountUtil::release);
            throw new IllegalArgumentException(String.valueOf(wrong.getMessage()), wrong);
        }
        return frames;
    }

    Buffer encode(SpdyFrame frame) {
        channel.writeOutbound(frame);
        Buffer bytes = Buffer.buffer();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            byte[] piece = new byte[part.readableBytes()];
            part.readBytes(piece);
            part.release();
            bytes.appendBytes(piece);
        }
        return bytes;
    }

    /** A data frame, which needs no state. */
    static Buffer data(int stream, byte[] bytes, int from, int length, boolean last) {
        Buffer frame = Buffer.buffer(DATA_HEAD_BYTES + length);
        frame.appendInt(stream & 0x7fffffff).appendInt((last ? FIN << 24 : 0) | length & 0xffffff);
        return length == 0 ? frame : frame.appendBytes(bytes, from, length);
    }

    @Override
    public void close() {
        channel.finishAndReleaseAll();
    }
}
