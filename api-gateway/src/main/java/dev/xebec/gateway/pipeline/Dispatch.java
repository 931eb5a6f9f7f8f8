package dev.xebec.gateway.pipeline;

import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Handler;
import dev.xebec.gateway.request.RequestInfo;
import dev.xebec.gateway.request.Routes;
import dev.xebec.gateway.request.Verb;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.Set;

/** Finds who answers a request. */
final class Dispatch {
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private final Routes routes;
    private final Verbs verbs;

    Dispatch(Routes routes, Verbs verbs) {
        this.routes = routes;
        this.verbs = verbs;
    }

    /**
     * Refuses with 404 what is not there, with 405 what is there and cannot do this, and with 406 what can and is asked for in no
     * form that it has.
     */
    Handler find(Call call) {
        Handler found = route(call);
        Kind kind = call.info().kind();
        boolean connection = !call.info().subresource().isEmpty() && found.ofItsOwnForm();
        if (kind != null && kind.custom() == null && !connection) {
            Produced.check(call);
        }
        return found;
    }

    private Handler route(Call call) {
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
            return subresource(call, kind, info);
        }
        checkMethod(call, kind, kind.verbs());
        Handler posted = routes.forResource(info.servedResource().groupResource());
        if (posted != null) {
            return posted;
        }
        checkName(info.name());
        return byVerb(info.verb());
    }

    /**
     * Refuses what no route is for. A built-in kind has no routes but those of its verbs; a custom one is asked itself.
     * Source: go-restful, apiextensions-apiserver {@code customresource_handler.go}.
     */
    private static void checkMethod(Call call, Kind kind, Set<String> verbs) {
        String word = call.info().verb().word();
        boolean named = !call.info().name().isEmpty();
        boolean toWrongPlace = switch (call.info().verb()) {
            case CREATE -> named && call.info().subresource().isEmpty();
            case UPDATE, PATCH -> !named;
            case DELETE_COLLECTION -> kind.namespaced() && call.info().namespace().isEmpty();
            case GET, LIST, WATCH, DELETE -> false;
        };
        boolean known = METHODS.contains(call.request().method())
                || (kind.custom() != null && call.request().method().equals("HEAD"));
        boolean everywhere = kind.namespaced() && call.info().namespace().isEmpty();
        if (kind.custom() != null && everywhere && call.info().verb() != Verb.CREATE && (!known || toWrongPlace)) {
            throw new RejectedException(Status.noPage());
        }
        if (known && !toWrongPlace && verbs.contains(word)) {
            return;
        }
        throw new RejectedException(kind.custom() == null
                ? Status.noSuchMethod()
                : Status.methodNotAllowed(known ? word : "", kind.resource()));
    }

    /** Source: apimachinery {@code api/validation/path}. */
    private static void checkName(String name) {
        String wrong = name.equals(".") || name.equals("..")
                ? "may not be '" + name + "'"
                : name.indexOf('%') >= 0 ? "may not contain '%'" : "";
        if (!wrong.isEmpty()) {
            throw new RejectedException(
                    Status.badRequest("Name parameter invalid: \"" + name + "\": " + wrong));
        }
    }

    /** Whether what answers the subresource is long-running. */
    boolean longRunning(Call call) {
        RequestInfo info = call.info();
        Handler own = info.kind() == null
                ? null
                : routes.forSubresource(info.servedResource().groupResource() + "/" + info.subresource());
        return own != null && own.longRunning();
    }

    private Handler subresource(Call call, Kind kind, RequestInfo info) {
        Kind.Subresource subresource = kind.subresources().get(info.subresource());
        if (subresource != null && kind.custom() == null && !subresource.verbs().contains(info.verb().word())) {
            throw new RejectedException(Status.noSuchMethod());
        }
        Handler own = routes.forSubresource(info.servedResource().groupResource() + "/" + info.subresource());
        if (own != null) {
            return own;
        }
        if (subresource == null && kind.custom() != null) {
            throw new RejectedException(Status.notFound(kind.resource(), info.name()));
        }
        if (subresource != null && kind.custom() == null && !METHODS.contains(call.request().method())) {
            throw new RejectedException(Status.noSuchMethod());
        }
        Handler speaking = subresource == null ? null : routes.forSpoken(subresource.kind());
        if (speaking != null && info.subpath().isEmpty()) {
            return speaking;
        }
        if (subresource == null || !subresource.kind().equals(kind.name()) || !info.subpath().isEmpty()) {
            throw new RejectedException(Status.noSuchPath());
        }
        checkMethod(call, kind, subresource.verbs());
        checkName(info.name());
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
