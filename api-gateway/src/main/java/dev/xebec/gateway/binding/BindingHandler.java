package dev.xebec.gateway.binding;

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

    public BindingHandler(BodyReader bodies, ObjectRegistry registry, Admission admission, Binder binder) {
        this.admission = admission;
        this.bodies = bodies;
        this.registry = registry;
        this.binder = binder;
    }

    @Override
    public Answer handle(Call call) {
        if (call.info().verb() != Verb.CREATE) {
            throw new RejectedException(Status.methodNotAllowed(call.info().verb().word(), PODS));
        }
        ObjectNode binding = bodies.read(call);
        String name = call.info().name().isEmpty()
                ? binding.path("metadata").path("name").asText("")
                : call.info().name();
        String node = binding.path("target").path("name").asText("");
        if (node.isEmpty() || name.isEmpty()) {
            throw new RejectedException(Status.badRequest("a binding has to name a pod and a target node"));
        }
        String uid = binding.path("metadata").path("uid").asText("");
        if (!call.query("dryRun").isEmpty()) {
            throw new RejectedException(Status.badRequest("dryRun is not supported for bindings"));
        }
        admission.other(WriteRequest.of(call, Mode.REAL), new ObjectKey(call.info().namespace(), name), KIND,
                Operation.CREATE, binding, null);
        return bind(call.info().namespace(), name, uid, node);
    }

    private Answer bind(String namespace, String pod, String uid, String node) {
        StoreImage image = registry.image();
        Result last = new Result(namespace, pod, Outcome.POD_CHANGED, "");
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            CachedObject cached = image.get(BindPlan.PODS, namespace, pod);
            last = binder.bind(List.of(new Bind(namespace, pod, uid, cached == null ? 0 : cached.revision(), node,
                    NodeAllocations.binds(image, node)))).get(0);
            switch (last.outcome()) {
                case BOUND -> {
                    return Answer.json(201, Json.object().put("kind", "Status").put("apiVersion", "v1").put("status",
                            "Success").put("code", 201));
                }
                case REFUSED -> throw new RejectedException(Status.conflict(
                        new GroupVersionResource("", "v1", "pods/binding"), pod, last.message()));
                case GONE, POD_CHANGED, NODE_TAKEN -> {
                    boolean stillGone = last.outcome() == Outcome.GONE && attempt > 0;
                    if (stillGone) {
                        throw new RejectedException(gone(namespace, pod, node));
                    }
                    image = registry.newest();
                }
            }
        }
        throw new RejectedException(Status.conflict(new GroupVersionResource("", "v1", "pods/binding"), pod,
                "others were quicker each time: " + last.message()));
    }

    private Status gone(String namespace, String pod, String node) {
        return registry.image().get(BindPlan.PODS, namespace, pod) == null
                ? Status.notFound(PODS, pod)
                : registry.image().get(BindPlan.NODES, "", node) == null
                        ? Status.notFound(GroupVersionResource.NODES, node)
                        : Status.conflict(PODS, pod, "the pod has another uid");
    }
}
