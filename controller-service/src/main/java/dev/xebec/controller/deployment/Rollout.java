package dev.xebec.controller.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.controller.object.IntOrPercent;
import dev.xebec.model.object.ApiObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Deployment and its ReplicaSets at one moment.
 *
 * @param current the set with the Deployment's present template; null while there is none
 * @param old the others, oldest first
 */
record Rollout(ApiObject deployment, @Nullable ApiObject current, List<ApiObject> old) {
    static final Comparator<ApiObject> OLDEST_FIRST = Comparator
            .comparing((ApiObject set) -> set.creationTimestamp().orElse(Instant.MAX)).thenComparing(ApiObject::name);

    static Rollout of(ApiObject deployment, List<ApiObject> sets) {
        List<ApiObject> sorted = sets.stream().sorted(OLDEST_FIRST).toList();
        ApiObject current = findCurrent(deployment, sorted);
        return new Rollout(deployment, current, sorted.stream().filter(set -> set != current).toList());
    }

    private static @Nullable ApiObject findCurrent(ApiObject deployment, List<ApiObject> sorted) {
        Template wanted = Template.of(deployment.spec().path("template"));
        for (ApiObject set : sorted) {
            if (wanted.same(Template.of(set.spec().path("template")))) {
                return set;
            }
        }
        // Made from this very template, whatever defaulting has put into its copy since.
        String name = nameFor(deployment, wanted);
        return sorted.stream().filter(set -> set.name().equals(name)).findFirst().orElse(null);
    }

    static String nameFor(ApiObject deployment, Template template) {
        return deployment.name() + "-" + template.hash(collisions(deployment));
    }

    static int collisions(ApiObject deployment) {
        return deployment.status().path("collisionCount").asInt(0);
    }

    /** All sets, oldest first, the current one last. */
    List<ApiObject> all() {
        List<ApiObject> all = new ArrayList<>(old);
        if (current != null) {
            all.add(current);
        }
        return all;
    }

    List<ApiObject> activeOld() {
        return old.stream().filter(set -> replicas(set) > 0).toList();
    }

    int desired() {
        return deployment.spec().path("replicas").asInt(1);
    }

    boolean rolling() {
        return !"Recreate".equals(deployment.spec().path("strategy").path("type").asText());
    }

    boolean paused() {
        return deployment.spec().path("paused").asBoolean(false);
    }

    /** Pods above the desired number that a rolling update may use. */
    int maxSurge() {
        return rolling() ? bound("maxSurge", true) : 0;
    }

    /** Pods below the desired number that a rolling update may leave out; one, where both bounds come to nothing. */
    int maxUnavailable() {
        if (!rolling() || desired() == 0) {
            return 0;
        }
        int unavailable = bound("maxUnavailable", false);
        return unavailable == 0 && maxSurge() == 0 ? 1 : Math.min(unavailable, desired());
    }

    int minAvailable() {
        return desired() - maxUnavailable();
    }

    private int bound(String field, boolean roundUp) {
        JsonNode bound = deployment.spec().path("strategy").path("rollingUpdate").path(field);
        return IntOrPercent.of(bound.isMissingNode() || bound.isNull() ? "25%" : bound.asText(), desired(), roundUp);
    }

    static int replicas(ApiObject set) {
        return set.spec().path("replicas").asInt(1);
    }

    static int status(ApiObject set, String field) {
        return set.status().path(field).asInt(0);
    }

    /** What can be counted on: a set whose number was lowered may not have said so yet. */
    static int available(ApiObject set) {
        return Math.min(status(set, "availableReplicas"), replicas(set));
    }

    static int totalReplicas(List<ApiObject> sets) {
        return sets.stream().mapToInt(Rollout::replicas).sum();
    }
}
