package dev.xebec.gateway.stream;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.gateway.node.Frames;
import dev.xebec.gateway.node.Nodes;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Handler;
import dev.xebec.gateway.request.Verb;
import dev.xebec.kit.bus.BusStream;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.time.Duration;
import java.time.InstantSource;

/**
 * A container's log as plain text, as it is or as it grows. What the node has to say against it comes as a Status, as
 * long as it comes before the first line.
 */
final class LogHandler implements Handler {
    /** How long the first line is waited for before the answer begins without one. */
    private static final Duration FIRST_LINE = Duration.ofSeconds(1);
    private static final String TEXT = "text/plain";

    private final ObjectRegistry registry;
    private final Nodes nodes;
    private final InstantSource clock;

    LogHandler(ObjectRegistry registry, Nodes nodes, InstantSource clock) {
        this.registry = registry;
        this.nodes = nodes;
        this.clock = clock;
    }

    @Override
    public boolean longRunning() {
        return true;
    }

    @Override
    public Answer handle(Call call) {
        if (call.info().verb() != Verb.GET) {
            throw new RejectedException(
                    Status.methodNotAllowed(call.info().verb().word(), call.info().servedResource()));
        }
        LogOptions options = LogOptions.of(call, clock.instant());
        Target target = Target.of(call, registry);
        if (target.node().isEmpty()) {
            return Answer.nothing();
        }
        if (!target.waiting().isEmpty() && !options.wish().previous()) {
            throw new RejectedException(Status.badRequest("container \"" + target.container() + "\" in pod \""
                    + target.pod() + "\" is waiting to start: " + target.waiting()));
        }
        nodes.enter();
        boolean streaming = false;
        try {
            BusStream stream = nodes.open(target.node(), options.of(target));
            Answer answer = begin(stream, target);
            streaming = answer instanceof Answer.Streamed;
            return answer;
        } finally {
            if (!streaming) {
                nodes.leave();
            }
        }
    }

    private Answer begin(BusStream stream, Target target) {
        Bytes first;
        long start = System.nanoTime();
        try {
            first = stream.receive(FIRST_LINE);
        } catch (UnavailableException nothing) {
            if (System.nanoTime() - start < FIRST_LINE.toNanos()) {
                stream.fail("broken");
                throw new RejectedException(Nodes.unreachable("the log of pod " + target.pod() + " on node \""
                        + target.node() + "\" broke off: " + nothing.getMessage()));
            }
            return new Answer.Streamed(TEXT, new LogStream(nodes, stream, null));
        }
        Status refusal = first == null ? null : Frames.refusal(first);
        if (refusal != null) {
            stream.close();
            throw new RejectedException(refusal);
        }
        return new Answer.Streamed(TEXT, new LogStream(nodes, stream, first));
    }
}
