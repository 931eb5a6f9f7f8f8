package dev.xebec.gateway.forward;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.gateway.node.PodConnection;
import dev.xebec.gateway.spdy.ByteLink;
import dev.xebec.gateway.spdy.SpdySession;
import dev.xebec.gateway.spdy.SpdyStream;
import dev.xebec.model.status.RejectedException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forwards connections whose two streams, one for data and one for what goes wrong, come by the same request id. Source:
 * kubelet {@code cri/streaming/portforward/httpstream.go}.
 */
final class SpdyForwarding implements SpdySession.Acceptor {
    private static final Logger LOG = LoggerFactory.getLogger(SpdyForwarding.class);
    /** How long the second stream of a pair may take. */
    private static final long PAIR_MILLIS = 30_000;
    private static final int MAX_PORT = 65_535;

    private final ForwardTarget target;
    private final Context loop;
    private final Runnable whenOver;
    /** Pairs with one stream. */
    private final Map<String, Pair> halves = new HashMap<>();

    private SpdyForwarding(ForwardTarget target, Context loop, Runnable whenOver) {
        this.target = target;
        this.loop = loop;
        this.whenOver = whenOver;
    }

    /** On the link's event loop. */
    static void begin(ByteLink link, ForwardTarget target, Runnable whenOver) {
        Context loop = Vertx.currentContext();
        new SpdySession(link, loop, new SpdyForwarding(target, loop, whenOver));
    }

    private static final class Pair {
        private @Nullable SpdyStream error;
        private @Nullable SpdyStream data;
        private long timer;
    }

    @Override
    public boolean opened(SpdyStream stream) {
        String type = stream.header("streamtype");
        int port = port(stream.header("port"));
        boolean errors = type.equals("error");
        if (port < 1 || !errors && !type.equals("data")) {
            LOG.debug("A stream of type \"{}\" to port \"{}\" is refused", type, stream.header("port"));
            return false;
        }
        String request = requestId(stream, errors);
        Pair pair = halves.computeIfAbsent(request, this::pair);
        if (errors ? pair.error != null : pair.data != null) {
            return false;
        }
        if (errors) {
            pair.error = stream;
        } else {
            pair.data = stream;
        }
        SpdyStream error = pair.error;
        SpdyStream data = pair.data;
        if (error != null && data != null) {
            halves.remove(request);
            loop.owner().cancelTimer(pair.timer);
            int wanted = port(data.header("port"));
            Thread.ofVirtual().name("port-forward-" + wanted).start(() -> forward(error, data, wanted));
        }
        return true;
    }

    /** Oldest clients send none: their error stream comes first, the data stream follows. */
    private static String requestId(SpdyStream stream, boolean errors) {
        String given = stream.header("requestid");
        return given.isEmpty() ? Integer.toString(errors ? stream.id() : stream.id() - 2) : given;
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port <= MAX_PORT ? port : -1;
        } catch (NumberFormatException malformed) {
            return -1;
        }
    }

    private Pair pair(String request) {
        Pair pair = new Pair();
        pair.timer = loop.owner().setTimer(PAIR_MILLIS, late -> loop.runOnContext(ignored -> {
            if (halves.remove(request, pair)) {
                SpdyStream error = pair.error;
                SpdyStream data = pair.data;
                Thread.ofVirtual().start(() -> giveUp(error, data));
            }
        }));
        return pair;
    }

    private static void giveUp(@Nullable SpdyStream error, @Nullable SpdyStream data) {
        if (error != null) {
            say(error, "timed out waiting for streams");
            error.end();
        }
        if (data != null) {
            data.end();
        }
    }

    private void forward(SpdyStream error, SpdyStream data, int port) {
        try (PodConnection pod = target.connect(port)) {
            Thread sender = Thread.ofVirtual().name("port-forward-in-" + port).start(() -> send(data, pod));
            for (Bytes bytes = pod.receive(); bytes != null; bytes = pod.receive()) {
                data.write(bytes.array(), 0, bytes.size());
            }
            data.end();
            error.end();
            sender.join();
        } catch (RejectedException refused) {
            say(error, target.failure(port, refused.status().message()));
        } catch (UnavailableException broken) {
            say(error, target.failure(port, String.valueOf(broken.getMessage())));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            error.end();
            data.end();
        }
    }

    private static void send(SpdyStream data, PodConnection pod) {
        try {
            for (Bytes bytes = data.read(); bytes != null; bytes = data.read()) {
                pod.send(bytes);
            }
            pod.endInput();
        } catch (UnavailableException broken) {
            // Whichever side it was: the other one hears of it.
            pod.fail("the client's connection is over");
        }
    }

    private static void say(SpdyStream error, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            error.write(bytes, 0, bytes.length);
        } catch (UnavailableException gone) {
            LOG.trace("Nobody hears that {}", text);
        }
    }

    @Override
    public void closed() {
        halves.values().forEach(pair -> loop.owner().cancelTimer(pair.timer));
        halves.clear();
        whenOver.run();
    }
}
