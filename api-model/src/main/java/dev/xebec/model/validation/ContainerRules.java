package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import dev.xebec.model.quantity.Quantity;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Rules of a container and what it holds. Source: {@code pkg/apis/core/validation/validation.go} of Kubernetes. */
final class ContainerRules {
    private static final Set<String> STANDARD_RESOURCES = Set.of("cpu", "memory", "ephemeral-storage", "storage");
    private static final List<String> HANDLERS = List.of("exec", "httpGet", "tcpSocket", "grpc");
    private static final List<String> ENV_SOURCES = List.of("fieldRef", "resourceFieldRef", "configMapKeyRef",
            "secretKeyRef", "fileKeyRef");
    private static final Pattern EDGE_SPACE = Pattern.compile("^\\s|\\s$");

    private ContainerRules() {}

    static void check(ObjectNode container, String path, Findings findings) {
        String image = Findings.text(container, "image");
        if (image.isEmpty()) {
            findings.required(TypeRule.at(path, "image"), "");
        } else if (EDGE_SPACE.matcher(image).find()) {
            findings.invalid(TypeRule.at(path, "image"), image, "must not have leading or trailing whitespace");
        }
        Set<String> portNames = new HashSet<>();
        JsonNode ports = container.path("ports");
        for (int at = 0; at < ports.size(); at++) {
            String name = Findings.text(ports.get(at), "name");
            if (!name.isEmpty() && !portNames.add(name)) {
                findings.duplicate(TypeRule.at(path, "ports", at) + ".name", name);
            }
        }
        for (String probe : List.of("livenessProbe", "startupProbe")) {
            JsonNode threshold = container.path(probe).path("successThreshold");
            if (threshold.asInt(1) != 1) {
                findings.invalid(TypeRule.at(path, probe) + ".successThreshold", threshold, "must be 1");
            }
        }
        for (String hook : List.of("postStart", "preStop")) {
            JsonNode handler = container.path("lifecycle").path(hook);
            if (handler.isObject()) {
                oneHandler(handler, List.of("exec", "httpGet", "tcpSocket", "sleep"),
                        TypeRule.at(path, "lifecycle") + "." + hook, findings);
            }
        }
    }

    static void port(ObjectNode port, String path, Findings findings) {
        String name = Findings.text(port, "name");
        if (!name.isEmpty()) {
            findings.invalid(TypeRule.at(path, "name"), name, Names.portName(name));
        }
        JsonNode number = port.path("containerPort");
        if (number.asInt() == 0) {
            findings.required(TypeRule.at(path, "containerPort"), "");
        } else {
            findings.range(TypeRule.at(path, "containerPort"), number, 1, 65_535);
        }
        if (port.path("hostPort").asInt() != 0) {
            findings.range(TypeRule.at(path, "hostPort"), port.path("hostPort"), 1, 65_535);
        }
    }

    static void env(ObjectNode variable, String path, Findings findings) {
        String name = Findings.text(variable, "name");
        if (!name.isEmpty()) {
            findings.invalid(TypeRule.at(path, "name"), name, Names.envName(name));
        }
        JsonNode source = variable.path("valueFrom");
        if (!source.isObject()) {
            return;
        }
        String at = TypeRule.at(path, "valueFrom");
        long sources = ENV_SOURCES.stream().filter(source::hasNonNull).count();
        if (sources == 0) {
            findings.invalid(at, "",
                    "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`");
        } else if (!Findings.text(variable, "value").isEmpty()) {
            findings.invalid(at, "", "may not be specified when `value` is not empty");
        } else if (sources > 1) {
            findings.invalid(at, "", "may not have more than one field specified at a time");
        }
    }

    static void probe(ObjectNode probe, String path, Findings findings) {
        oneHandler(probe, HANDLERS, path, findings);
        for (String handler : List.of("httpGet", "tcpSocket", "grpc")) {
            JsonNode port = probe.path(handler).path("port");
            String where = TypeRule.at(path, handler) + ".port";
            if (port.isNumber()) {
                findings.range(where, port, 1, 65_535);
            } else if (port.isTextual() && !port.asText().isEmpty()) {
                findings.invalid(where, port.asText(), Names.portName(port.asText()));
            }
        }
        if (probe.path("terminationGracePeriodSeconds").asLong(1) <= 0) {
            findings.invalid(TypeRule.at(path, "terminationGracePeriodSeconds"),
                    probe.path("terminationGracePeriodSeconds"), "must be greater than 0");
        }
    }

    private static void oneHandler(JsonNode holder, List<String> handlers, String path, Findings findings) {
        boolean found = false;
        for (String handler : handlers) {
            if (holder.hasNonNull(handler)) {
                if (found) {
                    findings.forbidden(TypeRule.at(path, handler), "may not specify more than 1 handler type");
                }
                found = true;
            }
        }
        if (!found) {
            findings.required(path, "must specify a handler type");
        }
    }

    static void resources(ObjectNode resources, String path, Findings findings) {
        JsonNode limits = resources.path("limits");
        JsonNode requests = resources.path("requests");
        amounts(limits, TypeRule.at(path, "limits"), findings);
        amounts(requests, TypeRule.at(path, "requests"), findings);
        for (Map.Entry<String, JsonNode> request : requests.properties()) {
            JsonNode limit = limits.path(request.getKey());
            if (limit.isValueNode() && quantity(request.getValue()).compareTo(quantity(limit)) > 0) {
                findings.invalid(TypeRule.at(path, "requests"), quantity(request.getValue()).toString(),
                        "must be less than or equal to " + request.getKey() + " limit of " + quantity(limit));
            }
        }
    }

    private static void amounts(JsonNode amounts, String path, Findings findings) {
        for (Map.Entry<String, JsonNode> entry : amounts.properties()) {
            String name = entry.getKey();
            String where = path + "[" + name + "]";
            if (quantity(entry.getValue()).signum() < 0) {
                findings.invalid(where, quantity(entry.getValue()).toString(), Findings.NOT_NEGATIVE);
            }
            List<String> wrong = Names.qualified(name);
            if (!wrong.isEmpty()) {
                findings.invalid(where, name, wrong);
            } else if (!name.contains("/") && !STANDARD_RESOURCES.contains(name) && !name.startsWith("hugepages-")) {
                findings.invalid(where, name, "must be a standard resource type or fully qualified");
                findings.invalid(where, name, "must be a standard resource for containers");
            }
        }
    }

    /** The structural check has run before, so only well-formed amounts get here; zero stands for what is none. */
    static Quantity quantity(JsonNode amount) {
        String text = amount.asText("");
        return text.isBlank() ? Quantity.zero() : Quantity.parse(text.strip());
    }
}
