package dev.xebec.kit.bus;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.codec.MalformedMessageException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A {@link Frame} as bytes between processes: kind, address, stream, number, body. */
final class FrameCodec implements MessageCodec<Frame, Frame> {
    private static final String NAME = "xebec.frame.1";
    private static final Frame.Kind[] KINDS = Frame.Kind.values();
    private static final DeliveryOptions OPTIONS = new DeliveryOptions().setCodecName(NAME);

    private FrameCodec() {}

    static void register(Vertx vertx) {
        try {
            vertx.eventBus().registerCodec(new FrameCodec());
        } catch (IllegalStateException another) {
            // Another bus of this process has registered it; there is no way to ask.
            assert another.getMessage() != null;
        }
    }

    /** For sending without waiting. Shared: nobody may change it. */
    static DeliveryOptions options() {
        return OPTIONS;
    }

    static DeliveryOptions options(Duration deadline) {
        return new DeliveryOptions().setCodecName(NAME).setSendTimeout(Math.max(1, deadline.toMillis()));
    }

    @Override
    public void encodeToWire(Buffer buffer, Frame frame) {
        byte[] address = frame.address().getBytes(StandardCharsets.UTF_8);
        buffer.appendByte((byte) frame.kind().ordinal()).appendShort((short) address.length).appendBytes(address);
        buffer.appendLong(frame.stream()).appendLong(frame.number());
        buffer.appendInt(frame.body().size()).appendBytes(frame.body().array());
    }

    @Override
    public Frame decodeFromWire(int start, Buffer buffer) {
        int position = start;
        int kind = buffer.getByte(position);
        if (kind < 0 || kind >= KINDS.length) {
            throw new MalformedMessageException("no frame of kind " + kind);
        }
        int addressLength = buffer.getUnsignedShort(position + 1);
        position += 3;
        String address = addressLength == 0 ? "" : buffer.getString(position, position + addressLength);
        position += addressLength;
        long stream = buffer.getLong(position);
        long number = buffer.getLong(position + 8);
        int length = buffer.getInt(position + 16);
        position += 20;
        return new Frame(KINDS[kind], address, stream, number, Bytes.of(buffer.getBytes(position, position + length)));
    }

    @Override
    public Frame transform(Frame frame) {
        return frame;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
