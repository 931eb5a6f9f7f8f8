package dev.xebec.controller.deployment;

import dev.xebec.model.object.ApiObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is noted on Deployments and ReplicaSets, for {@code kubectl rollout history} and {@code undo} among others. */
final class Annotations {
    static final String REVISION = "deployment.kubernetes.io/revision";
    static final String REVISION_HISTORY = "deployment.kubernetes.io/revision-history";
    static final String DESIRED_REPLICAS = "deployment.kubernetes.io/desired-replicas";
    static final String MAX_REPLICAS = "deployment.kubernetes.io/max-replicas";
    private static final Set<String> NOT_COPIED = Set.of("kubectl.kubernetes.io/last-applied-configuration", REVISION,
            REVISION_HISTORY, DESIRED_REPLICAS, MAX_REPLICAS, "deprecated.deployment.rollback.to");

    private Annotations() {}

    static long revision(ApiObject object) {
        try {
            return Long.parseLong(object.annotations().getOrDefault(REVISION, "0"));
        } catch (NumberFormatException malformed) {
            return 0;
        }
    }

    /** The revision that the current set has or should get: one above all others. */
    static long nextRevision(List<ApiObject> old) {
        return old.stream().mapToLong(Annotations::revision).max().orElse(0) + 1;
    }

    /** Those of the Deployment that its current set carries too, such as the change cause. */
    static Map<String, String> copied(ApiObject deployment) {
        Map<String, String> copied = new LinkedHashMap<>(deployment.annotations());
        copied.keySet().removeAll(NOT_COPIED);
        return copied;
    }

    /** What the current set's annotations lack or have otherwise. */
    static Map<String, String> missing(ApiObject deployment, ApiObject current, long revision) {
        Map<String, String> present = current.annotations();
        Map<String, String> wanted = copied(deployment);
        long before = revision(current);
        if (before < revision) {
            wanted.put(REVISION, Long.toString(revision));
            if (before > 0) {
                String history = present.getOrDefault(REVISION_HISTORY, "");
                wanted.put(REVISION_HISTORY, history.isEmpty() ? Long.toString(before) : history + "," + before);
            }
        }
        wanted.entrySet().removeIf(entry -> entry.getValue().equals(present.get(entry.getKey())));
        return wanted;
    }

    static Map<String, String> sizes(Rollout rollout) {
        Map<String, String> sizes = new LinkedHashMap<>();
        sizes.put(DESIRED_REPLICAS, Integer.toString(rollout.desired()));
        sizes.put(MAX_REPLICAS, Integer.toString(rollout.desired() + rollout.maxSurge()));
        return sizes;
    }

    /** The number of replicas that the Deployment asked for when the set was last scaled; -1 where nothing is noted. */
    static int desiredReplicas(ApiObject set) {
        return number(set, DESIRED_REPLICAS);
    }

    static int maxReplicas(ApiObject set) {
        return number(set, MAX_REPLICAS);
    }

    private static int number(ApiObject set, String annotation) {
        try {
            return Integer.parseInt(set.annotations().getOrDefault(annotation, "-1"));
        } catch (NumberFormatException malformed) {
            return -1;
        }
    }
}
