package dev.xebec.gateway.spdy;

import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a request becomes a SPDY connection, and which protocol is spoken on it. Source: apimachinery
 * {@code httpstream/httpstream.go} and {@code httpstream/spdy/upgrade.go}.
 */
public final class SpdyHandshake {
    private static final String VERSION = "X-Stream-Protocol-Version";
    private static final String ACCEPTED = "X-Accepted-Stream-Protocol-Versions";

    private SpdyHandshake() {}

    /** Whether it asks to leave HTTP at all. */
    public static boolean leavesHttp(Wire wire) {
        return wire.says("Connection", "upgrade");
    }

    /** What is made of the connection once it speaks the protocol. */
    public interface Session {
        Answer.ByteSession speaking(String protocol);
    }

    /** The switch, or a refusal as text. */
    public static Answer answer(Call call, List<String> served, Session session) {
        if (!call.upgrade().contains("spdy/3.1")) {
            return text(400, "unable to upgrade: missing upgrade headers in request", List.of());
        }
        List<String> offered = call.wire().words(VERSION);
        if (offered.isEmpty()) {
            return text(400, "unable to upgrade: " + VERSION + " is required", List.of());
        }
        for (String protocol : offered) {
            if (served.contains(protocol)) {
                return new Answer.Upgraded(List.of(Map.entry("Connection", "Upgrade"), Map.entry("Upgrade", "SPDY/3.1"),
                        Map.entry(VERSION, protocol)), session.speaking(protocol));
            }
        }
        return text(403, "unable to upgrade: unable to negotiate protocol: client supports " + words(offered)
                + ", server accepts " + words(served), served);
    }

    private static String words(List<String> list) {
        return "[" + String.join(" ", list) + "]";
    }

    /** A refusal in a kubelet's form. */
    public static Answer text(int code, String text, List<String> accepted) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        accepted.forEach(each -> headers.add(Map.entry(ACCEPTED, each)));
        headers.add(Map.entry("Content-Type", "text/plain; charset=utf-8"));
        headers.add(Map.entry("X-Content-Type-Options", "nosniff"));
        Bytes body = Bytes.utf8(text + "\n");
        headers.add(Map.entry("Content-Length", Integer.toString(body.size())));
        return new Answer.Relayed(code, headers, out -> {
            if (out.write(body)) {
                out.end();
            }
        });
    }
}
