package dev.xebec.gateway.pipeline;

import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Handler;
import dev.xebec.gateway.request.RequestInfo;
import dev.xebec.gateway.request.Routes;
import dev.xebec.gateway.request.Verb;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;

/** Finds who answers a request. */
final class Dispatch {
    private final Routes routes;
    private final Verbs verbs;

    Dispatch(Routes routes, Verbs verbs) {
        this.routes = routes;
        this.verbs = verbs;
    }

    /** Refuses with 404 what is not there and with 405 what is there and cannot do this. */
    Handler find(Call call) {
        RequestInfo info = call.info();
        Handler byPath = info.resource() == null ? routes.forPath(info.path()) : null;
        if (byPath != null) {
            return byPath;
        }
        Kind kind = info.kind();
        if (kind == null) {
            throw new RejectedException(Status.noSuchPath());
        }
        if (!info.subresource().isEmpty()) {
            return subresource(kind, info);
        }
        Handler posted = routes.forResource(info.servedResource().groupResource());
        if (posted != null) {
            return posted;
        }
        if (!kind.verbs().contains(info.verb().word())) {
            throw new RejectedException(Status.methodNotAllowed(info.verb().word(), kind.resource()));
        }
        return byVerb(info.verb());
    }

    private Handler subresource(Kind kind, RequestInfo info) {
        Handler own = routes.forSubresource(info.servedResource().groupResource() + "/" + info.subresource());
        if (own != null) {
            return own;
        }
        Kind.Subresource subresource = kind.subresources().get(info.subresource());
        Handler speaking = subresource == null ? null : routes.forSpoken(subresource.kind());
        if (speaking != null && info.subpath().isEmpty()) {
            return speaking;
        }
        if (subresource == null || !subresource.kind().equals(kind.name()) || !info.subpath().isEmpty()) {
            throw new RejectedException(Status.noSuchPath());
        }
        if (!subresource.verbs().contains(info.verb().word())) {
            throw new RejectedException(Status.methodNotAllowed(info.verb().word(), kind.resource()));
        }
        return byVerb(info.verb());
    }

    private Handler byVerb(Verb verb) {
        return switch (verb) {
            case GET -> verbs.get();
            case LIST -> verbs.list();
            case WATCH -> verbs.watch();
            case CREATE -> verbs.create();
            case UPDATE -> verbs.update();
            case PATCH -> verbs.patch();
            case DELETE -> verbs.delete();
            case DELETE_COLLECTION -> verbs.deleteCollection();
        };
    }
}
