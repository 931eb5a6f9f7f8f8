package dev.xebec.scheduler.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.xebec.model.object.ApiObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Nodes and pods for tests, written as YAML where they are unusual. */
final class Objects {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Objects() {}

    static ApiObject node(String name, String cpu, String memory, int pods, Map<String, String> labels, String spec) {
        ObjectNode tree = (ObjectNode) yaml("""
                metadata: {name: %s}
                status: {allocatable: {cpu: "%s", memory: "%s", pods: "%d"}}
                """.formatted(name, cpu, memory, pods));
        ObjectNode all = ((ObjectNode) tree.get("metadata")).putObject("labels").put("kubernetes.io/hostname", name);
        labels.forEach(all::put);
        if (!spec.isEmpty()) {
            tree.set("spec", yaml(spec));
        }
        return ApiObject.of(tree);
    }

    static ApiObject node(String name) {
        return node(name, "4", "8Gi", 110, Map.of(), "");
    }

    /** @param spec further fields of the pod's spec as YAML */
    static PodInfo pod(String name, String cpu, String memory, String spec) {
        ObjectNode tree = (ObjectNode) yaml("""
                metadata: {name: %s, namespace: default, uid: uid-%s, resourceVersion: "7", labels: {app: web}}
                """.formatted(name, name));
        ObjectNode podSpec = spec.isEmpty() ? YAML.createObjectNode() : (ObjectNode) yaml(spec);
        podSpec.set("containers", yaml("""
                [{name: main, resources: {requests: {cpu: "%s", memory: "%s"}}}]""".formatted(cpu, memory)));
        tree.set("spec", podSpec);
        return PodInfo.of(ApiObject.of(tree));
    }

    private static JsonNode yaml(String text) {
        try {
            return YAML.readTree(text);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }
}
