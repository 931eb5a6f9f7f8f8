package dev.xebec.model.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Predicate;

/**
 * A Service keeps the addresses and node ports that it was given, also when a client does not repeat them.
 *
 * <p>Source: {@code pkg/registry/core/service/strategy.go} of Kubernetes, patchAllocatedValues and
 * dropTypeDependentFields.
 */
record ServiceStrategy() implements Strategy {
    private static final List<String> ADDRESSES = List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy");

    @Override
    public void prepareCreate(ObjectNode service) {
        service.remove("status");
        service.putObject("status").putObject("loadBalancer");
        if (service.get("spec") instanceof ObjectNode spec) {
            families(spec);
        }
    }

    private static void families(ObjectNode spec) {
        if (isExternal(spec)) {
            return;
        }
        String address = spec.path("clusterIP").asText("");
        String listed = spec.path("clusterIPs").path(0).asText("");
        if (!address.isEmpty() && listed.isEmpty()) {
            spec.putArray("clusterIPs").add(address);
        } else if (address.isEmpty() && !listed.isEmpty()) {
            spec.put("clusterIP", listed);
        }
        if (spec.path("ipFamilyPolicy").asText("").isEmpty()) {
            spec.put("ipFamilyPolicy", "SingleStack");
        }
        if (spec.path("ipFamilies").isEmpty()) {
            spec.putArray("ipFamilies").add(spec.path("clusterIP").asText("").contains(":") ? "IPv6" : "IPv4");
        }
    }

    private static boolean isExternal(JsonNode spec) {
        return spec.path("type").asText("").equals("ExternalName");
    }

    private static boolean hasNodePorts(JsonNode spec) {
        String type = spec.path("type").asText("");
        return type.equals("NodePort") || (type.equals("LoadBalancer")
                && spec.path("allocateLoadBalancerNodePorts").asBoolean(true));
    }

    @Override
    public void prepareUpdate(ObjectNode now, ObjectNode before) {
        StatusIsolation.copy(before, now, "status");
        JsonNode old = before.path("spec");
        if (!(now.get("spec") instanceof ObjectNode spec)) {
            return;
        }
        if (isExternal(spec)) {
            dropAddresses(spec, old);
        } else {
            if (!isExternal(old)) {
                boolean other = !nothing(spec.path("clusterIP"))
                        && !spec.path("clusterIP").equals(old.path("clusterIP"));
                ADDRESSES.stream().filter(field -> nothing(spec.path(field)))
                        .filter(field -> !(other && field.equals("clusterIPs")))
                        .forEach(field -> StatusIsolation.copy(old, spec, field));
            }
            families(spec);
        }
        nodePorts(spec, old);
        dropWithType(spec, old, ServiceStrategy::checksHealth, "healthCheckNodePort");
        dropWithType(spec, old, ServiceStrategy::isBalanced, "allocateLoadBalancerNodePorts");
        dropWithType(spec, old, ServiceStrategy::isBalanced, "loadBalancerClass");
        dropWithType(spec, old, ServiceStrategy::isReachedFromOutside, "externalTrafficPolicy");
    }

    /** A field that only some types have, and that nobody changed by hand, goes with the type that had it. */
    private static void dropWithType(ObjectNode spec, JsonNode old, Predicate<JsonNode> has, String field) {
        if (has.test(old) && !has.test(spec) && spec.path(field).equals(old.path(field))) {
            spec.remove(field);
        }
    }

    private static boolean isBalanced(JsonNode spec) {
        return spec.path("type").asText("").equals("LoadBalancer");
    }

    private static boolean checksHealth(JsonNode spec) {
        return isBalanced(spec) && spec.path("externalTrafficPolicy").asText("").equals("Local");
    }

    private static boolean isReachedFromOutside(JsonNode spec) {
        String type = spec.path("type").asText("");
        return type.equals("NodePort") || type.equals("LoadBalancer")
                || (type.equals("ClusterIP") && !spec.path("externalIPs").isEmpty());
    }

    /** What a client did not change by hand goes with the type that needed it. */
    private static void dropAddresses(ObjectNode spec, JsonNode old) {
        if (spec.path("clusterIP").equals(old.path("clusterIP"))) {
            spec.remove(List.of("clusterIP", "clusterIPs"));
        }
        for (String field : List.of("ipFamilies", "ipFamilyPolicy")) {
            if (spec.path(field).equals(old.path(field))) {
                spec.remove(field);
            }
        }
    }

    private static boolean nothing(JsonNode value) {
        return value.isMissingNode() || value.isNull() || (value.isTextual() && value.asText().isEmpty())
                || (value.isArray() && value.isEmpty());
    }

    private static void nodePorts(ObjectNode spec, JsonNode old) {
        for (JsonNode port : spec.path("ports")) {
            JsonNode former = samePort(port, old.path("ports"));
            int nodePort = port.path("nodePort").asInt();
            if (hasNodePorts(spec) && hasNodePorts(old) && nodePort == 0 && former.path("nodePort").asInt() != 0) {
                ((ObjectNode) port).set("nodePort", former.get("nodePort"));
            } else if (!hasNodePorts(spec) && hasNodePorts(old) && nodePort != 0
                    && nodePort == former.path("nodePort").asInt()) {
                ((ObjectNode) port).remove("nodePort");
            }
        }
    }

    private static JsonNode samePort(JsonNode port, JsonNode others) {
        for (JsonNode other : others) {
            if (other.path("port").asInt() == port.path("port").asInt()
                    && other.path("protocol").asText("TCP").equals(port.path("protocol").asText("TCP"))) {
                return other;
            }
        }
        return others.path("absent");
    }
}
