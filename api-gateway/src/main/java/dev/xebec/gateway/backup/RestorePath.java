package dev.xebec.gateway.backup;

import dev.xebec.contracts.codec.ByteReader;
import dev.xebec.contracts.codec.ByteWriter;
import dev.xebec.contracts.codec.MalformedMessageException;
import dev.xebec.contracts.codec.StateCodec;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.RestorableStore;
import dev.xebec.contracts.state.Saved;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Handler;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code PUT /xebec/v1/restore/ID/PART} puts a part of a backup aside, in the form of {@link #part}, and
 * {@code POST /xebec/v1/restore/ID?parts=N&atLeast=REVISION} makes all of them the state. Each may be repeated. Watches end with 410
 * then, and all clients list anew.
 */
public final class RestorePath implements Handler {
    public static final String PATH = "/xebec/v1/restore";

    private static final Logger LOG = LoggerFactory.getLogger(RestorePath.class);

    private final StateStore store;

    public RestorePath(StateStore store) {
        this.store = store;
    }

    /** The body of a part: a count, then keys and values, lengths as variable-length numbers before each. */
    public static byte[] part(List<Saved> saved) {
        return StateCodec.saved(new ByteWriter(64 * 1024), saved).finish().array();
    }

    @Override
    public Answer handle(Call call) {
        Administrators.require(call);
        if (!(store instanceof RestorableStore restorable)) {
            throw new RejectedException(Status.badRequest("this store is restored with its own tools"));
        }
        String[] words = call.request().path().substring(PATH.length()).split("/", -1);
        try {
            if (call.request().method().equals("PUT") && words.length == 3) {
                List<Saved> saved = StateCodec.saved(new ByteReader(call.body()));
                restorable.stage(LogGroup.MAIN, number(words[1]), (int) number(words[2]), saved);
                return Answer.json(200, Json.object().put("keys", saved.size()));
            }
            if (call.request().method().equals("POST") && words.length == 2) {
                long revision = restorable.restore(LogGroup.MAIN, number(words[1]), (int) number(call.query("parts")),
                        number(call.query("atLeast")));
                LOG.warn("{} has restored a backup; everything stands at revision {} now", call.user().name(),
                        revision - 1);
                return Answer.json(200, Json.object().put("revision", revision));
            }
        } catch (MalformedMessageException | IllegalArgumentException wrong) {
            throw new RejectedException(Status.badRequest(String.valueOf(wrong.getMessage())));
        }
        throw new RejectedException(Status.noSuchMethod());
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not a number", e);
        }
    }
}
