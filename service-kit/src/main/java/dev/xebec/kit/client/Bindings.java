package dev.xebec.kit.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.api.BindRequest;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Batch binding as JSON, for both ends: {@code {"binds":[…]}} and its answer {@code {"results":[…]}}. */
public final class Bindings {
    public static final String PATH = "/apis/cluster.xebec.dev/v1alpha1/bindings";

    private static final String LABELS = "labels";
    private static final String ANNOTATIONS = "annotations";

    private Bindings() {}

    public static ObjectNode toTree(BindRequest request) {
        ObjectNode tree = Json.object();
        ArrayNode binds = tree.putArray("binds");
        for (BindRequest.Bind bind : request.binds()) {
            ObjectNode each = binds.addObject();
            each.put("namespace", bind.namespace()).put("pod", bind.pod()).put("uid", bind.uid())
                    .put("podRevision", bind.podRevision()).put("node", bind.node())
                    .put("nodeVersion", bind.nodeVersion());
            put(each, LABELS, bind.labels());
            put(each, ANNOTATIONS, bind.annotations());
        }
        return tree;
    }

    private static void put(ObjectNode bind, String field, Map<String, String> strings) {
        if (!strings.isEmpty()) {
            strings.forEach(bind.putObject(field)::put);
        }
    }

    /** Throws {@link IllegalArgumentException} where there are more binds than one request may have. */
    public static BindRequest request(JsonNode tree) {
        JsonNode binds = tree.path("binds");
        if (binds.size() > BindRequest.MAX_BINDS) {
            throw new IllegalArgumentException(
                    binds.size() + " binds; one request may have " + BindRequest.MAX_BINDS);
        }
        List<BindRequest.Bind> list = new ArrayList<>();
        binds.forEach(bind -> list.add(new BindRequest.Bind(bind.path("namespace").asText(""),
                bind.path("pod").asText(""), bind.path("uid").asText(""), bind.path("podRevision").asLong(0),
                bind.path("node").asText(""), bind.path("nodeVersion").asLong(0), ApiObject.strings(bind.path(LABELS)),
                ApiObject.strings(bind.path(ANNOTATIONS)))));
        return new BindRequest(List.copyOf(list));
    }

    public static ObjectNode toTree(List<BindRequest.Result> results) {
        ObjectNode tree = Json.object();
        ArrayNode list = tree.putArray("results");
        for (BindRequest.Result result : results) {
            list.addObject().put("namespace", result.namespace()).put("pod", result.pod())
                    .put("outcome", result.outcome().name()).put("message", result.message());
        }
        return tree;
    }

    /** Reads the answer's {@code results}, or a bare list of them. */
    public static List<BindRequest.Result> results(JsonNode answer) {
        List<BindRequest.Result> list = new ArrayList<>();
        (answer.isArray() ? answer : answer.path("results")).forEach(result -> list.add(new BindRequest.Result(
                result.path("namespace").asText(""), result.path("pod").asText(""),
                BindRequest.Outcome.valueOf(result.path("outcome").asText("")), result.path("message").asText(""))));
        return List.copyOf(list);
    }
}
