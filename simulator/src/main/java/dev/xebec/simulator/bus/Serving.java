package dev.xebec.simulator.bus;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.kit.bus.Bus.RequestHandler;
import dev.xebec.kit.bus.Bus.StreamHandler;
import dev.xebec.simulator.bus.Handlers.Served;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one member's handlers, each question on a thread of its own, as many at once as there is room for. */
final class Serving {
    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

    private final Streams streams;

    Serving(Streams streams) {
        this.streams = streams;
    }

    void call(@Nullable Served<RequestHandler> served, Frame.Call call, Consumer<Frame.Answer> answer) {
        String objection = objection(served, call);
        if (served == null || objection != null) {
            answer.accept(new Frame.Unavailable(call.number(), String.valueOf(objection)));
            return;
        }
        Thread.ofVirtual().name("bus-request-" + call.address()).start(() -> {
            try {
                answer.accept(run(served.handler(), call));
            } finally {
                served.room().release();
            }
        });
    }

    private static Frame.Answer run(RequestHandler handler, Frame.Call call) {
        try {
            Bytes body = handler.handle(call.body());
            return body.size() <= SimulatedBus.MAX_BODY_BYTES
                    ? new Frame.Done(call.number(), body, 0)
                    : new Frame.Unavailable(call.number(), "the answer of " + call.address() + " has " + body.size()
                            + " bytes; at most " + SimulatedBus.MAX_BODY_BYTES + " are allowed");
        } catch (UnavailableException e) {
            return new Frame.Unavailable(call.number(), reason(e));
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("The handler of {} failed", call.address(), e);
            return new Frame.Unavailable(call.number(), "the handler of " + call.address() + " failed: " + e);
        }
    }

    void open(@Nullable Served<StreamHandler> served, Frame.Open open, SimulatedBus opener,
            Consumer<Frame.Answer> answer) {
        String objection = objection(served, open);
        if (served == null || objection != null) {
            answer.accept(new Frame.Unavailable(open.number(), String.valueOf(objection)));
            return;
        }
        SimulatedStream stream = streams.create(opener);
        stream.connected(open.stream());
        answer.accept(new Frame.Done(open.number(), Bytes.EMPTY, stream.number()));
        Thread.ofVirtual().name("bus-stream-" + open.address()).start(() -> {
            try {
                run(served.handler(), open, stream);
            } finally {
                served.room().release();
            }
        });
    }

    private static void run(StreamHandler handler, Frame.Open open, SimulatedStream stream) {
        try {
            handler.handle(open.body(), stream);
            stream.close();
        } catch (UnavailableException e) {
            stream.fail(reason(e));
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("The stream handler of {} failed", open.address(), e);
            stream.fail("the handler of " + open.address() + " failed: " + e);
        }
    }

    /** Why a question is not worked on; null where it is, and then its room is taken. */
    private static <H> @Nullable String objection(@Nullable Served<H> served, Frame.Question question) {
        if (served == null) {
            return "nobody serves " + question.address() + " there any more";
        }
        return served.room().tryAcquire() ? null : question.address() + " is busy";
    }

    private static String reason(UnavailableException e) {
        String message = e.getMessage();
        return message == null ? "unavailable" : message;
    }
}
