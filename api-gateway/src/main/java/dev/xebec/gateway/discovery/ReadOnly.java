package dev.xebec.gateway.discovery;

import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Handler;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import org.jspecify.annotations.Nullable;

/** A path that can be read and nothing else. */
abstract class ReadOnly implements Handler {

    /** The answer to a GET; may take a while. */
    abstract Answer read(Call call);

    /** The answer to a GET where it is at hand. */
    @Nullable
    Answer atHand(Call call) {
        return null;
    }

    @Override
    public final Answer handle(Call call) {
        check(call);
        return read(call);
    }

    @Override
    public final @Nullable Answer atOnce(Call call) {
        check(call);
        return atHand(call);
    }

    private static void check(Call call) {
        String method = call.request().method();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            throw new RejectedException(Status.noSuchMethod());
        }
    }
}
