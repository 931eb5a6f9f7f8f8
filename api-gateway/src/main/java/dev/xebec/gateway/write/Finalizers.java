package dev.xebec.gateway.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.ArrayList;
import java.util.List;

/** Who still has work to do before an object may go. */
final class Finalizers {
    static final String FOREGROUND = "foregroundDeletion";
    static final String ORPHAN = "orphan";

    private Finalizers() {}

    /** Whether anything holds the object: of its metadata, or of its spec as Namespaces have it. */
    static boolean remain(ObjectNode tree) {
        return !tree.path("metadata").path("finalizers").isEmpty()
                || (tree.path("spec").path("finalizers").isArray() && !tree.path("spec").path("finalizers").isEmpty());
    }

    /** An object that is going gets no new finalizers. */
    static void checkNoneAdded(Kind kind, ObjectNode merged, ApiObject stored) {
        if (!stored.deleting()) {
            return;
        }
        List<String> added = new ArrayList<>();
        for (JsonNode finalizer : merged.path("metadata").path("finalizers")) {
            if (!stored.finalizers().contains(finalizer.asText())) {
                added.add(finalizer.asText());
            }
        }
        if (!added.isEmpty()) {
            throw new RejectedException(Status.invalid(kind.name(), stored.name(),
                    List.of(FieldError.forbidden("metadata.finalizers",
                            "no new finalizers can be added if the object is being deleted, found new finalizers "
                                    + added))));
        }
    }
}
