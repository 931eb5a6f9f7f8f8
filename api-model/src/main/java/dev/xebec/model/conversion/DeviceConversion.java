package dev.xebec.model.conversion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import java.util.List;

/**
 * Claims and slices of devices: v1beta1 keeps a request for one kind of device in the request itself, later versions in
 * {@code exactly}; it keeps a device's properties in {@code basic}, later versions in the device itself.
 *
 * <p>Source: {@code pkg/apis/resource/v1beta1/conversion.go} of Kubernetes.
 */
final class DeviceConversion {
    private static final List<String> REQUEST_FIELDS = List.of("deviceClassName", "selectors", "allocationMode",
            "count",
            "adminAccess", "tolerations", "capacity", "derivedAttributes");
    private static final String NAME = "name";

    private DeviceConversion() {}

    static void claimFromBeta(ObjectNode claim) {
        requests(claim.path("spec")).forEach(request -> wrap((ObjectNode) request));
    }

    static void claimToBeta(ObjectNode claim) {
        requests(claim.path("spec")).forEach(request -> unwrap((ObjectNode) request));
    }

    static void templateFromBeta(ObjectNode template) {
        requests(template.path("spec").path("spec")).forEach(request -> wrap((ObjectNode) request));
    }

    static void templateToBeta(ObjectNode template) {
        requests(template.path("spec").path("spec")).forEach(request -> unwrap((ObjectNode) request));
    }

    private static List<JsonNode> requests(JsonNode spec) {
        return objects(spec.path("devices").path("requests"));
    }

    private static List<JsonNode> objects(JsonNode list) {
        return list.valueStream().filter(JsonNode::isObject).toList();
    }

    private static void wrap(ObjectNode request) {
        ObjectNode exactly = Json.object();
        for (String field : REQUEST_FIELDS) {
            JsonNode value = request.remove(field);
            if (value != null && !value.isNull()) {
                exactly.set(field, value);
            }
        }
        if (!exactly.isEmpty()) {
            request.set("exactly", exactly);
        }
    }

    private static void unwrap(ObjectNode request) {
        if (request.remove("exactly") instanceof ObjectNode exactly) {
            request.setAll(exactly);
        }
    }

    static void sliceFromBeta(ObjectNode slice) {
        for (JsonNode device : objects(slice.path("spec").path("devices"))) {
            if (((ObjectNode) device).remove("basic") instanceof ObjectNode basic) {
                ((ObjectNode) device).setAll(basic);
            }
        }
    }

    static void sliceToBeta(ObjectNode slice) {
        for (JsonNode device : objects(slice.path("spec").path("devices"))) {
            ObjectNode basic = ((ObjectNode) device).deepCopy();
            basic.remove(NAME);
            ((ObjectNode) device).retain(NAME).set("basic", basic);
        }
    }
}
