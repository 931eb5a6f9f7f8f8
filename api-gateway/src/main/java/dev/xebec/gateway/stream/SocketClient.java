package dev.xebec.gateway.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.node.NodeStreamRequest;
import dev.xebec.gateway.node.Frames;
import dev.xebec.gateway.socket.ChannelProtocol;
import dev.xebec.gateway.socket.ChannelSocket;
import dev.xebec.model.object.Json;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** A client with channels in a WebSocket, numbered as the frames of the node are. */
final class SocketClient implements ClientSide, ChannelSocket.Listener {
    /** A message on this channel closes the channel that it names. */
    private static final int CLOSE_SIGNAL = 255;

    private final Conversation conversation;
    private final NodeStreamRequest request;
    private final Runnable whenOver;
    private final ChannelSocket socket;
    private final LinkedBlockingQueue<Bytes> input = new LinkedBlockingQueue<>();

    private SocketClient(ServerWebSocket opened, ChannelProtocol protocol, Conversation conversation,
            Runnable whenOver) {
        this.conversation = conversation;
        this.request = conversation.request();
        this.whenOver = whenOver;
        this.socket = new ChannelSocket(opened, protocol, this);
    }

    /** On the socket's event loop. */
    static void begin(ServerWebSocket opened, ChannelProtocol protocol, Conversation conversation, Runnable whenOver) {
        conversation.begin(new SocketClient(opened, protocol, conversation, whenOver));
    }

    @Override
    public void message(int channel, byte[] content) {
        Bytes frame = switch (channel) {
            case NodeStreamRequest.STDIN -> content.length > 0 && request.stdin() ? frame(channel, content) : null;
            case NodeStreamRequest.RESIZE -> content.length > 0 && request.tty() ? frame(channel, content) : null;
            case CLOSE_SIGNAL -> socket.protocol().closeSignal() && request.stdin() && content.length > 0
                    && content[0] == NodeStreamRequest.STDIN ? Frames.STDIN_END : null;
            // The other channels are for what comes from the container.
            default -> null;
        };
        if (frame == null) {
            socket.consumed(content.length);
        } else {
            input.add(frame);
        }
    }

    private static Bytes frame(int channel, byte[] content) {
        byte[] frame = new byte[content.length + 1];
        frame[0] = (byte) channel;
        System.arraycopy(content, 0, frame, 1, content.length);
        return Bytes.of(frame);
    }

    /**
     * Older protocols have no other way to say that the input ends; the command works it off. An attached container goes on
     * without its visitor anyway.
     */
    @Override
    public boolean goodbye() {
        boolean worksOn = request.type() == NodeStreamRequest.Type.EXEC && request.stdin() && !request.tty();
        if (worksOn) {
            input.add(Frames.STDIN_END);
        }
        return worksOn;
    }

    @Override
    public void gone() {
        whenOver.run();
        conversation.leave();
    }

    @Override
    public void input(Consumer<Bytes> toNode) {
        try {
            while (true) {
                Bytes frame = input.take();
                toNode.accept(frame);
                socket.consumed(frame.size() - 1);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void output(int channel, byte[] content) {
        socket.write(channel, content);
    }

    /** An empty message tells the client that the container is reached; clients may wait for it. */
    @Override
    public void begun() {
        int first = request.stderr() ? NodeStreamRequest.STDERR : NodeStreamRequest.STATUS;
        socket.write(request.stdout() ? NodeStreamRequest.STDOUT : first, new byte[0]);
    }

    @Override
    public void finish(Bytes json) {
        if (socket.protocol().structured()) {
            socket.finish(NodeStreamRequest.STATUS, json.array());
        } else {
            String text = failure(json);
            if (text.isEmpty()) {
                socket.finish(NodeStreamRequest.STATUS);
            } else {
                socket.finish(NodeStreamRequest.STATUS, text.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** What older protocols say of a result: a failure's message, and nothing of a success. */
    static String failure(Bytes json) {
        try {
            ObjectNode status = Json.parseObject(json.array());
            return status.path("status").asText("").equals("Success") ? "" : status.path("message").asText("");
        } catch (IllegalArgumentException malformed) {
            throw new UnavailableException("the node's status cannot be read");
        }
    }
}
