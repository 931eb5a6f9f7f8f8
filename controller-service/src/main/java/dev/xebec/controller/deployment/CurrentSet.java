package dev.xebec.controller.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Claim;
import dev.xebec.controller.object.Kinds;
import dev.xebec.controller.object.Trees;
import dev.xebec.controller.object.Writes;
import dev.xebec.kit.informer.Cache;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the ReplicaSet of the present template, and keeps its revision and notes right. */
final class CurrentSet {
    private static final GroupVersionResource SETS = GroupVersionResource.REPLICA_SETS;

    private CurrentSet() {}

    /** Whether the name that the current set needs belongs to somebody else. */
    static boolean nameTaken(Rollout rollout, Cache cache) {
        ApiObject deployment = rollout.deployment();
        String name = Rollout.nameFor(deployment, Template.of(deployment.spec().path("template")));
        return rollout.current() == null && cache.get(SETS, new ObjectKey(deployment.namespace(), name)) != null;
    }

    static List<Action> create(Rollout rollout) {
        ApiObject deployment = rollout.deployment();
        Template template = Template.of(deployment.spec().path("template"));
        String name = Rollout.nameFor(deployment, template);
        int size = RollingUpdate.newSize(rollout);
        List<Action> actions = new ArrayList<>();
        actions.add(new Action.Create(SETS, set(rollout, name, template.hash(Rollout.collisions(deployment)), size)));
        if (size > 0) {
            actions.add(Scaling.event(deployment, name, 0, size));
        }
        return actions;
    }

    private static ApiObject set(Rollout rollout, String name, String hash, int size) {
        ApiObject deployment = rollout.deployment();
        ObjectNode set = Writes.object(Kinds.REPLICA_SET, deployment.namespace(), name);
        ObjectNode metadata = Trees.child(set, "metadata");
        JsonNode template = deployment.spec().path("template");
        ObjectNode labels = metadata.putObject("labels");
        Trees.putAll(labels, ApiObject.strings(template.path("metadata").path("labels")));
        labels.put(Template.HASH_LABEL, hash);
        ObjectNode annotations = metadata.putObject("annotations");
        Trees.putAll(annotations, Annotations.copied(deployment));
        Trees.putAll(annotations, Annotations.sizes(rollout));
        annotations.put(Annotations.REVISION, Long.toString(Annotations.nextRevision(rollout.old())));
        metadata.putArray("ownerReferences").add(Writes.controllerReference(Kinds.DEPLOYMENT, deployment));
        ObjectNode spec = set.putObject("spec").put("replicas", size);
        if (deployment.spec().path("minReadySeconds").asInt(0) > 0) {
            spec.put("minReadySeconds", deployment.spec().path("minReadySeconds").asInt());
        }
        ObjectNode selector = deployment.spec().path("selector").deepCopy();
        Trees.child(selector, "matchLabels").put(Template.HASH_LABEL, hash);
        spec.set("selector", selector);
        ObjectNode copy = template.deepCopy();
        Trees.child(Trees.child(copy, "metadata"), "labels").put(Template.HASH_LABEL, hash);
        spec.set("template", copy);
        return ApiObject.of(set);
    }

    /** Carries revision, notes and minReadySeconds over to the set; none where all is right. */
    static List<Action> refresh(Rollout rollout, ApiObject current) {
        ApiObject deployment = rollout.deployment();
        Map<String, String> notes = Annotations.missing(deployment, current, Annotations.nextRevision(rollout.old()));
        int minReady = deployment.spec().path("minReadySeconds").asInt(0);
        boolean minReadyDiffers = minReady != current.spec().path("minReadySeconds").asInt(0);
        if (notes.isEmpty() && !minReadyDiffers) {
            return List.of();
        }
        ObjectNode patch = Json.object();
        Trees.putAll(patch.putObject("metadata").putObject("annotations"), notes);
        if (minReadyDiffers) {
            patch.putObject("spec").put("minReadySeconds", minReady);
        }
        return List.of(Writes.patch(SETS, current, patch));
    }

    /** Notes the current set's revision on the Deployment; none where it is there. */
    static List<Action> noteRevision(Rollout rollout, ApiObject current) {
        String revision = Long.toString(Annotations.revision(current));
        if (revision.equals(rollout.deployment().annotations().get(Annotations.REVISION))) {
            return List.of();
        }
        ObjectNode patch = Json.object();
        patch.putObject("metadata").putObject("annotations").put(Annotations.REVISION, revision);
        return List.of(Writes.patch(GroupVersionResource.DEPLOYMENTS, rollout.deployment(), patch));
    }

    /** Whether an object is one that the Deployment selects. */
    static boolean selects(ApiObject deployment, ApiObject object) {
        return Claim.selector(deployment.spec().path("selector")).test(object);
    }
}
