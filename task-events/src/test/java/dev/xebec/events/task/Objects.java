package dev.xebec.events.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;

/** Objects as the store has them, for tests. */
public final class Objects {
    private Objects() {}

    public static ObjectNode of(String apiVersion, String kind, String namespace, String name, String uid) {
        ObjectNode object = Json.object().put("apiVersion", apiVersion).put("kind", kind);
        ObjectNode metadata = object.putObject("metadata").put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        metadata.put("uid", uid).put("creationTimestamp", time(0));
        return object;
    }

    public static ObjectNode pod(String name, String uid) {
        ObjectNode pod = of("v1", "Pod", "default", name, uid);
        pod.putObject("spec");
        pod.putObject("status").put("phase", "Pending");
        return pod;
    }

    public static ObjectNode controlledBy(ObjectNode object, String kind, String name) {
        ((ObjectNode) object.get("metadata")).putArray("ownerReferences").addObject().put("kind", kind)
                .put("name", name).put("controller", true);
        return object;
    }

    public static ObjectNode status(ObjectNode object) {
        return object.get("status") instanceof ObjectNode status ? status : object.putObject("status");
    }

    public static ObjectNode condition(ObjectNode object, String type, String value, String reason, int second) {
        ObjectNode status = status(object);
        var conditions = status.get("conditions") == null
                ? status.putArray("conditions")
                : status.withArray("conditions");
        for (int at = 0; at < conditions.size(); at++) {
            if (conditions.get(at).path("type").asText().equals(type)) {
                conditions.remove(at);
            }
        }
        return conditions.addObject().put("type", type).put("status", value).put("reason", reason)
                .put("lastTransitionTime", time(second));
    }

    /** The state of a container; answers it, to be filled. */
    public static ObjectNode container(ObjectNode pod, String list, String name, int restarts) {
        ObjectNode status = status(pod);
        var containers = status.get(list) == null ? status.putArray(list) : status.withArray(list);
        for (int at = 0; at < containers.size(); at++) {
            if (containers.get(at).path("name").asText().equals(name)) {
                containers.remove(at);
            }
        }
        return containers.addObject().put("name", name).put("restartCount", restarts);
    }

    /** Some second of one day. */
    public static String time(int second) {
        return java.time.Instant.parse("2026-11-23T08:00:00Z").plusSeconds(second).toString();
    }
}
