package dev.xebec.gateway.spdy;

import io.netty.handler.codec.spdy.DefaultSpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrame;
import io.netty.handler.codec.spdy.SpdyGoAwayFrame;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdySynReplyFrame;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The client's side of SPDY, for tests: frames as words. */
public final class SpdyPeer implements AutoCloseable {
    private final SpdyCodec codec = new SpdyCodec();

    public Buffer open(int id, Map<String, String> headers) {
        DefaultSpdySynStreamFrame frame = new DefaultSpdySynStreamFrame(id, 0, (byte) 0);
        headers.forEach((name, value) -> frame.headers().add(name, value));
        return codec.encode(frame);
    }

    public Buffer data(int id, String text, boolean last) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return SpdyCodec.data(id, bytes, 0, bytes.length, last);
    }

    /** Such as {@code reply 1}, {@code data 1 hello}, {@code end 1}, {@code reset 3}, {@code away}. */
    public List<String> read(Buffer bytes) {
        List<String> words = new ArrayList<>();
        for (SpdyFrame frame : codec.decode(bytes.getBytes())) {
            switch (frame) {
                case SpdyDataFrame data -> {
                    if (data.content().isReadable()) {
                        words.add("data " + data.streamId() + " " + data.content().toString(StandardCharsets.UTF_8));
                    }
                    if (data.isLast()) {
                        words.add("end " + data.streamId());
                    }
                    data.release();
                }
                // An empty header block, as Netty writes one without headers, is an error to spdystream.
                case SpdySynReplyFrame reply -> words
                        .add((reply.headers().isEmpty() ? "empty " : "") + "reply " + reply.streamId());
                case SpdyRstStreamFrame reset -> words.add("reset " + reset.streamId());
                case SpdyGoAwayFrame away -> words.add("away");
                default -> words.add(frame.toString());
            }
        }
        return words;
    }

    @Override
    public void close() {
        codec.close();
    }
}
