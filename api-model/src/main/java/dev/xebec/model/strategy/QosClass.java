package dev.xebec.model.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.quantity.Quantity;
import java.util.List;

/**
 * A pod's quality of service: Guaranteed where each container's requests are its limits for both cpu and memory,
 * BestEffort where none asks for either, else Burstable.
 *
 * <p>Source: {@code pkg/apis/core/helper/qos/qos.go} of Kubernetes.
 */
public final class QosClass {
    private static final List<String> COUNTED = List.of("cpu", "memory");

    private QosClass() {}

    public static String of(ObjectNode pod) {
        JsonNode spec = pod.path("spec");
        if (spec.path("resources").isObject() && !spec.path("resources").isEmpty()) {
            return named(asksForSomething(spec), isGuaranteed(spec));
        }
        boolean something = false;
        boolean guaranteed = true;
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : spec.path(list)) {
                something |= asksForSomething(container);
                guaranteed &= isGuaranteed(container);
            }
        }
        return named(something, guaranteed);
    }

    private static String named(boolean something, boolean guaranteed) {
        if (!something) {
            return "BestEffort";
        }
        return guaranteed ? "Guaranteed" : "Burstable";
    }

    private static boolean asksForSomething(JsonNode holder) {
        JsonNode resources = holder.path("resources");
        return COUNTED.stream().anyMatch(name -> amount(resources.path("requests").path(name)).signum() > 0
                || amount(resources.path("limits").path(name)).signum() > 0);
    }

    private static boolean isGuaranteed(JsonNode holder) {
        JsonNode resources = holder.path("resources");
        for (String name : COUNTED) {
            Quantity limit = amount(resources.path("limits").path(name));
            JsonNode request = resources.path("requests").path(name);
            boolean same = request.isMissingNode() || amount(request).equals(limit);
            if (limit.signum() <= 0 || !same) {
                return false;
            }
        }
        return true;
    }

    /** Zero where it is no quantity: what is malformed is refused elsewhere. */
    private static Quantity amount(JsonNode value) {
        try {
            return Quantity.of(value);
        } catch (IllegalArgumentException malformed) {
            return Quantity.zero();
        }
    }
}
