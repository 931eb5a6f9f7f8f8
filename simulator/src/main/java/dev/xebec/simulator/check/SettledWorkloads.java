package dev.xebec.simulator.check;

import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Once all is settled every ReplicaSet has the pods it asks for, all that have a node are ready, and it says so; every
 * Deployment has been observed, and its rollout is complete unless it is paused or pods of it have no node.
 */
final class SettledWorkloads implements Invariant {
    private static final String NAME = "settled-workloads";

    @Override
    public void settled(Truth truth) {
        TreeMap<String, List<ApiObject>> bySet = new TreeMap<>();
        for (ApiObject pod : truth.objects(GroupVersionResource.PODS)) {
            String owner = ReplicaSetSize.owner(pod);
            if (!owner.isEmpty() && !pod.deleting() && !BoundPod.finished(pod)) {
                bySet.computeIfAbsent(owner, fresh -> new ArrayList<>()).add(pod);
            }
        }
        TreeMap<String, List<ApiObject>> byDeployment = new TreeMap<>();
        for (ApiObject set : truth.objects(GroupVersionResource.REPLICA_SETS)) {
            if (!set.deleting()) {
                List<ApiObject> pods = bySet.getOrDefault(set.uid(), List.of());
                check(truth, set, pods);
                byDeployment.computeIfAbsent(OneSetPerTemplate.owner(set), fresh -> new ArrayList<>()).addAll(pods);
            }
        }
        for (ApiObject deployment : truth.objects(GroupVersionResource.DEPLOYMENTS)) {
            if (!deployment.deleting()) {
                check(truth, deployment, byDeployment.getOrDefault(deployment.uid(), List.of()).stream()
                        .allMatch(SettledWorkloads::bound));
            }
        }
    }

    private static void check(Truth truth, ApiObject set, List<ApiObject> pods) {
        int wanted = set.spec().path("replicas").asInt(1);
        if (pods.size() != wanted) {
            throw wrong(truth, set, wanted + " live pods", pods.size() + ": " + pods);
        }
        for (ApiObject pod : pods) {
            if (bound(pod) && !ready(pod)) {
                throw wrong(truth, set, "ready pods", pod + " is not: " + pod.status());
            }
        }
        long ready = pods.stream().filter(SettledWorkloads::ready).count();
        if (count(set, "replicas") != wanted || count(set, "readyReplicas") != ready) {
            throw wrong(truth, set, "a status of " + wanted + " pods, " + ready + " of them ready",
                    set.status().toString());
        }
    }

    private static void check(Truth truth, ApiObject deployment, boolean allBound) {
        if (deployment.status().path("observedGeneration").asLong(0) != deployment.generation()) {
            throw wrong(truth, deployment, "been observed at generation " + deployment.generation(),
                    deployment.status().toString());
        }
        int wanted = deployment.spec().path("replicas").asInt(1);
        boolean complete = count(deployment, "replicas") == wanted && count(deployment, "updatedReplicas") == wanted
                && count(deployment, "availableReplicas") == wanted;
        if (allBound && !complete && !deployment.spec().path("paused").asBoolean(false)) {
            throw wrong(truth, deployment, "a complete rollout of " + wanted, deployment.status().toString());
        }
    }

    private static int count(ApiObject object, String field) {
        return object.status().path(field).asInt(0);
    }

    private static boolean bound(ApiObject pod) {
        return !pod.spec().path("nodeName").asText("").isEmpty();
    }

    static boolean ready(ApiObject pod) {
        for (var condition : pod.status().path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    private static Violation wrong(Truth truth, ApiObject object, String expected, String found) {
        return new Violation(NAME, truth.revision(), object + " has " + expected, found);
    }
}
