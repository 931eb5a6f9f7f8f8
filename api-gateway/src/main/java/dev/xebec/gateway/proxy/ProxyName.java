package dev.xebec.gateway.proxy;

import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.Set;

/** {@code name}, {@code name:port} or {@code scheme:name:port}. Source: apimachinery {@code util/net/port_split.go}. */
record ProxyName(String scheme, String name, String port) {
    private static final Set<String> SCHEMES = Set.of("", "http", "https");

    /** @param kind for the refusal, such as {@code pod} */
    static ProxyName of(String id, String kind) {
        String[] parts = id.split(":", -1);
        ProxyName found = switch (parts.length) {
            case 1 -> new ProxyName("", parts[0], "");
            case 2 -> new ProxyName("", parts[0], parts[1]);
            case 3 -> new ProxyName(parts[0], parts[1], parts[2]);
            default -> new ProxyName("", "", "");
        };
        if (found.name.isEmpty() || !SCHEMES.contains(found.scheme)) {
            throw new RejectedException(Status.badRequest("invalid " + kind + " request \"" + id + "\""));
        }
        return found;
    }

    boolean tls() {
        return scheme.equals("https");
    }
}
