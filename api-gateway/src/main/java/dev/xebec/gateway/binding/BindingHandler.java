package dev.xebec.gateway.binding;

import java.util.ArrayList;
import java.time.Instant;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.kind.Kind;
import dev.xebec.gateway.write.SpokenChange;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.api.BindRequest.Bind;
import dev.xebec.contracts.api.BindRequest.Outcome;
import dev.xebec.contracts.api.BindRequest.Result;
import dev.xebec.gateway.allocation.NodeAllocations;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.admission.Admission;
import dev.xebec.gateway.admission.WriteRequest;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.gateway.registry.ObjectRegistry.Mode;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Handler;
import dev.xebec.gateway.request.Verb;
import dev.xebec.gateway.webhook.Operation;
import dev.xebec.gateway.write.BodyReader;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.List;

/**
 * Binds one pod: {@code POST …/pods/NAME/binding}, and the older {@code POST …/bindings}. It names no versions, so it is
 * tried again where somebody else was quicker.
 */
public final class BindingHandler implements Handler {
    /** Times that others may be quicker. */
    private static final int MAX_ATTEMPTS = 32;
    private static final GroupVersionKind KIND = new GroupVersionKind("", "v1", "Binding");
    private static final GroupVersionResource PODS = GroupVersionResource.PODS;

    private final BodyReader bodies;
    private final ObjectRegistry registry;
    private final Admission admission;
    private final Binder binder;
    private final Kind spoken;

    /** @param kinds the built-in ones */
    public BindingHandler(KindRegistry kinds, BodyReader bodies, ObjectRegistry registry, Admission admission,
            Binder binder) {
        this.admission = admission;
        this.bodies = bodies;
        this.registry = registry;
        this.binder = binder;
        this.spoken = kinds.byKind(KIND).orElseThrow();
    }

    @Override
    public Answer handle(Call call) {
        if (call.info().verb() != Verb.CREATE) {
            throw new RejectedException(Status.methodNotAllowed(call.info().verb().word(), PODS));
        }
        SpokenChange change = SpokenChange.creating(call, bodies, spoken);
        ObjectNode binding = change.whole();
        String namespace = call.info().namespace();
        checkNamespace(call, binding);
        if (!call.info().name().isEmpty()) {
            checkName(call, binding);
        }
        checkTarget(binding.path("target"));
        String name = binding.path("metadata").path("name").asText("");
        if (name.isEmpty()) {
            throw new RejectedException(Status.badRequest("Name parameter required."));
        }
        // The older path drops what a client says of the uid, as of any new object.
        String uid = call.info().name().isEmpty() ? "" : binding.path("metadata").path("uid").asText("");
        checkPreconditions(namespace, name, uid, binding.path("metadata").path("resourceVersion").asText(""),
                change.mode());
        admission.other(WriteRequest.of(call, change.mode()), new ObjectKey(namespace, name), KIND, Operation.CREATE,
                binding, null);
        String node = binding.path("target").path("name").asText("");
        return change.warned(change.mode() == Mode.DRY_RUN
                ? judge(namespace, name, node)
                : bind(new Bind(namespace, name, uid, 0, node, 0,
                        ApiObject.strings(binding.path("metadata").path("labels")),
                        ApiObject.strings(binding.path("metadata").path("annotations")))));
    }

    private static void checkNamespace(Call call, ObjectNode binding) {
        String namespace = binding.path("metadata").path("namespace").asText("");
        if (!namespace.isEmpty() && !namespace.equals(call.info().namespace())) {
            throw new RejectedException(Status.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request"));
        }
    }

    private static void checkName(Call call, ObjectNode binding) {
        if (!binding.path("metadata").path("name").asText("").equals(call.info().name())) {
            throw new RejectedException(Status.badRequest("name in URL does not match name in Binding object"));
        }
    }

    /** What is wrong with a target is a fault of nobody's, it seems. Source: k/k {@code core/pod/storage/storage.go}. */
    private static void checkTarget(JsonNode target) {
        List<String> errors = new ArrayList<>();
        String kind = target.path("kind").asText("");
        if (!kind.isEmpty() && !kind.equals("Node")) {
            errors.add(FieldError.notSupported("target.kind", kind, List.of("Node", "<empty>")).toString());
        }
        if (target.path("name").asText("").isEmpty()) {
            errors.add("target.name: Required value");
        }
        if (!errors.isEmpty()) {
            throw new RejectedException(
                    Status.unexpected(errors.size() == 1 ? errors.get(0) : "[" + String.join(", ", errors) + "]"));
        }
    }

    private void checkPreconditions(String namespace, String pod, String uid, String revision, Mode mode) {
        CachedObject present = registry.newest().get(BindPlan.PODS, namespace, pod);
        if (present == null) {
            throw new RejectedException(Status.notFound(PODS, pod));
        }
        String key = (mode == Mode.DRY_RUN ? "" : "/registry") + "/pods/" + namespace + "/" + pod;
        String is = present.parse().uid();
        String differs = !uid.isEmpty() && !uid.equals(is)
                ? "UID in precondition: " + uid + ", UID in object meta: " + is
                : !revision.isEmpty() && !revision.equals(Long.toString(present.revision()))
                        ? "ResourceVersion in precondition: " + revision + ", ResourceVersion in object meta: "
                                + present.revision()
                        : "";
        if (!differs.isEmpty()) {
            throw new RejectedException(Status.conflict(PODS, pod, "StorageError: invalid object, Code: 4, Key: " + key
                    + ", ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: " + differs));
        }
    }

    /** What a bind would come to. */
    private Answer judge(String namespace, String pod, String node) {
        StoreImage image = registry.newest();
        CachedObject cached = image.get(BindPlan.PODS, namespace, pod);
        Bind bind = new Bind(namespace, pod, "", cached == null ? 0 : cached.revision(), node,
                NodeAllocations.binds(image, node));
        if (BindPlan.of(bind, image, Instant.EPOCH) instanceof BindPlan.Not not) {
            throw new RejectedException(
                    not.outcome() == Outcome.REFUSED ? refused(pod, not.message()) : gone(namespace, pod, node));
        }
        return done();
    }

    private static Status refused(String pod, String why) {
        return Status.conflict(new GroupVersionResource("", "v1", "pods/binding"), pod, why);
    }

    private static Answer done() {
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        return Answer.json(201, status.put("status", "Success").put("code", 201));
    }

    /** @param wanted from no decision: the versions that it stands on are those of now */
    private Answer bind(Bind wanted) {
        String namespace = wanted.namespace();
        String pod = wanted.pod();
        String node = wanted.node();
        StoreImage image = registry.image();
        Result last = new Result(namespace, pod, Outcome.POD_CHANGED, "");
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            CachedObject cached = image.get(BindPlan.PODS, namespace, pod);
            last = binder.bind(List.of(new Bind(namespace, pod, wanted.uid(), cached == null ? 0 : cached.revision(),
                    node, NodeAllocations.binds(image, node), wanted.labels(), wanted.annotations()))).get(0);
            switch (last.outcome()) {
                case BOUND -> {
                    return done();
                }
                case REFUSED -> throw new RejectedException(refused(pod, last.message()));
                case GONE, POD_CHANGED, NODE_TAKEN -> {
                    boolean stillGone = last.outcome() == Outcome.GONE && attempt > 0;
                    if (stillGone) {
                        throw new RejectedException(gone(namespace, pod, node));
                    }
                    image = registry.newest();
                }
            }
        }
        throw new RejectedException(refused(pod, "others were quicker each time: " + last.message()));
    }

    private Status gone(String namespace, String pod, String node) {
        return registry.image().get(BindPlan.PODS, namespace, pod) == null
                ? Status.notFound(PODS, pod)
                : registry.image().get(BindPlan.NODES, "", node) == null
                        ? Status.notFound(GroupVersionResource.NODES, node)
                        : Status.conflict(PODS, pod, "the pod has another uid");
    }
}
