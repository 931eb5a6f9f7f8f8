package dev.xebec.node.probe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One thing that a probe or a lifecycle hook does. */
public sealed interface ProbeCheck {

    record Exec(List<String> command) implements ProbeCheck {}

    record Http(String scheme, String host, int port, String path, Map<String, String> headers) implements ProbeCheck {}

    record Tcp(String host, int port) implements ProbeCheck {}

    /** Only for hooks. */
    record Sleep(long seconds) implements ProbeCheck {}

    /** One that this node cannot do; it fails with a message that says so. */
    record Unknown(String kind) implements ProbeCheck {}

    /**
     * Reads the handler part of a probe or hook.
     *
     * @param container whose named ports are meant
     * @param podIp the host where none is given
     */
    static ProbeCheck of(JsonNode handler, JsonNode container, String podIp) {
        if (handler.has("exec")) {
            List<String> command = new ArrayList<>();
            handler.path("exec").path("command").forEach(word -> command.add(word.asText()));
            return new Exec(command);
        }
        JsonNode http = handler.path("httpGet");
        if (http.isObject()) {
            Map<String, String> headers = new LinkedHashMap<>();
            http.path("httpHeaders")
                    .forEach(each -> headers.put(each.path("name").asText(), each.path("value").asText()));
            return new Http(http.path("scheme").asText("HTTP"), http.path("host").asText(podIp),
                    port(http.path("port"), container), http.path("path").asText("/"), headers);
        }
        JsonNode tcp = handler.path("tcpSocket");
        if (tcp.isObject()) {
            return new Tcp(tcp.path("host").asText(podIp), port(tcp.path("port"), container));
        }
        if (handler.has("sleep")) {
            return new Sleep(handler.path("sleep").path("seconds").asLong(0));
        }
        return new Unknown(handler.has("grpc") ? "grpc" : "empty");
    }

    private static int port(JsonNode port, JsonNode container) {
        if (port.isNumber()) {
            return port.asInt();
        }
        for (JsonNode each : container.path("ports")) {
            if (each.path("name").asText("").equals(port.asText(""))) {
                return each.path("containerPort").asInt();
            }
        }
        return port.asInt(0);
    }
}
