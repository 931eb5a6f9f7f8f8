package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import java.util.HashSet;
import java.util.Set;

/** Rules of Services. Source: {@code pkg/apis/core/validation/validation.go} of Kubernetes, ValidateService. */
final class ServiceRules {
    private static final int MIN_NODE_PORT = 30_000;
    private static final int MAX_NODE_PORT = 32_767;
    private static final String NODE_PORT_RANGE = "provided port is not in the valid range. The range of valid ports is "
            + MIN_NODE_PORT + "-" + MAX_NODE_PORT;

    private ServiceRules() {}

    static void spec(ObjectNode spec, String path, Findings findings) {
        String type = spec.path("type").asText("ClusterIP");
        boolean headless = Findings.text(spec, "clusterIP").equals("None");
        if (spec.path("ports").isEmpty() && !headless && !type.equals("ExternalName")) {
            findings.required(TypeRule.at(path, "ports"), "");
        }
        if (type.equals("ExternalName")) {
            externalName(spec, path, findings);
        } else {
            clusterIp(spec, path, findings);
        }
        if (headless && (type.equals("NodePort") || type.equals("LoadBalancer"))) {
            findings.invalid(TypeRule.at(path, "clusterIPs[0]"), "None",
                    "may not be set to 'None' for " + type + " services");
        }
        MetadataRules.labels(spec.path("selector"), TypeRule.at(path, "selector"), findings);
        ports(spec, type, path, findings);
        JsonNode addresses = spec.path("externalIPs");
        for (int at = 0; at < addresses.size(); at++) {
            Addresses.outside(addresses.get(at).asText(), TypeRule.at(path, "externalIPs", at), findings);
        }
    }

    private static void externalName(ObjectNode spec, String path, Findings findings) {
        String name = Findings.text(spec, "externalName");
        if (name.isEmpty()) {
            findings.required(TypeRule.at(path, "externalName"), "");
        } else {
            String plain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
            findings.invalid(TypeRule.at(path, "externalName"), name, Names.subdomain(plain));
        }
        if (!Findings.text(spec, "clusterIP").isEmpty()) {
            findings.forbidden(TypeRule.at(path, "clusterIPs"), "may not be set for ExternalName services");
        }
    }

    private static void clusterIp(ObjectNode spec, String path, Findings findings) {
        String address = Findings.text(spec, "clusterIP");
        if (!address.isEmpty() && !address.equals("None") && !Addresses.valid(address)) {
            findings.invalid(TypeRule.at(path, "clusterIPs[0]"), address,
                    "must be a valid IP address, (e.g. 10.9.8.7 or "
                            + "2001:db8::ffff)");
        }
    }

    private static void ports(ObjectNode spec, String type, String path, Findings findings) {
        Set<String> names = new HashSet<>();
        Set<String> pairs = new HashSet<>();
        Set<String> nodePorts = new HashSet<>();
        JsonNode ports = spec.path("ports");
        for (int at = 0; at < ports.size(); at++) {
            JsonNode port = ports.get(at);
            String where = TypeRule.at(path, "ports", at);
            String name = Findings.text(port, "name");
            String protocol = port.path("protocol").asText("TCP");
            if (ports.size() > 1 && name.isEmpty()) {
                findings.required(where + ".name", "");
            } else if (!name.isEmpty() && !names.add(name)) {
                findings.duplicate(where + ".name", name);
            }
            if (!pairs.add(protocol + "/" + port.path("port").asInt())) {
                findings.duplicate(where, "{\"protocol\":\"" + protocol + "\",\"port\":" + port.path("port") + "}");
            }
            int nodePort = port.path("nodePort").asInt();
            if (nodePort != 0 && (type.equals("ClusterIP") || type.equals("ExternalName"))) {
                findings.forbidden(where + ".nodePort", "may not be used when `type` is '" + type + "'");
            } else if (nodePort != 0 && !nodePorts.add(protocol + "/" + nodePort)) {
                findings.duplicate(where + ".nodePort", nodePort);
            } else if (nodePort != 0 && (nodePort < MIN_NODE_PORT || nodePort > MAX_NODE_PORT)) {
                findings.invalid(where + ".nodePort", nodePort, NODE_PORT_RANGE);
            }
        }
    }

    static void port(ObjectNode port, String path, Findings findings) {
        String name = Findings.text(port, "name");
        if (!name.isEmpty()) {
            findings.invalid(TypeRule.at(path, "name"), name, Names.label(name));
        }
        findings.range(TypeRule.at(path, "port"), port.has("port")
                ? port.path("port")
                : com.fasterxml.jackson.databind.node.IntNode.valueOf(0), 1, 65_535);
        JsonNode target = port.path("targetPort");
        if (target.isNumber()) {
            findings.range(TypeRule.at(path, "targetPort"), target, 1, 65_535);
        } else if (target.isTextual() && !target.asText().isEmpty()) {
            findings.invalid(TypeRule.at(path, "targetPort"), target.asText(), Names.portName(target.asText()));
        }
    }
}
