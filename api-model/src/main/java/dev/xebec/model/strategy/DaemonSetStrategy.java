package dev.xebec.model.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A DaemonSet counts in an annotation how often its template has changed, as its first versions did in a field.
 *
 * <p>Source: {@code pkg/registry/apps/daemonset/strategy.go} of Kubernetes, {@code pkg/apis/apps/v1/conversion.go}.
 */
record DaemonSetStrategy() implements Strategy {
    private static final String TEMPLATES = "deprecated.daemonset.template.generation";

    @Override
    public void prepareCreate(ObjectNode set) {
        set.remove("status");
        if (count(set) < 1) {
            setCount(set, 1);
        }
    }

    @Override
    public void prepareUpdate(ObjectNode now, ObjectNode before) {
        StatusIsolation.copy(before, now, "status");
        boolean changed = !StatusIsolation.same(now.path("spec").path("template"),
                before.path("spec").path("template"));
        setCount(now, changed ? count(before) + 1 : count(before));
    }

    private static long count(ObjectNode set) {
        return set.path("metadata").path("annotations").path(TEMPLATES).asLong(0);
    }

    private static void setCount(ObjectNode set, long count) {
        JsonNode metadata = set.path("metadata");
        if (metadata instanceof ObjectNode object) {
            ObjectNode annotations = object.get("annotations") instanceof ObjectNode given
                    ? given
                    : object.putObject("annotations");
            annotations.put(TEMPLATES, Long.toString(count));
        }
    }
}
