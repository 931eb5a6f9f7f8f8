package dev.xebec.gateway.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Requests made from an OpenAPI document by chance: some right, many nearly, some not at all. */
final class HostileRequests {
    private static final List<String> NAMES = List.of("a", "b", "web", "x.example.com", "A", "..", "a b", "%2e%2e",
            "x".repeat(260), "default");
    private static final List<String> SELECTORS = List.of("", "a", "a=b", "a in (b,c)", "a notin (", "!a", "a!=b,c",
            "metadata.name=web", "spec.nodeName=n", "status.phase!=Running", "x=y=z", "a=\\,b", ",,,", "=b", "a>1",
            "metadata.name", "(".repeat(500));
    private static final List<String> ACCEPTS = List.of("application/json", "*/*", "text/plain",
            "application/json;as=Table;v=v1;g=meta.k8s.io", "application/vnd.kubernetes.protobuf",
            "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json", "application/yaml", ";;,;",
            "application/json;as=Table;v=v9;g=meta.k8s.io");
    private static final List<String> TYPES = List.of("application/yaml", "application/vnd.kubernetes.protobuf",
            "text/html", "application/json; charset=utf-8", "");
    private static final List<String> PATCHES = List.of("application/json-patch+json", "application/merge-patch+json",
            "application/strategic-merge-patch+json", "application/apply-patch+yaml", "application/json");
    private static final List<String> DIRECTIVES = List.of("$patch", "$retainKeys", "$setElementOrder/containers",
            "$deleteFromPrimitiveList/finalizers", "$setElementOrder/ports");

    private record Operation(String method, String path, JsonNode body) {}

    private final Random random;
    private final List<Operation> operations = new ArrayList<>();
    private final JsonNode schemas;

    HostileRequests(Random random, byte[] openApi) {
        this.random = random;
        JsonNode document = Json.parse(openApi);
        this.schemas = document.path("components").path("schemas");
        document.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(method -> method.getValue().isObject()).forEach(method -> operations.add(new Operation(
                        method.getKey().toUpperCase(java.util.Locale.ROOT), path.getKey(),
                        body(path.getValue(), method.getValue())))));
    }

    /** What a patch is of: what a PUT of the same path takes. */
    private static JsonNode body(JsonNode path, JsonNode operation) {
        JsonNode own = operation.path("requestBody").path("content");
        JsonNode put = path.path("put").path("requestBody").path("content");
        JsonNode content = operation.path("x-kubernetes-action").asText("").equals("patch") && !put.isEmpty()
                ? put
                : own;
        return content.isEmpty() ? content : content.iterator().next().path("schema");
    }

    ApiRequest next() {
        Operation operation = operations.get(random.nextInt(operations.size()));
        String path = operation.path().replace("{namespace}", random.nextInt(20) == 0 ? one(NAMES) : "default")
                .replace("{name}", name()).replace("{path}", one(NAMES));
        boolean patch = operation.method().equals("PATCH");
        String type = patch ? one(PATCHES) : random.nextInt(10) == 0 ? one(TYPES) : "application/json";
        byte[] body = operation.body().isMissingNode() ? new byte[0] : body(operation, patch, type);
        String method = random.nextInt(40) == 0 ? "PUT" : operation.method();
        return new ApiRequest(method, path, query(), type, random.nextInt(12) == 0 ? one(ACCEPTS) : "", Bytes.of(body),
                new ApiRequest.User("tester", List.of("system:masters")), "hostile/1.0");
    }

    /** Few names, so that requests meet what others made. */
    private String name() {
        return random.nextInt(10) == 0 ? one(NAMES) : one(List.of("a", "b"));
    }

    private byte[] body(Operation operation, boolean patch, String type) {
        StrangeValues values = new StrangeValues(random, schemas, random.nextInt(4) == 0 ? 10 : random.nextInt(2));
        JsonNode value = patch && type.contains("json-patch") ? operations(values) : values.of(operation.body());
        if (value instanceof ObjectNode object) {
            if (object.path("metadata") instanceof ObjectNode metadata && random.nextInt(4) != 0) {
                metadata.put("name", name());
                List.of("uid", "resourceVersion", "namespace", "managedFields", "ownerReferences")
                        .forEach(metadata::remove);
            }
            if (patch && type.contains("strategic") && random.nextBoolean()) {
                object.set(one(DIRECTIVES), values.anything(2));
            }
        }
        byte[] json = Json.bytes(value);
        return random.nextInt(12) == 0 ? damaged(json) : json;
    }

    private ArrayNode operations(StrangeValues values) {
        ArrayNode list = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.arrayNode();
        for (int count = random.nextInt(6); count > 0; count--) {
            ObjectNode operation = list.addObject();
            operation.put("op", one(List.of("add", "remove", "replace", "move", "copy", "test", "nothing")));
            operation.put("path", pointer());
            operation.put("from", pointer());
            if (random.nextInt(5) != 0) {
                operation.set("value", values.anything(3));
            }
        }
        return list;
    }

    private String pointer() {
        return one(List.of("", "/", "/metadata", "/metadata/labels", "/metadata/labels/a", "/metadata/name", "/spec",
                "/spec/containers/0", "/spec/containers/-", "/spec/containers/99999999999", "/spec/replicas", "/status",
                "metadata", "/a~2b", "/metadata/finalizers/0", "/kind", "/data/a", "/spec/containers/0/env/-1"));
    }

    private byte[] damaged(byte[] json) {
        return switch (random.nextInt(6)) {
            case 0 -> java.util.Arrays.copyOf(json, random.nextInt(json.length + 1));
            case 1 -> "[".repeat(100_000).getBytes(StandardCharsets.UTF_8);
            case 2 -> ("{\"a\":".repeat(20_000) + "1").getBytes(StandardCharsets.UTF_8);
            case 3 -> "k8s\0\n\u0003".getBytes(StandardCharsets.ISO_8859_1);
            case 4 -> ("{\"apiVersion\":\"v1\",\"apiVersion\":\"v2\"," + new String(json, StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8);
            default -> {
                byte[] noise = json.clone();
                for (int at = 0; at < noise.length; at += 1 + random.nextInt(40)) {
                    noise[at] = (byte) random.nextInt(256);
                }
                yield noise;
            }
        };
    }

    private Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        maybe(query, "labelSelector", SELECTORS);
        maybe(query, "fieldSelector", SELECTORS);
        maybe(query, "limit", List.of("1", "0", "-1", "x", "99999999999999999999", "500"));
        maybe(query, "continue", List.of("x", "e30", "eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MSwic3RhcnQiOiJhIn0", "==="));
        maybe(query, "resourceVersion", List.of("0", "1", "-1", "x", "18446744073709551616"));
        maybe(query, "resourceVersionMatch", List.of("Exact", "NotOlderThan", "Newest", ""));
        maybe(query, "dryRun", List.of("All", "all", ""));
        maybe(query, "fieldValidation", List.of("Strict", "Warn", "Ignore", "Never"));
        maybe(query, "fieldManager", List.of("me", "", "x".repeat(200), "a\u0001b"));
        maybe(query, "force", List.of("true", "false", "maybe"));
        maybe(query, "gracePeriodSeconds", List.of("0", "-1", "x", "99999999999"));
        maybe(query, "propagationPolicy", List.of("Orphan", "Background", "Foreground", "None"));
        maybe(query, "timeoutSeconds", List.of("1", "x", "-5"));
        return query;
    }

    private void maybe(Map<String, String> query, String name, List<String> values) {
        if (random.nextInt(25) == 0) {
            query.put(name, one(values));
        }
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
