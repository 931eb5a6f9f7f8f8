package dev.xebec.controller.replicaset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Conditions;
import dev.xebec.controller.object.Pods;
import dev.xebec.controller.object.Trees;
import dev.xebec.model.object.ApiObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a ReplicaSet says of its pods. Source: k/k {@code pkg/controller/replicaset/replica_set_utils.go}. */
final class ReplicaSetStatus {
    private ReplicaSetStatus() {}

    static ObjectNode of(ApiObject set, List<ApiObject> active, Optional<String> refusal, Instant now) {
        Duration minReady = minReady(set);
        var template = ApiObject.strings(set.spec().path("template").path("metadata").path("labels")).entrySet();
        ObjectNode status = set.status().deepCopy();
        status.put("replicas", active.size());
        Trees.putUnlessZero(status, "fullyLabeledReplicas",
                count(active.stream().filter(pod -> pod.labels().entrySet().containsAll(template)).count()));
        Trees.putUnlessZero(status, "readyReplicas", count(active.stream().filter(Pods::ready).count()));
        Trees.putUnlessZero(status, "availableReplicas",
                count(active.stream().filter(pod -> Pods.available(pod, minReady, now)).count()));
        status.put("observedGeneration", set.generation());
        if (refusal.isPresent() && active.size() < replicas(set)) {
            Conditions.set(status, "ReplicaFailure", "True", "FailedCreate", refusal.get(), now);
        } else {
            Conditions.remove(status, "ReplicaFailure");
        }
        return status;
    }

    static int replicas(ApiObject set) {
        return set.spec().path("replicas").asInt(1);
    }

    static Duration minReady(ApiObject set) {
        return Duration.ofSeconds(set.spec().path("minReadySeconds").asLong(0));
    }

    /** When the next ready pod will have been ready long enough; null where none is waiting for that. */
    static @Nullable Duration untilAvailable(ApiObject set, List<ApiObject> active, Instant now) {
        Duration minReady = minReady(set);
        return active.stream().filter(pod -> Pods.ready(pod) && !Pods.available(pod, minReady, now))
                .flatMap(pod -> Pods.readySince(pod).stream()).min(Instant::compareTo)
                .map(since -> Duration.between(now, since.plus(minReady))).orElse(null);
    }

    private static int count(long pods) {
        return Math.toIntExact(pods);
    }
}
