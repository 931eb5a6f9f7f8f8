package dev.xebec.gateway.quota;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.quantity.Quantity;
import dev.xebec.model.quota.Evaluator;
import java.util.Map;

/**
 * What one write wants of its namespace's quotas.
 *
 * @param object as it is to be stored; read-only
 * @param increase what it uses more than before, without zeros
 */
public record Demand(String namespace, GroupVersionResource resource, String name, Evaluator evaluator,
        ObjectNode object, Map<String, Quantity> increase) {}
