package dev.xebec.gateway.read;

import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.cache.WatchCache;
import dev.xebec.gateway.conversion.Conversions;
import dev.xebec.gateway.encode.Encoder;
import dev.xebec.gateway.encode.OutputForm;
import dev.xebec.gateway.kinds.ServedKinds;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Handler;
import dev.xebec.gateway.request.ResponseStream;

/** Streams what changes, from the cache's events; as chunked JSON, or as text frames of a WebSocket. */
public final class WatchVerb implements Handler {
    private final WatchCache cache;
    private final ReadRevision revisions;
    private final ServedKinds kinds;
    private final Conversions conversions;
    private final Encoder encoder;
    private final OpenWatches open;

    public WatchVerb(WatchCache cache, ReadRevision revisions, ServedKinds kinds, Conversions conversions,
            Encoder encoder, OpenWatches open) {
        this.open = open;
        this.kinds = kinds;
        this.conversions = conversions;
        this.cache = cache;
        this.revisions = revisions;
        this.encoder = encoder;
    }

    @Override
    public Answer handle(Call call) {
        WatchOptions options = WatchOptions.of(call);
        StoreImage image = revisions.image(options.revision());
        if (call.wantsWebSocket()) {
            return new Answer.WebSocket(socket -> start(options, image,
                    new SocketStream(socket, options.form().format() == OutputForm.Format.JSON)));
        }
        return new Answer.Streamed(contentType(options.form()), out -> start(options, image, out));
    }

    private static String contentType(OutputForm form) {
        return form.format() == OutputForm.Format.JSON ? form.contentType() : form.contentType() + ";stream=watch";
    }

    private void start(WatchOptions options, StoreImage image, ResponseStream out) {
        StreamedWatch watch = new StreamedWatch(cache, kinds, conversions, encoder, options, out, open);
        if (Conversions.asksSomebody(options.kind())) {
            Thread.ofVirtual().name("watch-start").start(() -> watch.start(image));
        } else {
            out.onLoop(() -> watch.start(image));
        }
    }
}
