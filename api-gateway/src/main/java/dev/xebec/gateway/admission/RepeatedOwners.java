package dev.xebec.gateway.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Owner references that say the same as an earlier one of their object: they are dropped, and the client is told.
 *
 * <p>Source: apiserver {@code endpoints/handlers/rest.go}, dedupOwnerReferencesAndAddWarning.
 */
final class RepeatedOwners {
    private RepeatedOwners() {}

    /** Of a body as it came. The result of a patch is looked at only once admission is done with it. */
    static void dropSent(WriteRequest request, ObjectNode tree) {
        if (!request.isPatch()) {
            drop(request, tree, "");
        }
    }

    static void dropAdmitted(WriteRequest request, ObjectNode tree) {
        drop(request, tree, " after mutating admission happens");
    }

    private static void drop(WriteRequest request, ObjectNode tree, String when) {
        if (!(tree.path("metadata").path("ownerReferences") instanceof ArrayNode owners) || owners.size() < 2) {
            return;
        }
        List<JsonNode> kept = new ArrayList<>();
        List<String> repeated = new ArrayList<>();
        for (JsonNode owner : owners) {
            if (kept.stream().anyMatch(before -> Json.same(before, owner))) {
                repeated.add(owner.path("uid").asText(""));
            } else {
                kept.add(owner);
            }
        }
        if (!repeated.isEmpty()) {
            owners.removeAll();
            owners.addAll(kept);
            request.warn(".metadata.ownerReferences contains duplicate entries" + when + "; API server dedups owner "
                    + "references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; "
                    + "duplicate UID(s) observed: " + String.join(", ", repeated));
        }
    }
}
