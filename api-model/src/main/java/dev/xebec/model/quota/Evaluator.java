package dev.xebec.model.quota;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.quantity.Quantity;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * What objects of one resource use of quotas. Stateless.
 *
 * <p>Source: k/k {@code pkg/quota/v1/evaluator/core} and {@code apiserver/pkg/quota/v1/generic}.
 */
public sealed interface Evaluator permits PodEvaluator, ServiceEvaluator, ClaimEvaluator, CountEvaluator {

    /** Every resource can be counted; some use more. */
    static Evaluator of(String group, String resource) {
        if (group.isEmpty()) {
            switch (resource) {
                case "pods" -> {
                    return new PodEvaluator();
                }
                case "services" -> {
                    return new ServiceEvaluator();
                }
                case "persistentvolumeclaims" -> {
                    return new ClaimEvaluator();
                }
                default -> {
                }
            }
        }
        return new CountEvaluator(group, resource);
    }

    /** Whether an update of this part of an object may use more than before. @param subresource empty for the object */
    boolean chargesUpdate(String subresource);

    /** Those of the names of quota that this resource uses. */
    Set<String> uses(Collection<String> names);

    /** @param now for what does not count any more after a time */
    Map<String, Quantity> usage(ObjectNode object, Instant now);

    /** Whether the object is one that the scope is about. */
    default boolean inScope(Scope scope, ObjectNode object) {
        return false;
    }

    /** What the object does not say and has to where these are limited, as an error says it; empty for nothing. */
    default String missing(Collection<String> limited, ObjectNode object) {
        return "";
    }
}
