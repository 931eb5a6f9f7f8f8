package dev.xebec.gateway.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.gateway.registry.ObjectRegistry.Mode;
import dev.xebec.gateway.request.Call;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How to delete; comes in the body or the query.
 *
 * @param graceSeconds null for the object's own
 * @param propagation Background, Foreground, Orphan, or empty for the kind's default
 * @param uid precondition, null for none; an empty one is that of no object
 * @param resourceVersion precondition, null for none
 * @param toldApart whether the code of the answer says that the object is not gone yet: for old clients, which say {@code
 *     orphanDependents=false}
 */
record DeleteOptions(@Nullable Long graceSeconds, String propagation, @Nullable String uid,
        @Nullable String resourceVersion, Mode mode,
        boolean toldApart) {
    private static final GroupVersionKind KIND = new GroupVersionKind("meta.k8s.io", "v1", "DeleteOptions");
    private static final Set<String> POLICIES = Set.of("Foreground", "Background", "Orphan");

    /** What stands in the query counts where there is no body. Source: apiserver {@code endpoints/handlers/delete.go}. */
    static DeleteOptions of(Call call, BodyReader bodies) {
        ObjectNode options = call.body().isEmpty() ? ofQuery(call) : bodies.options(call, KIND);
        OptionTypes.check(options);
        List<String> dryRun = new ArrayList<>();
        options.path("dryRun").forEach(stage -> dryRun.add(stage.asText()));
        String propagation = checked(options, dryRun);
        JsonNode grace = options.path("gracePeriodSeconds");
        Long seconds = grace.isNumber() ? Long.valueOf(grace.longValue()) : null;
        return new DeleteOptions(seconds == null || seconds >= 0 ? seconds : Long.valueOf(1), propagation,
                options.path("preconditions").path("uid").textValue(),
                options.path("preconditions").path("resourceVersion").textValue(), WriteOptions.mode(dryRun),
                options.path("orphanDependents").isBoolean() && !options.path("orphanDependents").asBoolean());
    }

    private static ObjectNode ofQuery(Call call) {
        ObjectNode options = Json.object();
        Long grace = call.number("gracePeriodSeconds");
        if (grace != null) {
            options.put("gracePeriodSeconds", grace);
        }
        if (call.request().query().containsKey("propagationPolicy")) {
            options.put("propagationPolicy", call.query("propagationPolicy"));
        }
        if (call.request().query().containsKey("orphanDependents")) {
            options.put("orphanDependents", call.flag("orphanDependents"));
        }
        call.words("dryRun").forEach(options.withArray("dryRun")::add);
        return options;
    }

    /** The policy, empty for the kind's own. Source: apimachinery {@code apis/meta/v1/validation}. */
    private static String checked(ObjectNode options, List<String> dryRun) {
        JsonNode policy = options.path("propagationPolicy");
        JsonNode orphan = options.path("orphanDependents");
        List<FieldError> errors = new ArrayList<>();
        if (policy.isTextual() && orphan.isBoolean()) {
            errors.add(FieldError.invalid("propagationPolicy", policy,
                    "orphanDependents and deletionPropagation cannot be both set"));
        }
        if (policy.isTextual() && !POLICIES.contains(policy.textValue())) {
            errors.add(FieldError.notSupported("propagationPolicy", policy,
                    List.of("Foreground", "Background", "Orphan", "nil")));
        }
        errors.addAll(WriteOptions.checkDryRun(dryRun));
        if (!errors.isEmpty()) {
            throw WriteOptions.refused(KIND.kind(), errors);
        }
        return orphan.isBoolean() ? (orphan.booleanValue() ? "Orphan" : "Background") : policy.asText("");
    }

    /** As webhooks are shown them. */
    ObjectNode toTree() {
        ObjectNode tree = Json.object().put("kind", KIND.kind()).put("apiVersion", KIND.apiVersion());
        if (graceSeconds != null) {
            tree.put("gracePeriodSeconds", graceSeconds);
        }
        if (uid != null || resourceVersion != null) {
            ObjectNode preconditions = tree.putObject("preconditions");
            if (uid != null) {
                preconditions.put("uid", uid);
            }
            if (resourceVersion != null) {
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
}
