package dev.xebec.model.advice;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.names.Names;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Labels of nodes that have newer names. Source: {@code pkg/api/node/util.go} of Kubernetes. */
final class NodeLabels {
    private static final Map<String, String> OLD = Map.of("beta.kubernetes.io/arch",
            "deprecated since v1.14; use \"kubernetes.io/arch\" instead", "beta.kubernetes.io/os",
            "deprecated since v1.14; use \"kubernetes.io/os\" instead", "failure-domain.beta.kubernetes.io/region",
            "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
            "failure-domain.beta.kubernetes.io/zone",
            "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead", "beta.kubernetes.io/instance-type",
            "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead", "app.kubernetes.io/created-by",
            "deprecated since v1.9", "scheduler.alpha.kubernetes.io/preferAvoidPods",
            "deprecated since v1.22; use Taints and Tolerations instead", "node-role.kubernetes.io/master",
            "use \"node-role.kubernetes.io/control-plane\" instead");

    private NodeLabels() {}

    private static @Nullable String advice(String label) {
        return OLD.get(label);
    }

    /** The keys of a map of labels. */
    static void selector(JsonNode labels, String path, Told told) {
        labels.properties().forEach(label -> {
            String advice = advice(label.getKey());
            if (advice != null) {
                told.say(path + "[" + label.getKey() + "]", advice);
            }
        });
    }

    /** A key among others, such as that of a topology. */
    static void key(String key, String path, Told told) {
        String advice = advice(key);
        if (advice != null) {
            told.say(path, key + " is " + advice);
        }
    }

    /** A key whose place says which one it is. */
    static void keyAlone(String key, String path, Told told) {
        String advice = advice(key);
        if (advice != null) {
            told.say(path, advice);
        }
    }

    static void term(JsonNode term, boolean values, String path, Told told) {
        JsonNode expressions = term.path("matchExpressions");
        for (int at = 0; at < expressions.size(); at++) {
            String where = path + ".matchExpressions[" + at + "]";
            key(expressions.get(at).path("key").asText(""), where + ".key", told);
            JsonNode allowed = expressions.get(at).path("values");
            for (int index = 0; values && index < allowed.size(); index++) {
                String value = allowed.get(index).asText();
                String place = where + ".values[" + index + "]";
                Names.labelValue(value).forEach(wrong -> told.say(place, value + " is invalid, " + wrong));
            }
        }
    }

    static void labelSelector(JsonNode selector, String path, Told told) {
        term(selector, false, path, told);
        selector.path("matchLabels").properties()
                .forEach(label -> keyAlone(label.getKey(), path + ".matchLabels." + label.getKey(), told));
    }
}
