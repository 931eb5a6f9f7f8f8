package dev.xebec.controller.bootstrap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Conditions;
import dev.xebec.controller.object.Timestamps;
import dev.xebec.controller.object.Writes;
import dev.xebec.kit.informer.Cache;
import dev.xebec.kit.informer.Informer.ObjectChange;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.kit.reconcile.Plan;
import dev.xebec.kit.reconcile.Reconciler;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Says of each FlowSchema whether the priority level that it sends requests to is there. Source: apiserver {@code
 * pkg/util/flowcontrol/apf_controller.go}.
 */
public final class FlowSchemaStatusReconciler implements Reconciler {
    /** Who owns the condition. */
    static final String MANAGER = "api-priority-and-fairness-config-consumer-v1";
    static final GroupVersionResource FLOW_SCHEMAS = new GroupVersionResource("flowcontrol.apiserver.k8s.io", "v1",
            "flowschemas");
    static final GroupVersionResource LEVELS = new GroupVersionResource("flowcontrol.apiserver.k8s.io", "v1",
            "prioritylevelconfigurations");
    private static final GroupVersionKind KIND = new GroupVersionKind("flowcontrol.apiserver.k8s.io", "v1",
            "FlowSchema");
    private static final String DANGLING = "Dangling";

    @Override
    public String name() {
        return "flowschema-status";
    }

    @Override
    public Set<GroupVersionResource> reads() {
        return Set.of(FLOW_SCHEMAS, LEVELS);
    }

    @Override
    public Collection<ObjectKey> allKeys(Cache cache) {
        return cache.list(FLOW_SCHEMAS).stream().map(ApiObject::key).toList();
    }

    @Override
    public Collection<ObjectKey> keysFor(ObjectChange change, Cache cache) {
        if (change.resource().equals(FLOW_SCHEMAS)) {
            return List.of(change.any().key());
        }
        boolean appeared = change.before() == null || change.after() == null;
        return !appeared
                ? List.of()
                : cache.list(FLOW_SCHEMAS).stream().filter(schema -> level(schema).equals(change.any().name()))
                        .map(ApiObject::key).toList();
    }

    @Override
    public Plan reconcile(ObjectKey key, Cache cache, Instant now) {
        ApiObject schema = cache.get(FLOW_SCHEMAS, key);
        if (schema == null) {
            return Plan.NOTHING;
        }
        String level = level(schema);
        boolean found = cache.get(LEVELS, new ObjectKey("", level)) != null;
        String status = found ? "False" : "True";
        String reason = found ? "Found" : "NotFound";
        String message = "This FlowSchema references the PriorityLevelConfiguration object named \"" + level + "\" "
                + (found ? "and it exists" : "but there is no such object");
        ObjectNode said = Conditions.find(schema.status(), DANGLING);
        if (said != null && said.path("status").asText().equals(status) && said.path("reason").asText().equals(reason)
                && said.path("message").asText().equals(message)) {
            return Plan.NOTHING;
        }
        ObjectNode wanted = Writes.object(KIND, "", key.name());
        wanted.putObject("status").putArray("conditions").addObject().put("type", DANGLING).put("status", status)
                .put("lastTransitionTime", Timestamps.text(now)).put("reason", reason).put("message", message);
        return Plan.of(new Action.Apply(FLOW_SCHEMAS, key, "status", wanted, MANAGER));
    }

    private static String level(ApiObject schema) {
        return schema.spec().path("priorityLevelConfiguration").path("name").asText("");
    }
}
