package dev.xebec.gateway.proxy;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.gateway.node.Nodes;
import dev.xebec.gateway.node.PodConnection;
import dev.xebec.gateway.node.Sessions;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Handler;
import dev.xebec.gateway.request.ResponseStream;
import dev.xebec.gateway.spdy.SpdyHandshake;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Hands a request on to a pod and its answer back, each as it comes. Source: apimachinery {@code util/proxy/upgradeaware.go}.
 */
public final class ProxyHandler implements Handler {
    private final Targets targets;
    private final Nodes nodes;
    private final Sessions sessions;

    /** Which pod a request is for. */
    interface Targets {
        ProxyTarget of(Call call);
    }

    ProxyHandler(Targets targets, Nodes nodes, Sessions sessions) {
        this.targets = targets;
        this.nodes = nodes;
        this.sessions = sessions;
    }

    @Override
    public boolean longRunning() {
        return true;
    }

    @Override
    public Answer handle(Call call) {
        ProxyTarget target = targets.of(call);
        String path = Forwarded.path(call);
        boolean upgrade = SpdyHandshake.leavesHttp(call.wire());
        String method = call.request().method();
        if (path.isEmpty() && !upgrade && (method.equals("GET") || method.equals("HEAD"))) {
            // Without its end, a page's relative links would lead past it. Source: k/k issue 4958.
            return new Answer.Body(301, "text/html; charset=utf-8",
                    Map.of("Location", call.info().path() + "/" + Forwarded.query(call)), List.of(Bytes.EMPTY));
        }
        PodHttp pod = new PodHttp(connect(target));
        boolean handed = false;
        try {
            Answer answer = upgrade ? upgraded(call, path, pod) : relayed(call, path, target, pod);
            handed = true;
            return answer;
        } catch (UnavailableException broken) {
            throw ProxyTarget.unavailable("error trying to reach service: " + broken.getMessage());
        } catch (RejectedException refused) {
            throw ProxyTarget.unavailable("error trying to reach service: " + refused.status().message());
        } finally {
            if (!handed) {
                pod.close();
            }
        }
    }

    private PodConnection connect(ProxyTarget target) {
        try {
            return PodConnection.open(nodes, target.pod().node(), target.connection());
        } catch (RejectedException refused) {
            throw refused.status().code() == 503
                    ? ProxyTarget.unavailable("error trying to reach service: " + refused.status().message())
                    : refused;
        }
    }

    private Answer relayed(Call call, String path, ProxyTarget target, PodHttp pod) {
        HttpHeaders headers = Forwarded.request(call, false);
        String prefix = Forwarded.prefix(call, path);
        headers.set("X-Forwarded-Uri", prefix + path);
        boolean sized = headers.contains("Content-Length");
        boolean chunked = !sized && (!call.wire().words("Transfer-Encoding").isEmpty() || takesBody(call));
        if (chunked) {
            headers.set("Transfer-Encoding", "chunked");
        }
        pod.send(request(call, path, headers));
        if (sized || chunked) {
            pod.sendBody(call.wire(), chunked);
        }
        HttpResponse head = pod.head();
        String host = headers.get("Host", "");
        Links links = new Links(prefix, target.authority(), host);
        List<Map.Entry<String, String>> answer = Forwarded.answer(head.headers(), false);
        String location = head.headers().get("Location", "");
        if (!location.isEmpty()) {
            answer = replaced(answer, "Location", links.rewritten(location));
        } else if (isPage(head) && !call.request().method().equals("HEAD")) {
            return page(head, answer, links, pod);
        }
        return new Answer.Relayed(head.status().code(), answer, new Body(pod, List.of()));
    }

    /** Over HTTP/2 a body has no sign in the headers. */
    private static boolean takesBody(Call call) {
        boolean second = call.wire().headers().stream().anyMatch(header -> header.getKey().startsWith(":"));
        return second && List.of("POST", "PUT", "PATCH", "DELETE").contains(call.request().method());
    }

    private static DefaultHttpRequest request(Call call, String path, HttpHeaders headers) {
        return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(call.request().method()),
                (path.isEmpty() ? "/" : Forwarded.escaped(path)) + Forwarded.query(call), headers);
    }

    private static boolean isPage(HttpResponse head) {
        String type = head.headers().get("Content-Type", "");
        return type.split(";", 2)[0].strip().equals("text/html")
                && Page.readable(head.headers().get("Content-Encoding", ""));
    }

    private static Answer page(HttpResponse head, List<Map.Entry<String, String>> headers, Links links, PodHttp pod) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (Bytes piece = pod.body(); piece != null; piece = pod.body()) {
            whole.write(piece.array(), 0, piece.size());
            if (whole.size() > Page.MAX_BYTES) {
                return new Answer.Relayed(head.status().code(), headers,
                        new Body(pod, List.of(Bytes.of(whole.toByteArray()))));
            }
        }
        Bytes body = Page.rewritten(whole.toByteArray(), head.headers().get("Content-Encoding", ""), links);
        boolean bodiless = body.isEmpty() || head.status().code() == 304;
        List<Map.Entry<String, String>> sized = bodiless
                ? headers
                : replaced(headers, "Content-Length", Integer.toString(body.size()));
        return new Answer.Relayed(head.status().code(), sized, new Body(pod, bodiless ? List.of() : List.of(body)));
    }

    private static List<Map.Entry<String, String>> replaced(List<Map.Entry<String, String>> headers, String name,
            String value) {
        List<Map.Entry<String, String>> rest = new ArrayList<>(headers);
        rest.removeIf(header -> header.getKey().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)));
        rest.add(Map.entry(name, value));
        return rest;
    }

    private Answer upgraded(Call call, String path, PodHttp pod) {
        pod.send(request(call, path, Forwarded.request(call, true)));
        HttpResponse head = pod.head();
        int code = head.status().code();
        if (code == 101) {
            pod.raw();
            return new Answer.Upgraded(Forwarded.answer(head.headers(), true), new RawRelay(pod, sessions));
        }
        if (code < 400) {
            // Whatever the pod redirects to, nobody follows.
            pod.close();
            return Answer.refused(Status.internalError("invalid upgrade response: status code " + code));
        }
        return new Answer.Relayed(code, Forwarded.answer(head.headers(), false), new Body(pod, List.of()));
    }

    /** The answer's body on its way. @param read what was read of it already */
    private record Body(PodHttp pod, List<Bytes> read) implements Answer.StreamSource {

        @Override
        public void run(ResponseStream out) {
            try (pod) {
                out.onLoop(() -> out.onClose(this::leave));
                boolean open = true;
                for (Bytes piece : read) {
                    open &= out.write(piece);
                }
                for (Bytes piece = open ? pod.body() : null; piece != null; piece = open ? pod.body() : null) {
                    open = out.write(piece);
                }
                if (pod.whole()) {
                    out.end();
                } else {
                    out.abort();
                }
            } catch (UnavailableException | RejectedException broken) {
                out.abort();
            }
        }

        /** On a thread of its own: telling the other side may wait, which event loops do not. */
        private void leave() {
            if (!pod.whole()) {
                Thread.ofVirtual().start(() -> pod.pod().fail("the client has gone"));
            }
        }

        @Override
        public void dropped() {
            Thread.ofVirtual().start(pod::close);
        }
    }
}
