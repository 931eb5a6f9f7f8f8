package dev.xebec.simulator.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.state.Change;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.object.OwnerReference;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A Deployment makes one ReplicaSet for a template, however many controllers see it change. What it adopts is not made. */
final class OneSetPerTemplate implements Invariant {
    private static final String NAME = "one-set-per-template";
    private static final String HASH = "pod-template-hash";

    /** By the Deployment's uid: its sets' templates without their hashes. */
    private final TreeMap<String, TreeMap<ObjectKey, JsonNode>> templates = new TreeMap<>();

    @Override
    public void committed(long revision, List<Change> changes, Truth truth) {
        for (Transition step : truth.transitions()) {
            if (step.of(GroupVersionResource.REPLICA_SETS)) {
                take(step);
            }
        }
    }

    private void take(Transition step) {
        ApiObject after = step.objectAfter();
        String was = owner(step.objectBefore());
        String is = after == null || after.deleting() ? "" : owner(after);
        if (is.equals(was)) {
            return;
        }
        TreeMap<ObjectKey, JsonNode> left = templates.get(was);
        if (left != null && left.remove(step.objectKey()) != null && left.isEmpty()) {
            templates.remove(was);
        }
        if (after == null || is.isEmpty()) {
            return;
        }
        JsonNode template = template(after);
        TreeMap<ObjectKey, JsonNode> siblings = templates.computeIfAbsent(is, fresh -> new TreeMap<>());
        siblings.forEach((key, other) -> {
            if (step.before() == null && Json.same(other, template)) {
                throw new Violation(NAME, step.revision(), "one ReplicaSet for a template of a Deployment, " + key,
                        "another, " + step + ", for " + template);
            }
        });
        siblings.put(step.objectKey(), template);
    }

    private static JsonNode template(ApiObject set) {
        JsonNode template = set.spec().path("template").deepCopy();
        if (template.path("metadata").path("labels") instanceof ObjectNode labels) {
            labels.remove(HASH);
        }
        return template;
    }

    static String owner(@Nullable ApiObject set) {
        return set == null
                ? ""
                : set.controllerOwner().filter(of -> of.kind().equals("Deployment")).map(OwnerReference::uid)
                        .orElse("");
    }
}
