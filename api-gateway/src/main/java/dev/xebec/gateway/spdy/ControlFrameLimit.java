package dev.xebec.gateway.spdy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Refuses control frames that are longer than any that a client of ours has reason to send, before a decompressor sees them:
 * a header block of 16 MiB would unfold a thousandfold.
 */
final class ControlFrameLimit extends ChannelInboundHandlerAdapter {
    /** Bytes of a control frame's body. */
    static final int MAX_CONTROL_BYTES = 16 * 1024;
    private static final int HEAD_BYTES = 8;

    private final byte[] head = new byte[HEAD_BYTES];
    private int headBytes;
    private int bodyLeft;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (fits(bytes)) {
            context.fireChannelRead(bytes);
        } else {
            bytes.release();
            context.fireExceptionCaught(new IllegalArgumentException(
                    "a control frame of more than " + MAX_CONTROL_BYTES + " bytes"));
        }
    }

    private boolean fits(ByteBuf bytes) {
        int at = bytes.readerIndex();
        int end = bytes.writerIndex();
        while (at < end) {
            if (bodyLeft > 0) {
                int skipped = Math.min(bodyLeft, end - at);
                bodyLeft -= skipped;
                at += skipped;
                continue;
            }
            head[headBytes++] = bytes.getByte(at++);
            if (headBytes == HEAD_BYTES) {
                headBytes = 0;
                bodyLeft = (head[5] & 0xff) << 16 | (head[6] & 0xff) << 8 | head[7] & 0xff;
                if (head[0] < 0 && bodyLeft > MAX_CONTROL_BYTES) {
                    return false;
                }
            }
        }
        return true;
    }
}
