package dev.xebec.kit.bus;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.kit.bus.Bus.RequestHandler;
import dev.xebec.kit.bus.Bus.StreamHandler;
import dev.xebec.kit.bus.Handlers.Served;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs handlers: each request and each stream on a virtual thread of its own, as many at once as there is room for. */
final class Serving {
    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

    private final Streams streams;

    Serving(Streams streams) {
        this.streams = streams;
    }

    /** Never blocks; {@code answer} is called once, from any thread. */
    void call(@Nullable Served<RequestHandler> served, Frame question, Consumer<Frame> answer) {
        if (served == null) {
            answer.accept(notServed(question));
        } else if (!served.room().tryAcquire()) {
            answer.accept(busy(question));
        } else {
            Thread.ofVirtual().name("bus-request-" + question.address()).start(() -> {
                try {
                    answer.accept(run(served.handler(), question));
                } finally {
                    served.room().release();
                }
            });
        }
    }

    private static Frame run(RequestHandler handler, Frame question) {
        try {
            Bytes answer = handler.handle(question.body());
            return answer.size() <= VertxBus.MAX_BODY_BYTES
                    ? Frame.answer(answer)
                    : Frame.unavailable("the answer of " + question.address() + " has " + answer.size()
                            + " bytes; at most " + VertxBus.MAX_BODY_BYTES + " are allowed");
        } catch (UnavailableException e) {
            return Frame.unavailable(message(e));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            LOG.error("The handler of {} failed", question.address(), e);
            return Frame.unavailable("the handler of " + question.address() + " failed: " + e);
        }
    }

    /** Never blocks; {@code answer} is called once, before the handler runs. */
    void open(@Nullable Served<StreamHandler> served, Frame question, String opener, Bytes request,
            Consumer<Frame> answer) {
        if (served == null) {
            answer.accept(notServed(question));
            return;
        }
        if (!served.room().tryAcquire()) {
            answer.accept(busy(question));
            return;
        }
        VertxStream stream = streams.create(opener);
        stream.connected(question.stream());
        answer.accept(new Frame(Frame.Kind.ANSWER, "", stream.id(), 0, Bytes.EMPTY));
        Thread.ofVirtual().name("bus-stream-" + question.address()).start(() -> {
            try {
                run(served.handler(), question.address(), request, stream);
            } finally {
                served.room().release();
            }
        });
    }

    private static void run(StreamHandler handler, String address, Bytes request, VertxStream stream) {
        try {
            handler.handle(request, stream);
            stream.close();
        } catch (UnavailableException e) {
            stream.fail(message(e));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            LOG.error("The stream handler of {} failed", address, e);
            stream.fail("the handler of " + address + " failed: " + e);
        }
    }

    private static Frame notServed(Frame question) {
        return Frame.unavailable("nobody serves " + question.address() + " there any more");
    }

    private static Frame busy(Frame question) {
        return Frame.unavailable(question.address() + " is busy");
    }

    private static String message(UnavailableException e) {
        String message = e.getMessage();
        return message == null ? "unavailable" : message;
    }
}
