package dev.xebec.gateway.pipeline;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.gateway.kinds.ServedKinds;
import dev.xebec.gateway.kinds.StaleKindException;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.RequestInfo;
import dev.xebec.gateway.request.RequestInfoParser;
import dev.xebec.gateway.request.Routes;
import dev.xebec.gateway.request.Verb;
import dev.xebec.gateway.request.Wire;
import dev.xebec.model.custom.CustomType;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import dev.xebec.model.advice.Advice;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of a request behind the doors: what is meant, whether it is allowed, who answers. Every refusal and every
 * failure becomes an answer here and nowhere else.
 */
public final class Pipeline {
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    /** Times that a request is judged anew because a definition changed while it was under way. */
    private static final int MAX_JUDGED = 8;

    private final ServedKinds kinds;
    private final RequestInfoParser parser;
    private final Authorizer authorizer;
    private final Dispatch dispatch;

    public Pipeline(ServedKinds kinds, RequestInfoParser parser, Authorizer authorizer, Routes routes, Verbs verbs) {
        this.kinds = kinds;
        this.parser = parser;
        this.authorizer = authorizer;
        this.dispatch = new Dispatch(routes, verbs);
    }

    public Call call(ApiRequest request, String auditId, String upgrade) {
        return call(request, auditId, upgrade, Wire.NONE);
    }

    public Call call(ApiRequest request, String auditId, String upgrade, Wire wire) {
        return new Call(request, parser.parse(request), auditId, upgrade, wire);
    }

    /** Whether its handler takes the body as it comes, for as long as it likes. */
    public boolean longRunning(Call call) {
        return !call.info().subresource().isEmpty() && dispatch.longRunning(call);
    }

    /** Answers; blocks a virtual thread. */
    public Answer handle(Call call) {
        return guarded(call, () -> {
            Status refused = authorizer.refuse(call);
            return refused != null ? Answer.refused(refused) : settled(call);
        });
    }

    /** Built-in kinds are what they are; others may have changed since the call came in, and change while it is under way. */
    private Answer settled(Call call) {
        RequestInfo info = call.info();
        if (info.resource() == null || (info.kind() != null && info.kind().custom() == null)) {
            return withDeprecation(info.kind(), asked(call));
        }
        for (int judged = 1;; judged++) {
            Kind kind = kinds.find(info.servedResource());
            Call now = new Call(call.request(), parser.parse(call.request(), resource -> kind), call.auditId(),
                    call.upgrade(), call.wire());
            try {
                Answer answer = withDeprecation(kind, asked(now));
                if (judged == MAX_JUDGED || !outdated(now, kind, answer)) {
                    return answer;
                }
            } catch (StaleKindException changing) {
                if (judged == MAX_JUDGED) {
                    throw new UnavailableException(String.valueOf(changing.getMessage()));
                }
                kinds.newest();
            }
        }
    }

    /**
     * Whether a read, which has waited for the store's newest state, was of a kind that is no longer served as it was then:
     * a list of a definition that is gone is no empty list.
     */
    private boolean outdated(Call call, @Nullable Kind kind, Answer answer) {
        boolean reads = call.info().verb() == Verb.GET || call.info().verb() == Verb.LIST;
        return kind != null && kind.custom() != null && reads && answer instanceof Answer.Body
                && kinds.now().byResource(kind.resource()).orElse(null) != kind;
    }

    /** Who asks for a deprecated kind or version is told so, whatever he asks. */
    private static Answer withDeprecation(@Nullable Kind kind, Answer answer) {
        String text = kind == null ? "" : Advice.deprecation(kind);
        if (text.isEmpty()) {
            return answer;
        }
        String warning = "299 - \"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        return switch (answer) {
            case Answer.Body body -> {
                String more = body.headers().get("Warning");
                yield body.header("Warning", more == null ? warning : warning + ", " + more);
            }
            case Answer.Refused refused -> new Answer.Refused(refused.status(),
                    refused.warning().isEmpty() ? warning : warning + ", " + refused.warning());
            case Answer.Streamed streamed -> new Answer.Streamed(streamed.contentType(), streamed.source(), warning);
            case Answer.Relayed relayed -> relayed;
            case Answer.WebSocket socket -> socket;
            case Answer.Upgraded upgraded -> upgraded;
        };
    }

    /** A refusal is an answer, too: it has the warnings that others have. */
    private Answer asked(Call call) {
        try {
            return dispatch.find(call).handle(call);
        } catch (RejectedException refused) {
            return refusal(call, refused.status());
        }
    }

    private Answer refusal(Call call, Status status) {
        boolean elsewhere = status.isNoSuchPath() && !ofBuiltInGroup(call.info().path());
        return Answer.refused(elsewhere ? Status.noPage() : status);
    }

    /** The answer where it can be given on an event loop; null where {@link #handle} has to be asked. */
    public @Nullable Answer atOnce(Call call) {
        RequestInfo info = call.info();
        boolean builtIn = info.resource() == null || (info.kind() != null && info.kind().custom() == null);
        Kind kind = info.kind();
        CustomType custom = kind == null ? null : kind.custom();
        boolean plain = builtIn && (kind == null || Advice.deprecation(kind).isEmpty())
                || (custom != null && custom.deprecationWarning().isEmpty() && kinds.current());
        if (info.verb().writes() || !plain) {
            return null;
        }
        Holder holder = new Holder();
        Answer failed = guarded(call, () -> {
            Status refused = authorizer.refuse(call);
            holder.answer = refused != null ? Answer.refused(refused) : dispatch.find(call).atOnce(call);
            return NOTHING;
        });
        return failed == NOTHING ? holder.answer : failed;
    }

    private static final Answer NOTHING = Answer.refused(Status.internalError("no answer"));

    private static final class Holder {
        private @Nullable Answer answer;
    }

    private interface Step {
        Answer take();
    }

    private Answer guarded(Call call, Step step) {
        try {
            return step.take();
        } catch (RejectedException refused) {
            return refusal(call, refused.status());
        } catch (UnavailableException unavailable) {
            return Answer.refused(Status.unavailable(String.valueOf(unavailable.getMessage())));
        } catch (RuntimeException fault) {
            LOG.error("request {} {} {} failed", call.auditId(), call.request().method(), call.request().path(), fault);
            return Answer.refused(Status.internalError("see the server's log for " + call.auditId()));
        }
    }

    /** Those answer for all that is below them; nobody does for the rest. */
    private boolean ofBuiltInGroup(String path) {
        if (path.equals("/api") || path.startsWith("/api/")) {
            return true;
        }
        String[] parts = path.split("/", 4);
        return parts.length > 2 && parts[1].equals("apis") && kinds.builtInGroup(parts[2]);
    }
}
