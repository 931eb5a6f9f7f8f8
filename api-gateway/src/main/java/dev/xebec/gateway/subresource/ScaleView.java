package dev.xebec.gateway.subresource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.custom.CustomType.ScalePaths;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.Kind.Column;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.Json;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.selector.LabelSelector;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A workload seen as a Scale: how many pods are wanted, how many there are, and which they are. Pure. */
final class ScaleView {
    static final GroupVersionKind KIND = new GroupVersionKind("autoscaling", "v1", "Scale");
    private static final List<String> METADATA = List.of("name", "namespace", "uid", "resourceVersion",
            "creationTimestamp");

    /** Source: k/k {@code pkg/printers/internalversion/printers.go}, printScale. */
    private static final List<Column> COLUMNS = List.of(
            new Column("Desired", "integer", "", "How many pods are wanted.", 0, ".spec.replicas"),
            new Column("Available", "integer", "", "How many pods there are.", 0, ".status.replicas"),
            new Column("Age", "string", "", "The time since the workload was made.", 0, "fn:age"));

    private ScaleView() {}

    /** A Scale as a kind: it is spoken, not stored. */
    static Kind kind(KindRegistry kinds) {
        return spoken(kinds, KIND, COLUMNS);
    }

    /** A kind of which only the body is described. */
    static Kind spoken(KindRegistry kinds, GroupVersionKind name, List<Column> columns) {
        Schema schema = kinds.body(name).orElseThrow(() -> new IllegalStateException("no description of " + name));
        String singular = name.kind().toLowerCase(Locale.ROOT);
        return new Kind(name, singular + "s", singular, name.kind() + "List", true, Set.of(), List.of(), List.of(),
                Map.of(), schema, columns, Set.of(), false, true, false, Kind.DeletePropagation.UNSUPPORTED);
    }

    /** @param kind the workload's */
    static ObjectNode of(Kind kind, ApiObject workload) {
        ObjectNode scale = Json.object().put("kind", KIND.kind()).put("apiVersion", KIND.apiVersion());
        ObjectNode metadata = scale.putObject("metadata");
        for (String field : METADATA) {
            JsonNode value = workload.metadata().get(field);
            if (value != null) {
                metadata.set(field, value);
            }
        }
        ScalePaths paths = kind.custom() == null ? null : kind.custom().scale();
        if (paths != null) {
            CustomScale.read(workload, paths, scale);
            return scale;
        }
        spec(scale, workload.spec().path("replicas").asInt(0));
        ObjectNode status = scale.putObject("status").put("replicas", workload.status().path("replicas").asInt(0));
        String selector = selector(workload.spec().path("selector"));
        if (!selector.isEmpty()) {
            status.put("selector", selector);
        }
        return scale;
    }

    /** None wanted is not said, as Go writes it. */
    static void spec(ObjectNode scale, int replicas) {
        ObjectNode spec = scale.putObject("spec");
        if (replicas != 0) {
            spec.put("replicas", replicas);
        }
    }

    /** A ReplicationController's selector is a plain map, all others' have a form of their own. */
    private static String selector(JsonNode selector) {
        boolean structured = selector.has("matchLabels") || selector.has("matchExpressions");
        return (structured ? LabelSelector.of(selector) : LabelSelector.ofMap(ApiObject.strings(selector))).toString();
    }

    /** How many pods a Scale wants; refuses what cannot be a number of pods. */
    static int replicas(ObjectNode scale, String name) {
        JsonNode spec = scale.path("spec");
        JsonNode replicas = spec.path("replicas");
        if (replicas.isMissingNode() || replicas.isNull()) {
            return 0;
        }
        if (!replicas.isIntegralNumber() || !replicas.canConvertToInt()) {
            throw new RejectedException(Status.badRequest("Scale in version \"v1\" cannot be handled as a Scale: "
                    + "spec.replicas has to be an integer of 32 bits, not " + replicas));
        }
        if (replicas.asInt() < 0) {
            throw new RejectedException(Status.invalid(KIND, name, List.of(FieldError.invalid("spec.replicas",
                    replicas.asInt(), "must be greater than or equal to 0"))));
        }
        return replicas.asInt();
    }
}
