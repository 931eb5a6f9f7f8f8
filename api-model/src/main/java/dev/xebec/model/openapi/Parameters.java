package dev.xebec.model.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import java.util.List;
import java.util.Map;

/** The parameters of an operation: those in its path, and those that its verb takes in the query. */
final class Parameters {
    private static final String PRETTY = "pretty:string";
    private static final List<String> LIST = List.of("allowWatchBookmarks:boolean", "continue:string",
            "fieldSelector:string", "labelSelector:string", "limit:integer", "resourceVersion:string",
            "resourceVersionMatch:string", "sendInitialEvents:boolean", "timeoutSeconds:integer", "watch:boolean");
    private static final List<String> WRITE = List.of("dryRun:string", "fieldManager:string", "fieldValidation:string");
    private static final List<String> DELETE = List.of("dryRun:string", "gracePeriodSeconds:integer",
            "ignoreStoreReadErrorWithClusterBreakingPotential:boolean", "orphanDependents:boolean",
            "propagationPolicy:string");
    private static final Map<String, List<String>> BY_VERB = Map.of("get", List.of(), "list", LIST, "create", WRITE,
            "update", WRITE, "patch", concat(WRITE, List.of("force:boolean")), "delete", DELETE, "deletecollection",
            concat(LIST.stream().filter(one -> !one.startsWith("watch") && !one.startsWith("allowWatch")).toList(),
                    DELETE));

    private Parameters() {}

    static void ofPath(String path, ArrayNode into) {
        for (String name : List.of("name", "namespace")) {
            if (path.contains("{" + name + "}")) {
                into.add(parameter(name, "path", "string").put("required", true));
            }
        }
    }

    static void ofVerb(String verb, ArrayNode into) {
        for (String one : concat(List.of(PRETTY), BY_VERB.getOrDefault(verb, List.of()))) {
            int colon = one.indexOf(':');
            into.add(parameter(one.substring(0, colon), "query", one.substring(colon + 1)));
        }
    }

    private static ObjectNode parameter(String name, String in, String type) {
        ObjectNode parameter = Json.object().put("name", name).put("in", in);
        parameter.putObject("schema").put("type", type).put("uniqueItems", true);
        return parameter;
    }

    private static List<String> concat(List<String> some, List<String> more) {
        return java.util.stream.Stream.concat(some.stream(), more.stream()).toList();
    }
}
