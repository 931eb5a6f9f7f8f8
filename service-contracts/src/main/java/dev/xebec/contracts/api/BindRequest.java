package dev.xebec.contracts.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Binds many pods, each with its own outcome: {@code POST /apis/cluster.xebec.dev/v1alpha1/bindings} on the bus door,
 * body and answer as JSON of these records' component names.
 */
public record BindRequest(List<Bind> binds) {
    /** Binds in one request. */
    public static final int MAX_BINDS = 512;

    /**
     * @param podRevision the pod's revision that the decision was made from
     * @param nodeVersion the node's allocation version ({@code binds} of its NodeAllocation) that the decision was made
     *     from, counting earlier binds to the same node in this request; 0 where the node has none
     */
    public record Bind(String namespace, String pod, String uid, long podRevision, String node, long nodeVersion) {
    }

    /**
     * @param outcome BOUND; POD_CHANGED (decide again from a newer pod); NODE_TAKEN (somebody bound to the node in the
     *     meantime); GONE (pod or node is no more); REFUSED (see message)
     */
    public record Result(String namespace, String pod, Outcome outcome, String message) {
    }

    /** What became of one bind. */
    public enum Outcome {
        BOUND, POD_CHANGED, NODE_TAKEN, GONE, REFUSED
    }

    /** {@code {"binds":[…]}}. */
    public ObjectNode toTree() {
        ObjectNode tree = Json.object();
        ArrayNode list = tree.putArray("binds");
        for (Bind bind : binds) {
            list.addObject().put("namespace", bind.namespace()).put("pod", bind.pod()).put("uid", bind.uid())
                    .put("podRevision", bind.podRevision()).put("node", bind.node())
                    .put("nodeVersion", bind.nodeVersion());
        }
        return tree;
    }

    /** Reads what {@link #toTree()} wrote. */
    public static BindRequest parse(JsonNode tree) {
        List<Bind> binds = new ArrayList<>();
        tree.path("binds").forEach(bind -> binds.add(new Bind(bind.path("namespace").asText(""),
                bind.path("pod").asText(""), bind.path("uid").asText(""), bind.path("podRevision").asLong(),
                bind.path("node").asText(""), bind.path("nodeVersion").asLong())));
        return new BindRequest(binds);
    }

    /** The answer, {@code {"results":[…]}}, in the order of the request. */
    public static ObjectNode resultsTree(List<Result> results) {
        ObjectNode tree = Json.object();
        ArrayNode list = tree.putArray("results");
        for (Result result : results) {
            list.addObject().put("namespace", result.namespace()).put("pod", result.pod())
                    .put("outcome", result.outcome().name()).put("message", result.message());
        }
        return tree;
    }

    /** Reads what {@link #resultsTree} wrote. */
    public static List<Result> parseResults(JsonNode tree) {
        List<Result> results = new ArrayList<>();
        tree.path("results").forEach(result -> results.add(new Result(result.path("namespace").asText(""),
                result.path("pod").asText(""), Outcome.valueOf(result.path("outcome").asText()),
                result.path("message").asText(""))));
        return results;
    }
}
