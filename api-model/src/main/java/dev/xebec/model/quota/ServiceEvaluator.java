package dev.xebec.model.quota;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.quantity.Quantity;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Services, their node ports and load balancers. Source: k/k {@code pkg/quota/v1/evaluator/core/services.go}. */
record ServiceEvaluator() implements Evaluator {
    private static final String SERVICES = "services";
    private static final String NODE_PORTS = "services.nodeports";
    private static final String LOAD_BALANCERS = "services.loadbalancers";
    private static final String COUNT = CountEvaluator.COUNT + SERVICES;

    @Override
    public boolean chargesUpdate(String subresource) {
        return subresource.isEmpty();
    }

    @Override
    public Set<String> uses(Collection<String> names) {
        Set<String> used = new HashSet<>(Set.of(COUNT, SERVICES, NODE_PORTS, LOAD_BALANCERS));
        used.retainAll(names);
        return used;
    }

    @Override
    public Map<String, Quantity> usage(ObjectNode service, Instant now) {
        JsonNode spec = service.path("spec");
        int ports = spec.path("ports").size();
        Map<String, Quantity> usage = new TreeMap<>(Map.of(COUNT, Quantity.of(1), SERVICES, Quantity.of(1), NODE_PORTS,
                Quantity.zero(), LOAD_BALANCERS, Quantity.zero()));
        switch (spec.path("type").asText("")) {
            case "NodePort" -> usage.put(NODE_PORTS, Quantity.of(ports));
            case "LoadBalancer" -> {
                boolean allocates = spec.path("allocateLoadBalancerNodePorts").asBoolean(true);
                usage.put(NODE_PORTS, Quantity.of(allocates ? ports : ownNodePorts(spec)));
                usage.put(LOAD_BALANCERS, Quantity.of(1));
            }
            default -> {
            }
        }
        return usage;
    }

    private static long ownNodePorts(JsonNode spec) {
        return spec.path("ports").valueStream().filter(port -> port.path("nodePort").asInt(0) != 0).count();
    }
}
