package dev.xebec.gateway.admission;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.model.object.GroupVersionResource;

/**
 * Who asks for a certificate: a new request is stamped with its sender, whatever it says itself, for that is whom an approver
 * judges by. Source: {@code pkg/registry/certificates/certificates/strategy.go}, PrepareForCreate.
 */
final class Requester {
    private static final GroupVersionResource CERTIFICATE_REQUESTS = new GroupVersionResource("certificates.k8s.io",
            "v1",
            "certificatesigningrequests");

    private Requester() {}

    static void stamp(WriteRequest request, ObjectNode tree) {
        boolean concerns = request.kind().resource().equals(CERTIFICATE_REQUESTS);
        if (concerns && tree.get("spec") instanceof ObjectNode spec) {
            ApiRequest.User user = request.user();
            spec.remove("uid");
            spec.remove("extra");
            spec.put("username", user.name());
            ArrayNode groups = spec.putArray("groups");
            user.groups().forEach(groups::add);
        }
    }
}
