package dev.xebec.gateway.spdy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.spdy.DefaultSpdyPingFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrame;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SpdyCodecTest {

    private static SpdyFrame opening(int id, String name, String value) {
        DefaultSpdySynStreamFrame frame = new DefaultSpdySynStreamFrame(id, 0, (byte) 0);
        frame.headers().add(name, value);
        return frame;
    }

    @Test
    void readsWhatItsOtherSideWritesHoweverTheBytesAreCut() {
        try (SpdyCodec client = new SpdyCodec(); SpdyCodec server = new SpdyCodec()) {
            Buffer bytes = client.encode(opening(1, "streamtype", "data"));
            bytes.appendBuffer(client.encode(opening(3, "streamtype", "error")));
            bytes.appendBuffer(SpdyCodec.data(1, "hello".getBytes(StandardCharsets.UTF_8), 1, 3, true));
            bytes.appendBuffer(client.encode(new DefaultSpdyPingFrame(7)));
            List<SpdyFrame> frames = new ArrayList<>();
            for (int at = 0; at < bytes.length(); at++) {
                frames.addAll(server.decode(new byte[]{bytes.getByte(at)}));
            }

            assertThat(((SpdySynStreamFrame) frames.get(0)).headers().getAsString("streamtype")).isEqualTo("data");
            assertThat(((SpdySynStreamFrame) frames.get(1)).headers().getAsString("streamtype")).isEqualTo("error");
            StringBuilder content = new StringBuilder();
            boolean last = false;
            for (SpdyFrame frame : frames) {
                if (frame instanceof SpdyDataFrame data) {
                    content.append(data.content().toString(StandardCharsets.UTF_8));
                    last = data.isLast();
                    data.release();
                }
            }
            assertThat(content).hasToString("ell");
            assertThat(last).isTrue();
            assertThat(((SpdyPingFrame) frames.get(frames.size() - 1)).id()).isEqualTo(7);
        }
    }

    @Test
    void refusesAHeaderBlockThatUnfoldsIntoMore() {
        try (SpdyCodec server = new SpdyCodec()) {
            assertThatThrownBy(() -> server.decode(synStream(zeros(64 * 1024 * 1024)).getBytes()))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("control frame");
        }
    }

    @Test
    void keepsLittleOfHeadersThatAreTooLong() {
        try (SpdyCodec client = new SpdyCodec(); SpdyCodec server = new SpdyCodec()) {
            List<SpdyFrame> frames = server.decode(client.encode(opening(1, "port", "9".repeat(60_000))).getBytes());

            assertThat(((SpdySynStreamFrame) frames.get(0)).isTruncated()).isTrue();
        }
    }

    private static byte[] zeros(int length) {
        Deflater deflater = new Deflater();
        deflater.setInput(new byte[length]);
        deflater.finish();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] buffer = new byte[8_192];
        while (!deflater.finished()) {
            packed.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return packed.toByteArray();
    }

    private static Buffer synStream(byte[] block) {
        return Buffer.buffer().appendInt(0x80030001).appendInt(10 + block.length).appendInt(1).appendInt(0)
                .appendShort((short) 0).appendBytes(block);
    }

    /** Hostile bytes are refused or waited out, and nothing else is thrown. */
    @Property(tries = 300)
    void survivesAnything(@ForAll @Size(max = 400) byte[] bytes, @ForAll @IntRange(max = 9) int type,
            @ForAll @IntRange(max = 400) int length) {
        Buffer hostile = Buffer.buffer().appendInt(0x80030000 | type).appendInt(length).appendBytes(bytes);
        try (SpdyCodec server = new SpdyCodec()) {
            List<SpdyFrame> frames = server.decode(hostile.getBytes());
            assertThat(frames.size()).isLessThanOrEqualTo(hostile.length());
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }
}
