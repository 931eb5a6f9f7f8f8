package dev.xebec.model.quota;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.model.quantity.Quantity;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/** Arithmetic on amounts by resource name, sorted by name. Source: k/k {@code apiserver/pkg/quota/v1/resources.go}. */
public final class Amounts {
    private Amounts() {}

    /** A {@code ResourceList}. */
    public static Map<String, Quantity> of(JsonNode list) {
        Map<String, Quantity> amounts = new TreeMap<>();
        list.properties().forEach(entry -> amounts.put(entry.getKey(), Quantity.of(entry.getValue())));
        return amounts;
    }

    public static ObjectNode tree(Map<String, Quantity> amounts) {
        ObjectNode tree = Json.object();
        amounts.forEach((name, amount) -> tree.put(name, amount.toString()));
        return tree;
    }

    public static Map<String, Quantity> add(Map<String, Quantity> one, Map<String, Quantity> other) {
        return combined(one, other, Quantity::add);
    }

    static Map<String, Quantity> max(Map<String, Quantity> one, Map<String, Quantity> other) {
        return combined(one, other, (a, b) -> a.compareTo(b) >= 0 ? a : b);
    }

    private static Map<String, Quantity> combined(Map<String, Quantity> one, Map<String, Quantity> other,
            BinaryOperator<Quantity> both) {
        Map<String, Quantity> result = new TreeMap<>(one);
        other.forEach((name, amount) -> result.merge(name, amount, both));
        return result;
    }

    /** What is more than before; what is less is nothing. */
    public static Map<String, Quantity> increase(Map<String, Quantity> now, Map<String, Quantity> before) {
        Map<String, Quantity> result = new TreeMap<>();
        now.forEach((name, amount) -> {
            Quantity more = amount.subtract(before.getOrDefault(name, Quantity.zero()));
            if (more.signum() > 0) {
                result.put(name, more);
            }
        });
        return result;
    }

    public static Map<String, Quantity> only(Map<String, Quantity> amounts, Collection<String> names) {
        Map<String, Quantity> result = new TreeMap<>(amounts);
        result.keySet().retainAll(names);
        return result;
    }

    /** {@code a=1,b=2}, as errors show it. */
    public static String shown(Map<String, Quantity> amounts) {
        return amounts.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    }
}
