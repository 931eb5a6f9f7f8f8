package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import dev.xebec.model.status.FieldError;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules of Services. Source: {@code pkg/apis/core/validation/validation.go} of Kubernetes, ValidateService. */
final class ServiceRules {
    private static final int MIN_NODE_PORT = 30_000;
    private static final int MAX_NODE_PORT = 32_767;
    private static final int NODE_AGENT_PORT = 10_250;
    private static final int MAX_AFFINITY_SECONDS = 86_400;
    private static final String NODE_PORT_RANGE = "provided port is not in the valid range. The range of valid ports is "
            + MIN_NODE_PORT + "-" + MAX_NODE_PORT;
    private static final String LOAD_BALANCER_ONLY = "may only be used when `type` is 'LoadBalancer'";

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
            addresses(spec, path, findings);
        }
        if (headless && (type.equals("NodePort") || type.equals("LoadBalancer"))) {
            findings.invalid(TypeRule.at(path, "clusterIPs[0]"), "None",
                    "may not be set to 'None' for " + type + " services");
        }
        MetadataRules.labels(spec.path("selector"), TypeRule.at(path, "selector"), findings);
        affinity(spec, path, findings);
        ports(spec, type, path, findings);
        JsonNode externals = spec.path("externalIPs");
        for (int at = 0; at < externals.size(); at++) {
            Addresses.outside(externals.get(at).asText(), TypeRule.at(path, "externalIPs", at), findings);
        }
        loadBalancer(spec, type, path, findings);
        traffic(spec, type, path, findings);
    }

    private static void affinity(ObjectNode spec, String path, Findings findings) {
        JsonNode config = spec.path("sessionAffinityConfig");
        boolean client = Findings.text(spec, "sessionAffinity").equals("ClientIP");
        String where = TypeRule.at(path, "sessionAffinityConfig");
        if (client) {
            JsonNode seconds = config.path("clientIP").path("timeoutSeconds");
            if (seconds.isNumber() && (seconds.asLong() <= 0 || seconds.asLong() > MAX_AFFINITY_SECONDS)) {
                findings.invalid(where + ".clientIP.timeoutSeconds", seconds,
                        "must be greater than 0 and less than " + MAX_AFFINITY_SECONDS);
            }
        } else if (config.isObject()) {
            findings.forbidden(where, "must not be set when session affinity is None");
        }
    }

    private static void externalName(ObjectNode spec, String path, Findings findings) {
        String name = Findings.text(spec, "externalName");
        String plain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (plain.isEmpty()) {
            findings.required(TypeRule.at(path, "externalName"), "");
        } else {
            findings.invalid(TypeRule.at(path, "externalName"), plain, Names.subdomain(plain));
        }
        if (!Findings.text(spec, "clusterIP").isEmpty() || !spec.path("clusterIPs").isEmpty()) {
            findings.forbidden(TypeRule.at(path, "clusterIPs"), "may not be set for ExternalName services");
        }
        for (String field : List.of("ipFamilies", "ipFamilyPolicy")) {
            if (!Findings.absent(spec.path(field))) {
                findings.forbidden(TypeRule.at(path, field), "may not be set for ExternalName services");
            }
        }
    }

    private static void addresses(ObjectNode spec, String path, Findings findings) {
        JsonNode families = spec.path("ipFamilies");
        Set<String> seen = new HashSet<>();
        for (int at = 0; at < families.size(); at++) {
            String family = families.get(at).asText();
            String where = TypeRule.at(path, "ipFamilies", at);
            if (!List.of("IPv4", "IPv6").contains(family)) {
                findings.add(FieldError.notSupported(where, family, List.of("IPv4", "IPv6")));
            }
            if (!seen.add(family)) {
                findings.duplicate(where, family);
            }
        }
        JsonNode list = spec.path("clusterIPs");
        String first = Findings.text(spec, "clusterIP");
        if (!list.isEmpty() && !first.isEmpty() && !list.get(0).asText().equals(first)) {
            findings.invalid(TypeRule.at(path, "clusterIPs"), list, "first value must match `clusterIP`");
        }
        if (list.isEmpty() && !first.isEmpty()) {
            address(first, 0, families, path, findings);
        }
        if (list.size() > 2) {
            findings.invalid(TypeRule.at(path, "clusterIPs"), list, "may only hold up to 2 values");
        }
        for (int at = 0; at < list.size(); at++) {
            if (list.get(at).asText().equals("None") && list.size() > 1 && at > 0) {
                findings.invalid(TypeRule.at(path, "clusterIPs", at), "None", Addresses.NOT_IP);
            } else {
                address(list.get(at).asText(), at, families, path, findings);
            }
        }
    }

    private static void address(String address, int at, JsonNode families, String path, Findings findings) {
        if (address.equals("None")) {
            return;
        }
        String where = TypeRule.at(path, "clusterIPs", at);
        Addresses.ip(address, where, findings);
        String family = families.path(at).asText("");
        boolean v4 = Addresses.isV4(address);
        if (Addresses.valid(address) && !family.isEmpty() && v4 != family.equals("IPv4")) {
            findings.invalid(where, address, "expected an " + family + " value as indicated by `ipFamilies[" + at
                    + "]`");
        }
    }

    private static void loadBalancer(ObjectNode spec, String type, String path, Findings findings) {
        boolean balanced = type.equals("LoadBalancer");
        if (!balanced && spec.hasNonNull("allocateLoadBalancerNodePorts")) {
            findings.forbidden(TypeRule.at(path, "allocateLoadBalancerNodePorts"), LOAD_BALANCER_ONLY);
        }
        if (!balanced && spec.hasNonNull("loadBalancerClass")) {
            findings.forbidden(TypeRule.at(path, "loadBalancerClass"), LOAD_BALANCER_ONLY);
        } else if (spec.hasNonNull("loadBalancerClass")) {
            findings.invalid(TypeRule.at(path, "loadBalancerClass"), Findings.text(spec, "loadBalancerClass"),
                    Names.qualified(Findings.text(spec, "loadBalancerClass")));
        }
        JsonNode ranges = spec.path("loadBalancerSourceRanges");
        if (!balanced && !ranges.isEmpty()) {
            findings.forbidden(TypeRule.at(path, "LoadBalancerSourceRanges"), LOAD_BALANCER_ONLY);
        }
        for (int at = 0; at < ranges.size() && balanced; at++) {
            Addresses.cidr(ranges.get(at).asText().strip(), TypeRule.at(path, "LoadBalancerSourceRanges", at),
                    findings);
        }
    }

    private static void traffic(ObjectNode spec, String type, String path, Findings findings) {
        String policy = Findings.text(spec, "externalTrafficPolicy");
        boolean balanced = type.equals("LoadBalancer");
        boolean reachable = balanced || type.equals("NodePort")
                || (type.equals("ClusterIP") && !spec.path("externalIPs").isEmpty());
        if (!reachable && !policy.isEmpty()) {
            findings.invalid(TypeRule.at(path, "externalTrafficPolicy"), policy,
                    "may only be set for externally-accessible services");
        } else if (reachable && policy.isEmpty()) {
            findings.required(TypeRule.at(path, "externalTrafficPolicy"), "");
        }
        JsonNode check = spec.path("healthCheckNodePort");
        boolean checked = balanced && policy.equals("Local");
        if (!checked && check.asInt() != 0) {
            findings.invalid(TypeRule.at(path, "healthCheckNodePort"), check,
                    "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
        } else if (check.asInt() != 0) {
            findings.range(TypeRule.at(path, "healthCheckNodePort"), check, 1, 65_535);
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
            if (type.equals("LoadBalancer") && port.path("port").asInt() == NODE_AGENT_PORT) {
                findings.invalid(where, NODE_AGENT_PORT, "may not expose port " + NODE_AGENT_PORT
                        + " externally since it is used by kubelet");
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
        findings.range(TypeRule.at(path, "port"), port.has("port") ? port.path("port") : IntNode.valueOf(0), 1, 65_535);
        JsonNode target = port.path("targetPort");
        if (target.isNumber()) {
            findings.range(TypeRule.at(path, "targetPort"), target, 1, 65_535);
        } else if (target.isTextual() && !target.asText().isEmpty()) {
            findings.invalid(TypeRule.at(path, "targetPort"), target.asText(), Names.portName(target.asText()));
        }
        if (port.hasNonNull("appProtocol")) {
            findings.invalid(TypeRule.at(path, "appProtocol"), Findings.text(port, "appProtocol"),
                    Names.qualified(Findings.text(port, "appProtocol")));
        }
    }

    static void update(ObjectNode now, ObjectNode before, Findings findings) {
        JsonNode spec = now.path("spec");
        JsonNode old = before.path("spec");
        boolean external = Findings.text(spec, "type").equals("ExternalName")
                || Findings.text(old, "type").equals("ExternalName");
        String address = Findings.text(old, "clusterIP");
        if (!external && !address.isEmpty() && !address.equals(Findings.text(spec, "clusterIP"))) {
            findings.invalid("spec.clusterIPs[0]", spec.path("clusterIPs").isArray()
                    ? spec.path("clusterIPs")
                    : Findings.text(spec, "clusterIP"), "may not change once set");
        }
        boolean balanced = Findings.text(spec, "type").equals("LoadBalancer")
                && Findings.text(old, "type").equals("LoadBalancer");
        if (balanced && !Findings.same(spec.path("loadBalancerClass"), old.path("loadBalancerClass"))) {
            findings.invalid("spec.loadBalancerClass", spec.path("loadBalancerClass"), "may not change once set");
        }
        boolean checked = balanced && Findings.text(spec, "externalTrafficPolicy").equals("Local")
                && Findings.text(old, "externalTrafficPolicy").equals("Local");
        if (checked && !Findings.same(spec.path("healthCheckNodePort"), old.path("healthCheckNodePort"))) {
            findings.forbidden("spec.healthCheckNodePort", Findings.IMMUTABLE);
        }
    }
}
