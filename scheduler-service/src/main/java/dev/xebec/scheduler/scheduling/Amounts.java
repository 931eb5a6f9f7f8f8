package dev.xebec.scheduler.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.quantity.Quantity;
import java.util.HashMap;
import java.util.Map;

/**
 * Amounts of resources: what a pod requests or a node can give.
 *
 * @param milliCpu thousandths of a CPU
 * @param memory bytes
 * @param ephemeralStorage bytes
 * @param pods places for pods
 * @param extended other resources by name, in whole units
 */
public record Amounts(long milliCpu, long memory, long ephemeralStorage, long pods, Map<String, Long> extended) {
    public static final Amounts NONE = new Amounts(0, 0, 0, 0, Map.of());

    /** Reads a resource list such as {@code {"cpu":"100m","memory":"64Mi"}}; a malformed quantity counts as nothing. */
    static Amounts of(JsonNode resourceList) {
        if (resourceList.isMissingNode() || resourceList.isEmpty()) {
            return NONE;
        }
        long milliCpu = 0;
        long memory = 0;
        long ephemeral = 0;
        long pods = 0;
        Map<String, Long> extended = Map.of();
        for (Map.Entry<String, JsonNode> entry : resourceList.properties()) {
            switch (entry.getKey()) {
                case "cpu" -> milliCpu = milli(entry.getValue());
                case "memory" -> memory = whole(entry.getValue());
                case "ephemeral-storage" -> ephemeral = whole(entry.getValue());
                case "pods" -> pods = whole(entry.getValue());
                default -> {
                    extended = extended.isEmpty() ? new HashMap<>() : extended;
                    extended.put(entry.getKey(), whole(entry.getValue()));
                }
            }
        }
        return new Amounts(milliCpu, memory, ephemeral, pods, extended);
    }

    /** The sum; one that no number can hold is the largest there is, so that it never looks small. */
    Amounts plus(Amounts other) {
        return new Amounts(sum(milliCpu, other.milliCpu), sum(memory, other.memory),
                sum(ephemeralStorage, other.ephemeralStorage), pods + other.pods, merge(other, Amounts::sum));
    }

    private static long sum(long one, long two) {
        long sum = one + two;
        return ((one ^ sum) & (two ^ sum)) < 0 ? Long.MAX_VALUE : sum;
    }

    Amounts max(Amounts other) {
        return new Amounts(Math.max(milliCpu, other.milliCpu), Math.max(memory, other.memory),
                Math.max(ephemeralStorage, other.ephemeralStorage), Math.max(pods, other.pods),
                merge(other, Math::max));
    }

    private Map<String, Long> merge(Amounts other, java.util.function.BinaryOperator<Long> how) {
        if (other.extended.isEmpty()) {
            return extended;
        }
        Map<String, Long> merged = new HashMap<>(extended);
        other.extended.forEach((name, amount) -> merged.merge(name, amount, how::apply));
        return merged;
    }

    private static long milli(JsonNode quantity) {
        try {
            return Quantity.parse(quantity.asText()).milliValue();
        } catch (IllegalArgumentException malformed) {
            return 0;
        }
    }

    private static long whole(JsonNode quantity) {
        try {
            return Quantity.parse(quantity.asText()).value();
        } catch (IllegalArgumentException malformed) {
            return 0;
        }
    }
}
