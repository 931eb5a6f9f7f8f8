package dev.xebec.gateway.access;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.model.object.Json;

/** A user as reviews describe one. */
final class Identity {
    private static final String AUTHENTICATED = "system:authenticated";

    private Identity() {}

    /** The status of a SelfSubjectReview. */
    static ObjectNode of(ApiRequest.User user) {
        ObjectNode status = Json.object();
        status.set("userInfo", userInfo(user));
        return status;
    }

    /** With the group that everybody who is somebody is in. */
    static ObjectNode userInfo(ApiRequest.User user) {
        ObjectNode info = Json.object().put("username", user.name());
        ArrayNode groups = info.putArray("groups");
        user.groups().forEach(groups::add);
        if (!user.groups().contains(AUTHENTICATED)) {
            groups.add(AUTHENTICATED);
        }
        return info;
    }
}
