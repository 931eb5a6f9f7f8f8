package dev.xebec.simulator.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.OwnerReference;
import dev.xebec.model.quantity.Quantity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Reads what the checks look at from objects as the Kubernetes API shows them. */
public final class ObjectStateReader {
    /** The key of a ConfigMap's data that recording clients write. */
    public static final String VALUE = "value";

    private ObjectStateReader() {}

    /** @param resource plural name, with its group where it has one */
    public static ObjectState read(String resource, JsonNode tree) {
        ApiObject object = ApiObject.of((ObjectNode) tree);
        ObjectId id = new ObjectId(resource, object.namespace(), object.name());
        return new ObjectState(id, object.revision(), object.uid(), tree.path("data").path(VALUE).asText(""),
                digest(object), object.labels(), facts(resource, object));
    }

    private static String digest(ApiObject object) {
        ObjectNode copy = object.copy();
        if (copy.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove("resourceVersion");
        }
        // Objects of lists have neither of these.
        copy.remove("kind");
        copy.remove("apiVersion");
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(copy.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Facts facts(String resource, ApiObject object) {
        return switch (resource) {
            case "pods" -> pod(object);
            case "nodes" -> node(object.status().path("allocatable"));
            case "replicasets.apps" -> new Facts.ReplicaSet(object.spec().path("replicas").asLong(1));
            case BindingCheck.ALLOCATIONS -> new Facts.Allocation(object.spec().path("binds").asLong());
            default -> Facts.NONE;
        };
    }

    private static Facts node(JsonNode allocatable) {
        return new Facts.Node(Quantity.of(allocatable.get("cpu")).milliValue(),
                Quantity.of(allocatable.get("memory")).value(), Quantity.of(allocatable.get("pods")).value());
    }

    private static Facts pod(ApiObject object) {
        String phase = object.status().path("phase").asText("");
        return new Facts.Pod(object.controllerOwner().map(OwnerReference::uid).orElse(""),
                object.spec().path("nodeName").asText(""), phase.equals("Succeeded") || phase.equals("Failed"),
                object.deleting(), requested(object.spec(), "cpu").milliValue(),
                requested(object.spec(), "memory").value());
    }

    /** The containers' sum, or the greatest init container's request where that is more. */
    private static Quantity requested(JsonNode spec, String what) {
        Quantity sum = Quantity.zero();
        for (JsonNode container : spec.path("containers")) {
            sum = sum.add(request(container, what));
        }
        for (JsonNode container : spec.path("initContainers")) {
            Quantity alone = request(container, what);
            sum = alone.compareTo(sum) > 0 ? alone : sum;
        }
        return sum;
    }

    private static Quantity request(JsonNode container, String what) {
        return Quantity.of(container.path("resources").path("requests").get(what));
    }
}
