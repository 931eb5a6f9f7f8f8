package dev.xebec.gateway.stream;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.node.NodeStreamRequest;
import dev.xebec.gateway.node.Frames;
import dev.xebec.gateway.spdy.ByteLink;
import dev.xebec.gateway.spdy.SpdySession;
import dev.xebec.gateway.spdy.SpdyStream;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client with a SPDY stream for each of error, stdin, stdout, stderr and resize. The conversation begins when all that it
 * needs are open. Source: kubelet {@code cri/streaming/remotecommand/httpstream.go}.
 */
final class SpdyClient implements ClientSide, SpdySession.Acceptor {
    /** As they are offered in the handshake; only WebSockets have a fifth. */
    static final List<String> PROTOCOLS = List.of("v4.channel.k8s.io", "v3.channel.k8s.io", "v2.channel.k8s.io",
            "channel.k8s.io");
    /** How long the client may take to open its streams. */
    private static final long STREAMS_MILLIS = 30_000;
    /** Bytes of one terminal size. */
    private static final int MAX_SIZE_BYTES = 1_024;
    private static final Set<String> TYPES = Set.of("error", "stdin", "stdout", "stderr", "resize");

    private final Conversation conversation;
    private final String protocol;
    private final Runnable whenOver;
    private final int expected;
    private final Map<String, SpdyStream> streams = new HashMap<>();
    private final CountDownLatch whole = new CountDownLatch(1);
    private @Nullable SpdySession session;

    private SpdyClient(Conversation conversation, String protocol, Runnable whenOver) {
        this.conversation = conversation;
        this.protocol = protocol;
        this.whenOver = whenOver;
        NodeStreamRequest request = conversation.request();
        this.expected = 1 + one(request.stdin()) + one(request.stdout()) + one(request.stderr())
                + one(request.tty() && resizes());
    }

    private static int one(boolean wanted) {
        return wanted ? 1 : 0;
    }

    private boolean resizes() {
        return protocol.equals("v4.channel.k8s.io") || protocol.equals("v3.channel.k8s.io");
    }

    /** On the link's event loop. */
    static void begin(ByteLink link, String protocol, Conversation conversation, Runnable whenOver) {
        SpdyClient client = new SpdyClient(conversation, protocol, whenOver);
        Context loop = Vertx.currentContext();
        SpdySession session = new SpdySession(link, loop, client);
        client.session = session;
        loop.owner().setTimer(STREAMS_MILLIS, late -> loop.runOnContext(ignored -> {
            if (client.streams.size() < client.expected) {
                session.leave();
            }
        }));
    }

    @Override
    public boolean opened(SpdyStream stream) {
        String type = stream.header("streamtype");
        if (!TYPES.contains(type) || streams.size() == expected || streams.putIfAbsent(type, stream) != null) {
            return false;
        }
        if (streams.size() == expected) {
            whole.countDown();
            conversation.begin(this);
        }
        return true;
    }

    @Override
    public void closed() {
        whenOver.run();
        conversation.leave();
    }

    @Override
    public void input(Consumer<Bytes> toNode) {
        SpdyStream resize = streams.get("resize");
        if (resize != null) {
            Thread.ofVirtual().name("conversation-resize").start(() -> resizes(resize, toNode));
        }
        SpdyStream stdin = streams.get("stdin");
        if (stdin != null) {
            for (Bytes bytes = stdin.read(); bytes != null; bytes = stdin.read()) {
                toNode.accept(frame(NodeStreamRequest.STDIN, bytes.array(), bytes.size()));
            }
            toNode.accept(Frames.STDIN_END);
        }
    }

    private static Bytes frame(byte channel, byte[] content, int length) {
        byte[] frame = new byte[length + 1];
        frame[0] = channel;
        System.arraycopy(content, 0, frame, 1, length);
        return Bytes.of(frame);
    }

    /** Sizes are JSON objects one after another, wherever the frames begin and end. */
    private static void resizes(SpdyStream resize, Consumer<Bytes> toNode) {
        ByteArrayOutputStream size = new ByteArrayOutputStream();
        try {
            for (Bytes bytes = resize.read(); bytes != null; bytes = resize.read()) {
                for (byte each : bytes.array()) {
                    size.write(each);
                    if (each == '}') {
                        toNode.accept(frame(NodeStreamRequest.RESIZE, size.toByteArray(), size.size()));
                    }
                    if (each == '}' || size.size() > MAX_SIZE_BYTES) {
                        size.reset();
                    }
                }
            }
        } catch (UnavailableException over) {
            size.reset();
        }
    }

    @Override
    public void output(int channel, byte[] content) {
        SpdyStream stream = streams.get(channel == NodeStreamRequest.STDERR ? "stderr" : "stdout");
        if (stream != null) {
            stream.write(content, 0, content.length);
        }
    }

    @Override
    public void finish(Bytes json) {
        SpdyStream error = streams.get("error");
        boolean structured = protocol.equals(PROTOCOLS.get(0));
        try {
            byte[] result = structured ? json.array() : SocketClient.failure(json).getBytes(StandardCharsets.UTF_8);
            if (error != null && result.length > 0) {
                error.write(result, 0, result.length);
            }
        } catch (UnavailableException gone) {
            conversation.leave();
        }
        streams.values().forEach(SpdyStream::end);
        SpdySession open = session;
        if (open != null) {
            open.leave();
        }
    }
}
