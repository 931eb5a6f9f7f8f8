package dev.xebec.gateway.stream;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.node.NodeStreamRequest;
import dev.xebec.gateway.node.Frames;
import dev.xebec.gateway.node.Nodes;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.ResponseStream;
import dev.xebec.kit.bus.BusStream;
import dev.xebec.model.status.Status;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A log on its way from the node to the client, who holds it back where he does not keep up. */
final class LogStream implements Answer.StreamSource {
    private static final Logger LOG = LoggerFactory.getLogger(LogStream.class);

    private final Nodes nodes;
    private final BusStream stream;
    private final @Nullable Bytes first;

    /** @param first the first frame where it came already; the place among the streams is given back at the end */
    LogStream(Nodes nodes, BusStream stream, @Nullable Bytes first) {
        this.nodes = nodes;
        this.stream = stream;
        this.first = first;
    }

    @Override
    public void run(ResponseStream out) {
        try {
            out.onLoop(() -> out.onClose(this::leave));
            copy(out);
            stream.close();
            out.end();
        } catch (UnavailableException broken) {
            LOG.debug("a log broke off: {}", broken.getMessage());
            out.abort();
        } finally {
            nodes.leave();
        }
    }

    private void copy(ResponseStream out) {
        Bytes frame = first == null ? stream.receive(Duration.ZERO) : first;
        while (frame != null && Frames.channel(frame) != NodeStreamRequest.STATUS) {
            if (frame.size() > 1 && !out.write(Frames.content(frame))) {
                leave();
                return;
            }
            frame = stream.receive(Duration.ZERO);
        }
        Status failure = frame == null ? null : Frames.refusal(frame);
        if (failure != null) {
            out.write(Bytes.utf8("the log broke off: " + failure.message() + "\n"));
        }
    }

    /** On a thread of its own: telling the other side may wait, which event loops do not. */
    private void leave() {
        Thread.ofVirtual().start(() -> stream.fail("the client has gone"));
    }

    @Override
    public void dropped() {
        leave();
        nodes.leave();
    }
}
