package dev.xebec.controller.endpoints;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Pods;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;

/**
 * A pod behind a Service, at one of its addresses.
 *
 * @param serving answers requests, even if on its way out
 * @param ready takes new requests
 */
record Backend(ApiObject pod, String address, boolean ready, boolean serving, boolean terminating, String hostname,
        String zone) {

    ObjectNode targetRef() {
        return Json.object().put("kind", "Pod").put("namespace", pod.namespace()).put("name", pod.name()).put("uid",
                pod.uid());
    }

    String node() {
        return Pods.node(pod);
    }
}
