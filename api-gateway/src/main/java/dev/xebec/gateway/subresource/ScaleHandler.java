package dev.xebec.gateway.subresource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.gateway.admission.WriteRequest;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.cache.StoreKey;
import dev.xebec.gateway.conversion.Conversions;
import dev.xebec.gateway.admission.Admission;
import dev.xebec.gateway.admission.WriteRequest;
import dev.xebec.gateway.encode.Encoder;
import dev.xebec.gateway.encode.OutputForm;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.gateway.registry.ObjectRegistry.Mode;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Handler;
import dev.xebec.gateway.request.RequestInfo;
import dev.xebec.gateway.request.Verb;
import dev.xebec.gateway.webhook.Operation;
import dev.xebec.gateway.write.ApplyVerb;
import dev.xebec.gateway.write.BodyReader;
import dev.xebec.gateway.write.SpokenChange;
import dev.xebec.gateway.read.ReadRevision;
import dev.xebec.model.custom.CustomType.ScalePaths;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.managed.FieldPath;
import dev.xebec.model.managed.ScaleOwnership;
import dev.xebec.model.managed.ServerSideApply;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import dev.xebec.model.patch.Patches;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The scale of a workload: read, replaced or patched. A change becomes a merge patch of the workload's
 * {@code spec.replicas} and goes the way of any patch, so that the workload's own rules hold.
 */
final class ScaleHandler implements Handler {
    /** Times that others may change the workload while a patch of its scale is worked out. */
    private static final int MAX_ATTEMPTS = 32;
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String APPLY = "application/apply-patch+yaml";

    private final KindRegistry kinds;
    private final BodyReader bodies;
    private final ObjectRegistry registry;
    private final Admission admission;
    private final Subresources.Ownership ownership;
    private final Conversions conversions;
    private final Encoder encoder;
    private final Kind scale;

    ScaleHandler(KindRegistry kinds, BodyReader bodies, ObjectRegistry registry, Admission admission,
            Subresources.Ownership ownership, Conversions conversions, Encoder encoder) {
        this.encoder = encoder;
        this.admission = admission;
        this.conversions = conversions;
        this.kinds = kinds;
        this.bodies = bodies;
        this.registry = registry;
        this.ownership = ownership;
        this.scale = ScaleView.kind(kinds);
    }

    @Override
    public Answer handle(Call call) {
        OutputForm form = OutputForm.of(call);
        Answer answer = scale(call);
        return answer instanceof Answer.Body body ? shown(form, body) : answer;
    }

    private Answer.Body shown(OutputForm form, Answer.Body json) {
        Answer.Body shown = encoder.object(form, json.code(), scale, json.whole());
        for (Map.Entry<String, String> header : json.headers().entrySet()) {
            shown = shown.header(header.getKey(), header.getValue());
        }
        return shown;
    }

    private Answer scale(Call call) {
        Verb verb = call.info().verb();
        return switch (verb) {
            case GET -> read(call);
            case UPDATE -> replace(call);
            case PATCH -> patch(call);
            case LIST, WATCH, CREATE, DELETE, DELETE_COLLECTION -> throw new RejectedException(
                    Status.methodNotAllowed(verb.word(), call.info().servedResource()));
        };
    }

    private Answer read(Call call) {
        ReadRevision.parse(call.query("resourceVersion"));
        Kind kind = call.info().servedKind();
        ApiObject workload = workload(call);
        ScalePaths paths = kind.custom() == null ? null : kind.custom().scale();
        if (paths != null) {
            CustomScale.check(workload, paths);
        }
        return Answer.json(200, ScaleView.of(kind, workload));
    }

    private ApiObject workload(Call call) {
        RequestInfo info = call.info();
        CachedObject found = registry.newest().get(StoreKey.resourceOf(info.servedKind()), info.namespace(),
                info.name());
        if (found == null) {
            throw new RejectedException(Status.notFound(info.servedResource(), info.name()));
        }
        return conversions.shown(info.servedKind(), found).parse();
    }

    private Answer replace(Call call) {
        SpokenChange change = SpokenChange.replacing(call, bodies, scale);
        if (change.whole().path("metadata").path("name").asText("").isEmpty()) {
            throw new RejectedException(Status.badRequest("the name of the object (" + call.info().name()
                    + " based on URL) was undeterminable: name must be provided"));
        }
        return change(call, change);
    }

    private Answer patch(Call call) {
        return BodyReader.mediaType(call).equals(APPLY)
                ? apply(call)
                : change(call, SpokenChange.patching(call, scale));
    }

    /** A change is made to the Scale as it is; where the workload changes meanwhile, to the newer one. */
    private Answer change(Call call, SpokenChange change) {
        String manager = WriteRequest.of(call, ObjectRegistry.Mode.REAL).fieldManager();
        return change.warned(attempt(call, workload -> {
            ObjectNode present = ScaleView.of(call.info().servedKind(), workload);
            ObjectNode after = change.of(present);
            int before = present.path("spec").path("replicas").asInt(0);
            boolean another = ScaleView.replicas(after, call.info().name()) != before;
            return new Wanted(after, another ? ownership(call, workload).written(manager) : null);
        }));
    }

    private Answer apply(Call call) {
        ApplyVerb.checkOptions(call);
        ObjectNode config = ApplyVerb.config(call);
        WriteRequest request = WriteRequest.of(call, ObjectRegistry.Mode.REAL);
        return attempt(call, workload -> {
            ScaleOwnership parent = ownership(call, workload);
            ObjectNode before = ScaleView.of(call.info().servedKind(), workload);
            if (before.get("metadata") instanceof ObjectNode metadata) {
                metadata.set("managedFields", parent.ofScale());
            }
            ObjectNode after = ServerSideApply.apply(ownership.owners().writing(request, scale, "scale"), before,
                    config,
                    call.flag("force"));
            return new Wanted(after, parent.applied(after));
        });
    }

    /** A Scale that is wanted, and the workload's managed fields with it; null for those that it has. */
    private record Wanted(ObjectNode scale, @Nullable ArrayNode managedFields) {}

    private Answer attempt(Call call, Function<ApiObject, Wanted> change) {
        for (int attempt = 1;; attempt++) {
            ApiObject workload = workload(call);
            Wanted wanted = change.apply(workload);
            String revision = wanted.scale().path("metadata").path("resourceVersion").asText("");
            boolean named = !revision.isEmpty() && !revision.equals(Long.toString(workload.revision()));
            try {
                return write(call, wanted, workload);
            } catch (RejectedException refused) {
                if (refused.status().code() != 409 || named || attempt == MAX_ATTEMPTS) {
                    throw refused;
                }
            }
        }
    }

    private static ScaleOwnership ownership(Call call, ApiObject workload) {
        Kind kind = call.info().servedKind();
        ScalePaths paths = kind.custom() == null ? null : kind.custom().scale();
        FieldPath replicas = paths == null ? FieldPath.of("spec", "replicas") : CustomScale.wanted(paths);
        return new ScaleOwnership(workload.tree(), kind.name().apiVersion(), apiVersion -> replicas);
    }

    private Answer write(Call call, Wanted wanted, ApiObject workload) {
        ObjectNode scale = wanted.scale();
        String name = call.info().name();
        JsonNode metadata = scale.path("metadata");
        String named = metadata.path("name").asText("");
        if (!named.isEmpty() && !named.equals(name)) {
            throw new RejectedException(Status.badRequest("the name of the object (" + named
                    + ") does not match the name on the URL (" + name + ")"));
        }
        String namespace = metadata.path("namespace").asText("");
        if (!namespace.isEmpty() && !namespace.equals(call.info().namespace())) {
            throw new RejectedException(Status.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request"));
        }
        ObjectNode admitted = admitted(call, scale);
        ObjectNode patch = Json.object();
        ObjectNode conditions = Json.object();
        for (String field : List.of("uid", "resourceVersion")) {
            if (metadata.path(field).isTextual() && !metadata.path(field).asText().isEmpty()) {
                conditions.set(field, metadata.get(field));
            }
        }
        if (wanted.managedFields() != null) {
            conditions.set("managedFields", wanted.managedFields());
            if (!conditions.has("resourceVersion")) {
                conditions.put("resourceVersion", Long.toString(workload.revision()));
            }
        }
        patch.set("metadata", conditions);
        int replicas = ScaleView.replicas(admitted, name);
        Kind kind = call.info().servedKind();
        ScalePaths paths = kind.custom() == null ? null : kind.custom().scale();
        if (paths == null) {
            patch.putObject("spec").put("replicas", replicas);
        } else {
            CustomScale.want(patch, paths, replicas);
        }
        return scaleOf(kind, ownership.patch().handle(onWorkload(call, patch)));
    }

    /** The wanted scale as webhooks leave it; they see the one that there is besides. */
    private ObjectNode admitted(Call call, ObjectNode scale) {
        Mode mode = call.query("dryRun").isEmpty() ? Mode.REAL : Mode.DRY_RUN;
        WriteRequest request = WriteRequest.of(call, mode);
        if (!admission.asks(request, Operation.UPDATE)) {
            return scale;
        }
        ObjectNode before = ScaleView.of(call.info().servedKind(), workload(call));
        return admission.other(request, call.info().key(), ScaleView.KIND, Operation.UPDATE, scale, before);
    }

    /** The same request as a merge patch of the workload itself. */
    private static Call onWorkload(Call call, ObjectNode patch) {
        RequestInfo info = call.info();
        Kind kind = info.servedKind();
        ApiRequest asked = call.request();
        String path = kind.resource().path(info.namespace(), info.name());
        Map<String, String> query = new LinkedHashMap<>(asked.query());
        query.remove("fieldValidation");
        if (BodyReader.mediaType(call).equals(APPLY)) {
            query.remove("force");
        }
        ApiRequest request = new ApiRequest("PATCH", path, query, MERGE_PATCH, "", Bytes.of(Json.bytes(patch)),
                asked.user(), asked.userAgent());
        RequestInfo about = new RequestInfo(Verb.PATCH, path, info.resource(), kind, info.namespace(), info.name(), "",
                "");
        return new Call(request, about, call.auditId(), "");
    }

    private static Answer scaleOf(Kind kind, Answer answer) {
        return answer instanceof Answer.Body body && body.code() == 200
                ? new Answer.Body(200, Answer.JSON, body.headers(), List.of(
                        Bytes.of(Json.bytes(ScaleView.of(kind, ApiObject.parse(body.whole().array()))))))
                : answer;
    }
}
