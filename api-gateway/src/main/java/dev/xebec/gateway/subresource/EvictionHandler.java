package dev.xebec.gateway.subresource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.Write;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.cache.StoreKey;
import dev.xebec.gateway.registry.Decision;
import dev.xebec.gateway.admission.Admission;
import dev.xebec.gateway.admission.WriteRequest;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.gateway.registry.ObjectRegistry.Mode;
import dev.xebec.gateway.registry.Outcome;
import dev.xebec.gateway.registry.Present;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Handler;
import dev.xebec.gateway.request.RequestInfo;
import dev.xebec.gateway.request.Verb;
import dev.xebec.gateway.webhook.Operation;
import dev.xebec.gateway.write.BodyReader;
import dev.xebec.gateway.write.SpokenChange;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.selector.LabelSelector;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Evicts a pod: deletes it where its disruption budget has room. The budget is charged and the pod marked in one
 * transaction, on the condition that both are as they were judged; then the pod is deleted like any other.
 */
final class EvictionHandler implements Handler {
    private static final GroupVersionKind KIND = new GroupVersionKind("policy", "v1", "Eviction");

    private final BodyReader bodies;
    private final ObjectRegistry registry;
    private final Admission admission;
    private final Handler deleteVerb;
    private final InstantSource clock;
    private final Kind budgets;
    private final Kind spoken;

    /** @param deleteVerb that asks no webhooks: they are asked about the eviction */
    EvictionHandler(KindRegistry kinds, BodyReader bodies, ObjectRegistry registry, Admission admission,
            Handler deleteVerb, InstantSource clock) {
        this.admission = admission;
        this.bodies = bodies;
        this.registry = registry;
        this.deleteVerb = deleteVerb;
        this.clock = clock;
        this.spoken = ScaleView.spoken(kinds, KIND, List.of());
        this.budgets = kinds.byResource("policy", "v1", "poddisruptionbudgets").orElseThrow();
    }

    @Override
    public Answer handle(Call call) {
        RequestInfo info = call.info();
        if (info.verb() != Verb.CREATE) {
            throw new RejectedException(Status.methodNotAllowed(info.verb().word(), info.servedResource()));
        }
        SpokenChange change = SpokenChange.creating(call, bodies, spoken);
        ObjectNode eviction = change.whole();
        String namespace = eviction.path("metadata").path("namespace").asText("");
        if (!namespace.isEmpty() && !namespace.equals(info.namespace())) {
            throw new RejectedException(Status.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request"));
        }
        String named = eviction.path("metadata").path("name").asText("");
        if (!named.equals(info.name())) {
            throw new RejectedException(Status.badRequest("name in URL does not match name in Eviction object"));
        }
        boolean dry = !call.query("dryRun").isEmpty() || !eviction.at("/deleteOptions/dryRun").isEmpty();
        Mode mode = dry ? Mode.DRY_RUN : Mode.REAL;
        ObjectNode admitted = admission.other(WriteRequest.of(call, mode), info.key(), KIND, Operation.CREATE, eviction,
                null);
        ObjectNode options = admitted.get("deleteOptions") instanceof ObjectNode given ? given : Json.object();
        String uid = charge(info, options, mode);
        only(options, uid);
        Answer deleted = deleteVerb.handle(deletion(call, options));
        return change.warned(deleted instanceof Answer.Body ? Answer.json(201, success()) : deleted);
    }

    /** The uid of the pod that was judged. */
    private String charge(RequestInfo info, ObjectNode options, Mode mode) {
        ObjectKey key = info.key();
        Outcome judged = registry.write(info.servedKind(), key, mode, present -> {
            if (!present.exists()) {
                throw new RejectedException(Status.notFound(GroupVersionResource.PODS, key.name()));
            }
            checkPreconditions(options.path("preconditions"), present);
            return decide(present.existing(), clock.instant());
        });
        return ApiObject.parse(judged.json().array()).uid();
    }

    /**
     * The deletion is of the pod that was judged, by its uid: another may have its name by now. Its revision is another since
     * it was marked.
     */
    private static void only(ObjectNode options, String uid) {
        ObjectNode preconditions = options.get("preconditions") instanceof ObjectNode there
                ? there
                : options.putObject("preconditions");
        preconditions.remove("resourceVersion");
        preconditions.put("uid", uid);
    }

    private Decision decide(ApiObject pod, Instant now) {
        List<CachedObject> protecting = registry.newest().in(StoreKey.resourceOf(budgets), pod.namespace()).values()
                .stream().filter(budget -> selects(budget.parse(), pod)).toList();
        ObjectNode charged = Eviction.granted(pod, protecting.stream().map(CachedObject::parse).toList(), now);
        ObjectNode marked = Eviction.marked(pod, now);
        if (charged == null) {
            return marked == null || pod.deleting() ? new Decision.Keep() : new Decision.Put(marked);
        }
        CachedObject budget = protecting.get(0);
        String budgetKey = StoreKey.of(budgets, budget.key().namespace(), budget.key().name());
        return new Decision.Put(marked == null ? pod.copy() : marked, 0,
                List.of(new Guard.ModRevision(budgetKey, budget.revision())),
                List.of(new Write.Put(budgetKey, Bytes.of(ObjectRegistry.stored(charged)), 0)));
    }

    private static boolean selects(ApiObject budget, ApiObject pod) {
        return LabelSelector.of(budget.spec().path("selector")).matches(pod.labels());
    }

    private static void checkPreconditions(JsonNode preconditions, Present present) {
        ApiObject pod = present.existing();
        String uid = preconditions.path("uid").asText("");
        String revision = preconditions.path("resourceVersion").asText("");
        boolean sameUid = uid.isEmpty() || uid.equals(pod.uid());
        boolean sameRevision = revision.isEmpty() || revision.equals(Long.toString(present.revision()));
        if (!sameUid) {
            throw new RejectedException(Status.conflict(new GroupVersionResource("", "v1", "Pod"), pod.name(),
                    "the UID in the precondition (" + uid + ") does not match the UID in record (" + pod.uid()
                            + "). The object might have been deleted and then recreated"));
        }
        if (!sameRevision) {
            throw new RejectedException(Status.conflict(GroupVersionResource.PODS, pod.name(),
                    "Precondition failed: ResourceVersion in precondition: " + revision
                            + ", ResourceVersion in object meta: " + present.revision()));
        }
    }

    /** The same request as a DELETE of the pod. */
    private static Call deletion(Call call, ObjectNode options) {
        RequestInfo info = call.info();
        String path = GroupVersionResource.PODS.path(info.namespace(), info.name());
        if (!call.query("dryRun").isEmpty()) {
            options.putArray("dryRun").add("All");
        }
        ApiRequest request = new ApiRequest("DELETE", path, Map.of(), "application/json", "",
                Bytes.of(Json.bytes(options)), call.user(), call.request().userAgent());
        return new Call(request, new RequestInfo(Verb.DELETE, path, info.resource(), info.kind(), info.namespace(),
                info.name(), "", ""), call.auditId(), "");
    }

    private static ObjectNode success() {
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        return status.put("status", "Success").put("code", 201);
    }
}
