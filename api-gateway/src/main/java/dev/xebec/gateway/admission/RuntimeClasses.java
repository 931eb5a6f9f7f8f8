package dev.xebec.gateway.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.quota.Amounts;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Upstream's RuntimeClass: a pod gets its class's overhead, node selector and tolerations.
 *
 * <p>Source: k/k {@code plugin/pkg/admission/runtimeclass/admission.go}.
 */
final class RuntimeClasses implements AdmissionStep {
    private static final String CLASSES = "node.k8s.io/runtimeclasses";
    private static final String OVERHEAD = "overhead";

    @Override
    public Set<String> resources() {
        return Set.of("/pods");
    }

    @Override
    public void mutate(Subject subject) {
        ApiObject runtime = subject.created() ? runtime(subject) : null;
        if (runtime == null) {
            return;
        }
        ObjectNode spec = subject.spec();
        JsonNode fixed = runtime.tree().path(OVERHEAD).path("podFixed");
        if (!fixed.isEmpty()) {
            if (!spec.path(OVERHEAD).isEmpty() && !Amounts.of(spec.path(OVERHEAD)).equals(Amounts.of(fixed))) {
                throw subject.forbidden(
                        "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
            }
            spec.set(OVERHEAD, fixed.deepCopy());
        }
        JsonNode scheduling = runtime.tree().path("scheduling");
        selectNodes(subject, spec, scheduling.path("nodeSelector"));
        tolerate(spec, scheduling.path("tolerations"));
    }

    private static @Nullable ApiObject runtime(Subject subject) {
        String name = subject.tree().path("spec").path("runtimeClassName").asText("");
        if (name.isEmpty() || subject.tree().path("spec").path("runtimeClassName").isNull()) {
            return null;
        }
        CachedObject found = subject.find(CLASSES, "", name);
        if (found == null) {
            throw subject.forbidden("pod rejected: RuntimeClass \"" + name + "\" not found");
        }
        return found.parse();
    }

    private static void selectNodes(Subject subject, ObjectNode spec, JsonNode wanted) {
        for (Map.Entry<String, JsonNode> label : wanted.properties()) {
            ObjectNode selector = spec.get("nodeSelector") instanceof ObjectNode there
                    ? there
                    : spec.putObject("nodeSelector");
            JsonNode own = selector.path(label.getKey());
            if (own.isTextual() && !own.equals(label.getValue())) {
                throw subject.forbidden("conflict: runtimeClass.scheduling.nodeSelector[" + label.getKey() + "] = "
                        + label.getValue().asText() + "; pod.spec.nodeSelector[" + label.getKey() + "] = "
                        + own.asText());
            }
            selector.set(label.getKey(), label.getValue());
        }
    }

    private static void tolerate(ObjectNode spec, JsonNode wanted) {
        for (JsonNode toleration : wanted) {
            ArrayNode own = spec.get("tolerations") instanceof ArrayNode there ? there : spec.putArray("tolerations");
            if (own.valueStream().noneMatch(toleration::equals)) {
                own.add(toleration.deepCopy());
            }
        }
    }

    @Override
    public void validate(Subject subject) {
        if (!subject.created() || subject.tree().path("spec").path(OVERHEAD).isEmpty()) {
            return;
        }
        ApiObject runtime = runtime(subject);
        if (runtime == null || runtime.tree().path(OVERHEAD).path("podFixed").isEmpty()) {
            throw subject
                    .forbidden("pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead");
        }
    }
}
