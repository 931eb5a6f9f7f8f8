package dev.xebec.gateway.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.gateway.registry.ObjectRegistry.Mode;
import dev.xebec.gateway.request.Call;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to delete; comes in the body or the query.
 *
 * @param graceSeconds null for the object's own
 * @param propagation Background, Foreground, Orphan, or empty for the kind's default
 * @param uid precondition, empty for none
 * @param resourceVersion precondition, empty for none
 */
record DeleteOptions(@Nullable Long graceSeconds, String propagation, String uid, String resourceVersion, Mode mode) {
    private static final GroupVersionKind KIND = new GroupVersionKind("meta.k8s.io", "v1", "DeleteOptions");

    static DeleteOptions of(Call call, BodyReader bodies) {
        ObjectNode options = call.body().isEmpty() ? Json.object() : bodies.read(call);
        String kind = options.path("kind").asText("");
        if (!kind.isEmpty() && !kind.equals("DeleteOptions")) {
            throw new RejectedException(Status.badRequest("the body of a delete has to be DeleteOptions, not " + kind));
        }
        fromQuery(call, options, "gracePeriodSeconds");
        fromQuery(call, options, "propagationPolicy");
        fromQuery(call, options, "orphanDependents");
        return new DeleteOptions(grace(options.path("gracePeriodSeconds")), propagation(options),
                options.path("preconditions").path("uid").asText(""),
                options.path("preconditions").path("resourceVersion").asText(""),
                WriteOptions.mode(dryRun(call, options), "DeleteOptions"));
    }

    /** As webhooks are shown them. */
    ObjectNode toTree() {
        ObjectNode tree = Json.object().put("kind", KIND.kind()).put("apiVersion", KIND.apiVersion());
        if (graceSeconds != null) {
            tree.put("gracePeriodSeconds", graceSeconds);
        }
        if (!uid.isEmpty() || !resourceVersion.isEmpty()) {
            ObjectNode preconditions = tree.putObject("preconditions");
            if (!uid.isEmpty()) {
                preconditions.put("uid", uid);
            }
            if (!resourceVersion.isEmpty()) {
                preconditions.put("resourceVersion", resourceVersion);
            }
        }
        if (!propagation.isEmpty()) {
            tree.put("propagationPolicy", propagation);
        }
        if (mode == Mode.DRY_RUN) {
            tree.putArray("dryRun").add("All");
        }
        return tree;
    }

    private static void fromQuery(Call call, ObjectNode options, String name) {
        if (!options.has(name) && !call.query(name).isEmpty()) {
            options.put(name, call.query(name));
        }
    }

    private static String dryRun(Call call, ObjectNode options) {
        JsonNode inBody = options.path("dryRun");
        return inBody.isArray() && !inBody.isEmpty() ? inBody.get(0).asText() : call.query("dryRun");
    }

    private static @Nullable Long grace(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        try {
            long seconds = Long.parseLong(value.asText());
            return seconds < 0 ? 1L : seconds;
        } catch (NumberFormatException malformed) {
            throw new RejectedException(Status.badRequest("gracePeriodSeconds has to be a number"));
        }
    }

    private static String propagation(ObjectNode options) {
        String policy = options.path("propagationPolicy").asText("").replace("null", "");
        JsonNode orphan = options.path("orphanDependents");
        boolean says = !orphan.isMissingNode() && !orphan.isNull();
        if (says && !policy.isEmpty()) {
            throw new RejectedException(Status.invalid(KIND, "", List.of(FieldError.invalid("propagationPolicy", policy,
                    "orphanDependents and deletionPropagation cannot be both set"))));
        }
        if (says) {
            return orphan.asBoolean() || orphan.asText().equals("true") ? "Orphan" : "Background";
        }
        return switch (policy) {
            case "", "Background", "Foreground", "Orphan" -> policy;
            default -> throw new RejectedException(Status.invalid(KIND, "", List.of(FieldError
                    .notSupported("propagationPolicy", policy, List.of("Foreground", "Background", "Orphan")))));
        };
    }
}
