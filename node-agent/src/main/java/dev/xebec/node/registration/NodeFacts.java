package dev.xebec.node.registration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import dev.xebec.model.quantity.Quantity;
import java.util.Map;

/**
 * What a node is.
 *
 * @param labels beyond those that every node has
 * @param runtimeVersion such as {@code process://0.1.0}
 */
public record NodeFacts(String name, String address, Map<String, String> labels, long cpuMillis, long memoryBytes,
        long storageBytes, int maxPods, String machineId, String bootId, String kernel, String osImage,
        String architecture, String runtimeVersion, String version) {

    /** A new Node object without its status. */
    ApiObject object() {
        ObjectNode node = Json.object().put("apiVersion", "v1").put("kind", "Node");
        ObjectNode metadata = node.putObject("metadata").put("name", name);
        ObjectNode labelNode = metadata.putObject("labels");
        allLabels().forEach(labelNode::put);
        node.putObject("spec");
        return ApiObject.of(node);
    }

    Map<String, String> allLabels() {
        Map<String, String> all = new java.util.TreeMap<>(labels);
        all.put("kubernetes.io/hostname", name);
        all.put("kubernetes.io/os", "linux");
        all.put("kubernetes.io/arch", architecture);
        all.put("beta.kubernetes.io/os", "linux");
        all.put("beta.kubernetes.io/arch", architecture);
        return all;
    }

    /** The status but for its conditions, laid over what is there. */
    void into(ObjectNode status) {
        ObjectNode capacity = status.putObject("capacity");
        capacity.put("cpu", Quantity.ofMillis(cpuMillis).toString());
        capacity.put("memory", Quantity.ofBytes(memoryBytes).toString());
        capacity.put("ephemeral-storage", Quantity.ofBytes(storageBytes).toString());
        capacity.put("pods", Integer.toString(maxPods));
        status.set("allocatable", capacity.deepCopy());
        var addresses = status.putArray("addresses");
        addresses.addObject().put("type", "InternalIP").put("address", address);
        addresses.addObject().put("type", "Hostname").put("address", name);
        ObjectNode info = status.putObject("nodeInfo");
        info.put("machineID", machineId).put("systemUUID", machineId).put("bootID", bootId);
        info.put("kernelVersion", kernel).put("osImage", osImage).put("containerRuntimeVersion", runtimeVersion);
        info.put("kubeletVersion", version).put("kubeProxyVersion", "").put("operatingSystem", "linux");
        info.put("architecture", architecture);
        status.putObject("daemonEndpoints").putObject("kubeletEndpoint").put("Port", 0);
    }
}
