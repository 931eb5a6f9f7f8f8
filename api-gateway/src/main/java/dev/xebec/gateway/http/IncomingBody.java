package dev.xebec.gateway.http;

import dev.xebec.contracts.Bytes;
import dev.xebec.model.status.Status;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/**
 * A request's body on its way in: not longer than allowed, not slower than the request's time limit, and together with all
 * others not more than the process has room for. Lives on the connection's event loop.
 */
final class IncomingBody {
    /** Bytes of one body. Source: apiserver {@code MaxRequestBodyBytes}. */
    static final int MAX_BYTES = 3 * 1024 * 1024;

    private final Reply reply;
    private final BodyBudget.Share share;
    private Buffer received = Buffer.buffer();

    private IncomingBody(Reply reply, BodyBudget.Share share) {
        this.reply = reply;
        this.share = share;
    }

    /** @param whole gets the body, and gives the share back when it is done with it; not called for a refused body */
    static void read(HttpServerRequest request, Reply reply, BodyBudget.Share share, Consumer<Bytes> whole) {
        IncomingBody body = new IncomingBody(reply, share);
        reply.onAnswered(body::drop);
        request.handler(body::add);
        request.endHandler(done -> {
            if (!reply.answered()) {
                reply.onAnswered(() -> {
                });
                byte[] bytes = body.received.getBytes();
                body.received = Buffer.buffer();
                whole.accept(Bytes.of(bytes));
            }
        });
    }

    private void add(Buffer chunk) {
        if (reply.answered()) {
            return;
        }
        if (received.length() + chunk.length() > MAX_BYTES) {
            reply.refuse(Status.tooLarge("limit is " + MAX_BYTES));
        } else if (!share.take(chunk.length())) {
            reply.refuse(Status.tooManyRequests("the bodies of other requests take all the room there is", 1));
        } else {
            received.appendBuffer(chunk);
        }
    }

    /** Nobody wants it any more. */
    private void drop() {
        received = Buffer.buffer();
        share.giveBack();
    }
}
