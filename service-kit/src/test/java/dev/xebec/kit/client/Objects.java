package dev.xebec.kit.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;

/** Objects for tests. */
public final class Objects {
    private Objects() {}

    public static ObjectNode pod(String namespace, String name) {
        return object("v1", "Pod", namespace, name);
    }

    public static ObjectNode object(String apiVersion, String kind, String namespace, String name) {
        ObjectNode object = Json.object().put("apiVersion", apiVersion).put("kind", kind);
        object.putObject("metadata").put("namespace", namespace).put("name", name);
        return object;
    }

    public static ObjectNode owned(ObjectNode object, String kind, String owner, String uid) {
        object.withObject("metadata").putArray("ownerReferences").addObject().put("apiVersion", "v1")
                .put("kind", kind).put("name", owner).put("uid", uid).put("controller", true);
        return object;
    }
}
