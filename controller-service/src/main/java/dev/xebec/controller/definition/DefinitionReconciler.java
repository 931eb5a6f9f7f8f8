package dev.xebec.controller.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Writes;
import dev.xebec.kit.informer.Cache;
import dev.xebec.kit.informer.Informer.ObjectChange;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.kit.reconcile.Plan;
import dev.xebec.kit.reconcile.Reconciler;
import dev.xebec.model.custom.AcceptedNames;
import dev.xebec.model.custom.DefinitionConditions;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Deletes the objects of a definition that is being deleted, lets it go when none is left, and has the gateway look again at
 * a definition whose names have become free. Names themselves are accepted in the write that asks for them.
 *
 * <p>The cache is of one revision, and nothing is created once a definition is marked: what it does not show is not there.
 * Source: apiextensions-apiserver {@code pkg/controller/finalizer/crd_finalizer.go}.
 */
public final class DefinitionReconciler implements Reconciler {
    static final String FINALIZER = "customresourcecleanup.apiextensions.k8s.io";
    /** Deletes in one plan; the rest follows in the next. */
    private static final int MAX_DELETES = 500;
    /** How long what belonged to the deleted objects may still ask of what kind their owners were. */
    private static final Duration AFTERMATH = Duration.ofSeconds(1);
    private static final String COMPLETED = "InstanceDeletionCompleted";
    private static final GroupVersionResource DEFINITIONS = GroupVersionResource.CUSTOM_RESOURCE_DEFINITIONS;

    @Override
    public String name() {
        return "customresourcedefinition";
    }

    @Override
    public Set<GroupVersionResource> reads() {
        return Set.of(DEFINITIONS, GroupVersionResource.CUSTOM);
    }

    @Override
    public Collection<ObjectKey> allKeys(Cache cache) {
        return cache.list(DEFINITIONS).stream().map(ApiObject::key).toList();
    }

    @Override
    public Collection<ObjectKey> keysFor(ObjectChange change, Cache cache) {
        if (change.resource().custom()) {
            ObjectKey key = new ObjectKey("", change.resource().resource() + "." + change.resource().group());
            ApiObject definition = cache.get(DEFINITIONS, key);
            return definition != null && definition.deleting() ? List.of(key) : List.of();
        }
        ApiObject before = change.before();
        ApiObject after = change.after();
        Set<ObjectKey> keys = new LinkedHashSet<>();
        if (after != null) {
            keys.add(after.key());
        }
        if (before != null && (after == null || !names(before).equals(names(after)))) {
            String group = group(before);
            cache.list(DEFINITIONS).stream().filter(other -> group(other).equals(group) && waits(other))
                    .forEach(other -> keys.add(other.key()));
        }
        return keys;
    }

    @Override
    public Plan reconcile(ObjectKey key, Cache cache, Instant now) {
        ApiObject definition = cache.get(DEFINITIONS, key);
        if (definition == null) {
            return Plan.NOTHING;
        }
        if (definition.deleting()) {
            return definition.finalizers().contains(FINALIZER) ? end(definition, cache, now) : Plan.NOTHING;
        }
        return waits(definition) && free(definition, cache, now)
                ? Plan.of(new Action.MergePatch(DEFINITIONS, definition.key(), "status", Json.object()))
                : Plan.NOTHING;
    }

    private static Plan end(ApiObject definition, Cache cache, Instant now) {
        String plural = names(definition).path("plural").asText("");
        Collection<ApiObject> objects = plural.isEmpty()
                ? List.of()
                : cache.list(GroupVersionResource.customOf(group(definition), plural));
        ObjectNode next = definition.copy();
        if (!DefinitionConditions.isTrue(next, DefinitionConditions.ESTABLISHED)) {
            DefinitionConditions.set(next, DefinitionConditions.TERMINATING, false, "NeverEstablished",
                    "resource was never established", now);
            return last(definition, next);
        }
        if (!objects.isEmpty()) {
            DefinitionConditions.set(next, DefinitionConditions.TERMINATING, true, "InstanceDeletionInProgress",
                    "CustomResource deletion is in progress", now);
            List<Action> actions = new ArrayList<>(status(definition, next));
            GroupVersionResource resource = GroupVersionResource.customOf(group(definition), plural);
            objects.stream().filter(object -> !object.deleting()).limit(MAX_DELETES)
                    .forEach(object -> actions.add(new Action.Delete(resource, object.key(), object.uid(), 0, -1, "")));
            return new Plan(List.copyOf(actions), null);
        }
        String reason = reason(definition);
        DefinitionConditions.set(next, DefinitionConditions.TERMINATING, false, COMPLETED, "removed all instances",
                now);
        if (reason.equals("InstanceDeletionInProgress")) {
            return new Plan(List.copyOf(status(definition, next)), AFTERMATH);
        }
        return last(definition, next);
    }

    /** The last word of its status, and then nothing holds it any more. */
    private static Plan last(ApiObject definition, ObjectNode next) {
        List<Action> status = status(definition, next);
        if (!status.isEmpty()) {
            return new Plan(List.copyOf(status), Duration.ZERO);
        }
        ObjectNode patch = Json.object();
        ArrayNode finalizers = patch.putObject("metadata").putArray("finalizers");
        definition.finalizers().stream().filter(one -> !one.equals(FINALIZER)).forEach(finalizers::add);
        return Plan.of(Writes.patch(DEFINITIONS, definition, patch));
    }

    private static List<Action> status(ApiObject definition, ObjectNode next) {
        return next.get("status") instanceof ObjectNode status
                ? Writes.status(DEFINITIONS, definition, status)
                : List.of();
    }

    private static boolean waits(ApiObject definition) {
        return !DefinitionConditions.isTrue(definition.tree(), DefinitionConditions.NAMES_ACCEPTED);
    }

    private static boolean free(ApiObject definition, Cache cache, Instant now) {
        ObjectNode copy = definition.copy();
        List<JsonNode> others = cache.list(DEFINITIONS).stream()
                .filter(other -> group(other).equals(group(definition)) && !other.name().equals(definition.name()))
                .map(DefinitionReconciler::names).toList();
        AcceptedNames.settle(copy, AcceptedNames.Taken.of(others), now);
        return DefinitionConditions.isTrue(copy, DefinitionConditions.NAMES_ACCEPTED);
    }

    private static String reason(ApiObject definition) {
        for (JsonNode condition : definition.status().path("conditions")) {
            if (condition.path("type").asText().equals(DefinitionConditions.TERMINATING)) {
                return condition.path("reason").asText("");
            }
        }
        return "";
    }

    private static String group(ApiObject definition) {
        return definition.spec().path("group").asText("");
    }

    private static JsonNode names(ApiObject definition) {
        return definition.status().path("acceptedNames");
    }
}
