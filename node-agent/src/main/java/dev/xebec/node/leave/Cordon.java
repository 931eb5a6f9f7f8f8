package dev.xebec.node.leave;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;

/** Keeps new pods off a node, and remembers who does: what a person has cordoned stays so. Pure. */
public final class Cordon {
    /** On a Node that its own agent has cordoned. */
    public static final String ANNOTATION = "node.xebec.dev/left";

    private Cordon() {}

    /** A merge patch; empty where somebody else has cordoned the node. */
    static ObjectNode set(ApiObject node, String since) {
        ObjectNode patch = Json.object();
        if (!node.spec().path("unschedulable").asBoolean()) {
            patch.putObject("metadata").putObject("annotations").put(ANNOTATION, since);
            patch.putObject("spec").put("unschedulable", true);
        }
        return patch;
    }

    /** A merge patch; empty where the agent itself has not cordoned the node. */
    public static ObjectNode lift(ApiObject node) {
        ObjectNode patch = Json.object();
        if (node.annotations().containsKey(ANNOTATION)) {
            patch.putObject("metadata").putObject("annotations").set(ANNOTATION, JsonNodeFactory.instance.nullNode());
            patch.putObject("spec").set("unschedulable", JsonNodeFactory.instance.nullNode());
        }
        return patch;
    }
}
