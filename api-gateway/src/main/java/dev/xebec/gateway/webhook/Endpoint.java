package dev.xebec.gateway.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.contracts.Bytes;
import java.io.IOException;

/**
 * Where a webhook is: behind a Service, or at a URL.
 *
 * @param host that the certificate has to be for; of a Service {@code <name>.<namespace>.svc}
 * @param uri path and query
 * @param service name of the Service, empty for a URL
 * @param caBundle PEM certificates that its certificate is checked against; empty for those of the system
 */
record Endpoint(String host, int port, String uri, String service, String namespace, Bytes caBundle) {
    static final int DEFAULT_PORT = 443;

    static Endpoint of(JsonNode clientConfig) {
        Bytes ca = bundle(clientConfig.path("caBundle"));
        JsonNode service = clientConfig.path("service");
        if (service.isObject()) {
            String name = service.path("name").asText("");
            String namespace = service.path("namespace").asText("");
            String path = service.path("path").asText("");
            return new Endpoint(name + "." + namespace + ".svc", service.path("port").asInt(DEFAULT_PORT),
                    path.startsWith("/") ? path : "/" + path, name, namespace, ca);
        }
        return ofUrl(clientConfig.path("url").asText(""), ca);
    }

    private static Endpoint ofUrl(String url, Bytes ca) {
        String rest = url.startsWith("https://") ? url.substring("https://".length()) : url;
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        int bracket = authority.lastIndexOf(']');
        int colon = authority.indexOf(':', Math.max(0, bracket));
        String host = colon < 0 ? authority : authority.substring(0, colon);
        return new Endpoint(host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                colon < 0 ? DEFAULT_PORT : Integer.parseInt(authority.substring(colon + 1)),
                slash < 0 ? "/" : rest.substring(slash), "", "", ca);
    }

    /** Bytes are Base64 in JSON; what is not is taken as PEM text. */
    private static Bytes bundle(JsonNode bundle) {
        try {
            return bundle.isTextual() ? Bytes.of(bundle.binaryValue()) : Bytes.EMPTY;
        } catch (IOException notBase64) {
            return Bytes.utf8(bundle.asText());
        }
    }

    boolean ofService() {
        return !service.isEmpty();
    }

    /** The address as errors show it. @param timeoutSeconds that the webhook is told it has */
    String url(long timeoutSeconds) {
        boolean shown = ofService() || port != DEFAULT_PORT;
        return "https://" + (host.contains(":") ? "[" + host + "]" : host) + (shown ? ":" + port : "")
                + uri(timeoutSeconds);
    }

    String uri(long timeoutSeconds) {
        return uri + (uri.contains("?") ? "&" : "?") + "timeout=" + timeoutSeconds + "s";
    }
}
