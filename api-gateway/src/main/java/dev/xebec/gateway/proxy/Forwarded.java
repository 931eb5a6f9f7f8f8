package dev.xebec.gateway.proxy;

import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Wire;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What of a request and its answer is handed on. Credentials stay here. Source: Go {@code net/http/httputil/reverseproxy.go},
 * apimachinery {@code util/proxy/upgradeaware.go} and {@code transport.go}.
 */
final class Forwarded {
    /** Of one connection, not of the message. */
    private static final Set<String> HOPS = Set.of("connection", "proxy-connection", "keep-alive", "proxy-authenticate",
            "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade");
    private static final Set<String> CORS = Set.of("access-control-allow-credentials", "access-control-allow-headers",
            "access-control-allow-methods", "access-control-allow-origin");
    private static final String OPEN = "-_.~$&+,/:;=@";
    private static final String BEARER = "base64url.bearer.authorization.k8s.io.";

    private Forwarded() {}

    /** The path behind {@code proxy}, cleaned; empty for none. */
    static String path(Call call) {
        String subpath = call.info().subpath();
        Deque<String> parts = new ArrayDeque<>();
        for (String part : subpath.split("/")) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        String path = parts.isEmpty() ? "" : "/" + String.join("/", parts);
        return call.info().path().endsWith("/") && !path.endsWith("/") ? path + "/" : path;
    }

    /** What stands before the path in the URL that the client knows. */
    static String prefix(Call call, String path) {
        String whole = call.info().path();
        return whole.endsWith(path) ? whole.substring(0, whole.length() - path.length()) : whole;
    }

    static String query(Call call) {
        String target = call.wire().target();
        int mark = target.indexOf('?');
        return mark < 0 ? "" : target.substring(mark);
    }

    /** A path as Go escapes it. */
    static String escaped(String path) {
        StringBuilder out = new StringBuilder(path.length() + 16);
        for (byte each : path.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (each & 0xff);
            boolean plain = letter < 128 && (Character.isLetterOrDigit(letter) || OPEN.indexOf(letter) >= 0);
            if (plain) {
                out.append(letter);
            } else {
                out.append('%').append(String.format(Locale.ROOT, "%02X", (int) letter));
            }
        }
        return out.toString();
    }

    /** @param upgrade the connection's own headers are what is asked for */
    static HttpHeaders request(Call call, boolean upgrade) {
        Wire wire = call.wire();
        Set<String> dropped = upgrade ? new HashSet<>() : hops(wire.headers());
        dropped.addAll(List.of("authorization", "expect", "x-forwarded-for", "x-forwarded-uri"));
        HttpHeaders headers = new DefaultHttpHeaders(false);
        List<String> chain = new ArrayList<>();
        for (Map.Entry<String, String> header : wire.headers()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.equals("x-forwarded-for")) {
                chain.add(header.getValue());
            }
            if (name.equals("sec-websocket-protocol")) {
                List<String> kept = List.of(header.getValue().split(",")).stream().map(String::strip)
                        .filter(word -> !word.startsWith(BEARER)).toList();
                if (!kept.isEmpty()) {
                    headers.add(header.getKey(), String.join(", ", kept));
                }
            } else if (name.equals(":authority")) {
                headers.set("Host", header.getValue());
            } else if (!dropped.contains(name) && !name.startsWith("impersonate-") && !name.startsWith("x-remote-")
                    && !name.startsWith(":")) {
                headers.add(header.getKey(), header.getValue());
            }
        }
        if (!wire.client().isEmpty()) {
            chain.add(wire.client());
        }
        if (!chain.isEmpty()) {
            headers.set("X-Forwarded-For", String.join(", ", chain));
        }
        return headers;
    }

    private static Set<String> hops(List<Map.Entry<String, String>> headers) {
        Set<String> hops = new HashSet<>(HOPS);
        headers.stream().filter(header -> header.getKey().equalsIgnoreCase("Connection"))
                .flatMap(header -> List.of(header.getValue().split(",")).stream())
                .forEach(word -> hops.add(word.strip().toLowerCase(Locale.ROOT)));
        return hops;
    }

    static List<Map.Entry<String, String>> answer(HttpHeaders headers, boolean upgrade) {
        Set<String> dropped = upgrade ? Set.of() : hops(headers.entries());
        List<Map.Entry<String, String>> kept = new ArrayList<>();
        for (Map.Entry<String, String> header : headers.entries()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!dropped.contains(name) && (upgrade || !CORS.contains(name))) {
                kept.add(header);
            }
        }
        return kept;
    }
}
