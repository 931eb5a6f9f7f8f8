package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import java.util.List;
import java.util.regex.Pattern;

/** Rules of checks and hooks of containers. */
final class ProbeRules {
    private static final List<String> HANDLERS = List.of("exec", "httpGet", "tcpSocket", "grpc");
    private static final Pattern HEADER = Pattern.compile("[-A-Za-z0-9]+");

    private ProbeRules() {}

    static void probe(ObjectNode probe, String path, Findings findings) {
        handler(probe, HANDLERS, path, findings);
        JsonNode grace = probe.path("terminationGracePeriodSeconds");
        if (grace.isNumber() && grace.asLong() <= 0) {
            findings.invalid(TypeRule.at(path, "terminationGracePeriodSeconds"), grace, "must be greater than 0");
        }
    }

    static void ofContainer(ObjectNode container, String path, Findings findings) {
        for (String probe : List.of("livenessProbe", "startupProbe")) {
            JsonNode threshold = container.path(probe).path("successThreshold");
            if (threshold.asInt(1) != 1) {
                findings.invalid(TypeRule.at(path, probe) + ".successThreshold", threshold, "must be 1");
            }
        }
        if (container.path("readinessProbe").hasNonNull("terminationGracePeriodSeconds")) {
            findings.invalid(TypeRule.at(path, "readinessProbe") + ".terminationGracePeriodSeconds",
                    container.path("readinessProbe").path("terminationGracePeriodSeconds"),
                    "must not be set for readinessProbes");
        }
        for (String hook : List.of("postStart", "preStop")) {
            if (container.path("lifecycle").path(hook) instanceof ObjectNode handler) {
                handler(handler, List.of("exec", "httpGet", "tcpSocket", "sleep"),
                        TypeRule.at(path, "lifecycle") + "." + hook, findings);
            }
        }
    }

    /** A pause is no longer than the pod has to stop. */
    static void sleep(JsonNode container, long gracePeriod, String path, Findings findings) {
        for (String hook : List.of("postStart", "preStop")) {
            JsonNode seconds = container.path("lifecycle").path(hook).path("sleep").path("seconds");
            if (seconds.isNumber() && (seconds.asLong() < 0 || seconds.asLong() > gracePeriod)) {
                findings.invalid(path + ".lifecycle." + hook + ".sleep", seconds,
                        "must be non-negative and less than terminationGracePeriodSeconds (" + gracePeriod + ")");
            }
        }
    }

    private static void handler(ObjectNode holder, List<String> handlers, String path, Findings findings) {
        boolean found = false;
        for (String handler : handlers) {
            if (!holder.hasNonNull(handler)) {
                continue;
            }
            String where = TypeRule.at(path, handler);
            if (found) {
                findings.forbidden(where, "may not specify more than 1 handler type");
                continue;
            }
            found = true;
            switch (handler) {
                case "exec" -> {
                    if (holder.path("exec").path("command").isEmpty()) {
                        findings.required(where + ".command", "");
                    }
                }
                case "httpGet" -> http(holder.path("httpGet"), where, findings);
                case "tcpSocket" -> port(holder.path("tcpSocket").path("port"), where + ".port", findings);
                case "grpc" -> findings.range(where + ".port", holder.path("grpc").path("port"), 1, 65_535);
                default -> {
                    // A pause is judged with the pod's grace period.
                }
            }
        }
        if (!found) {
            findings.required(path, "must specify a handler type");
        }
    }

    private static void http(JsonNode get, String path, Findings findings) {
        if (Findings.text(get, "path").isEmpty()) {
            findings.required(path + ".path", "");
        }
        port(get.path("port"), path + ".port", findings);
        JsonNode headers = get.path("httpHeaders");
        for (int at = 0; at < headers.size(); at++) {
            String name = Findings.text(headers.get(at), "name");
            if (!HEADER.matcher(name).matches()) {
                findings.invalid(path + ".httpHeaders", name, "a valid HTTP header must consist of alphanumeric "
                        + "characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')");
            }
        }
    }

    private static void port(JsonNode port, String path, Findings findings) {
        if (port.isNumber()) {
            findings.range(path, port, 1, 65_535);
        } else if (port.isTextual()) {
            findings.invalid(path, port.asText(), Names.portName(port.asText()));
        }
    }
}
