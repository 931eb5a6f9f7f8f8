package dev.xebec.controller.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.bootstrap.ApiServiceReconciler;
import dev.xebec.controller.bootstrap.ApiServiceReconciler.Priority;
import dev.xebec.controller.bootstrap.FlowControlReconciler;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.GroupVersionResource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The data of what every cluster has, read from the files beside this class. */
final class BootstrapObjects {
    private static final String PRIORITIES = "api-services.table";
    private static final String FLOW_CONTROL = "flow-control.json";
    private static final String MANDATORY = "mandatory";
    private static final String SUGGESTED = "suggested";

    private BootstrapObjects() {}

    /** Keeps an APIService of each group version that a registry serves; that of APIServices themselves has none. */
    static ApiServiceReconciler apiServices(KindRegistry served) {
        Map<String, Priority> priorities = priorities();
        Map<String, Priority> builtIn = new LinkedHashMap<>();
        for (GroupVersion version : served.groupVersions()) {
            String name = version.version() + "." + version.group();
            Priority priority = priorities.get(name);
            if (priority != null) {
                builtIn.put(name, priority);
            }
        }
        return new ApiServiceReconciler(builtIn);
    }

    private static Map<String, Priority> priorities() {
        Map<String, Priority> priorities = new LinkedHashMap<>();
        new String(read(PRIORITIES), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" ")).forEach(words -> priorities.put(words[0],
                        new Priority(Integer.parseInt(words[1]), Integer.parseInt(words[2]))));
        return priorities;
    }

    /** Those for priority levels and for flow schemas. */
    static List<FlowControlReconciler> flowControl() {
        ObjectNode file = Json.parseObject(read(FLOW_CONTROL));
        return List.of(flowControl(file, "PriorityLevelConfiguration", "prioritylevelconfigurations"),
                flowControl(file, "FlowSchema", "flowschemas"));
    }

    private static FlowControlReconciler flowControl(ObjectNode file, String kind, String plural) {
        return new FlowControlReconciler(new GroupVersionResource("flowcontrol.apiserver.k8s.io", "v1", plural),
                ofKind(file.path(MANDATORY), kind), ofKind(file.path(SUGGESTED), kind));
    }

    private static List<ApiObject> ofKind(JsonNode objects, String kind) {
        List<ApiObject> found = new ArrayList<>();
        for (JsonNode object : objects) {
            if (object instanceof ObjectNode tree && tree.path("kind").asText().equals(kind)) {
                found.add(ApiObject.of(tree));
            }
        }
        return found;
    }

    private static byte[] read(String name) {
        try (InputStream file = Objects.requireNonNull(BootstrapObjects.class.getResourceAsStream(name))) {
            return file.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
