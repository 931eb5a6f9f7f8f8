package dev.xebec.gateway.read;

import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.cache.StoreKey;
import dev.xebec.gateway.conversion.Conversions;
import dev.xebec.gateway.encode.Encoder;
import dev.xebec.gateway.encode.OutputForm;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Handler;
import dev.xebec.gateway.request.RequestInfo;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import org.jspecify.annotations.Nullable;

/** Reads one object: its ready bytes out of the cache. */
public final class GetVerb implements Handler {
    private final ReadRevision revisions;
    private final Conversions conversions;
    private final Encoder encoder;

    public GetVerb(ReadRevision revisions, Conversions conversions, Encoder encoder) {
        this.conversions = conversions;
        this.revisions = revisions;
        this.encoder = encoder;
    }

    @Override
    public Answer handle(Call call) {
        return answer(call, revisions.image(call.query("resourceVersion")));
    }

    @Override
    public @Nullable Answer atOnce(Call call) {
        StoreImage image = call.query("resourceVersion").equals("0") ? revisions.any() : null;
        return image == null || Conversions.asksSomebody(call.info().servedKind()) ? null : answer(call, image);
    }

    private Answer answer(Call call, StoreImage image) {
        if (call.flag("export") && !call.query("export").isEmpty()) {
            throw new RejectedException(
                    Status.badRequest("the export parameter, deprecated since v1.14, is no longer supported"));
        }
        RequestInfo info = call.info();
        Kind kind = info.servedKind();
        OutputForm form = OutputForm.of(call);
        CachedObject stored = image.get(StoreKey.resourceOf(kind), info.namespace(), info.name());
        if (stored == null) {
            throw new RejectedException(Status.notFound(info.servedResource(), info.name()));
        }
        return encoder.object(form, 200, kind, conversions.shown(kind, stored));
    }
}
