package dev.xebec.kit.reconcile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.kit.client.ApiResult;
import dev.xebec.kit.client.Resources;
import dev.xebec.kit.informer.Cache;
import dev.xebec.kit.informer.CustomResources;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.status.Status;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Performs actions and judges what the server says to them. */
final class Actions {
    /** Between two tries to evict a pod that its budgets protect. */
    static final Duration EVICTION_PAUSE = Duration.ofSeconds(5);
    private static final int TOO_MANY_REQUESTS = 429;

    private final Resources resources;
    private final Events events;
    private final Set<GroupVersionResource> cached;
    private final Supplier<Cache> caches;

    /**
     * @param cached resources whose writes the cache will show
     * @param caches says in which versions custom resources are served
     */
    Actions(Resources resources, Events events, Set<GroupVersionResource> cached, Supplier<Cache> caches) {
        this.caches = caches;
        this.resources = resources;
        this.events = events;
        this.cached = cached;
    }

    Outcome perform(Action action) {
        try {
            return switch (action) {
                case Action.Create create -> judged(resources.create(create.resource(), create.object()),
                        create.resource(), "AlreadyExists");
                case Action.Update update -> judged(resources.update(update.resource(), update.object()),
                        update.resource(), "NotFound");
                case Action.UpdateStatus update -> judged(resources.updateStatus(update.resource(), update.object()),
                        update.resource(), "NotFound");
                case Action.MergePatch patch ->
                    judged(resources.merge(served(patch.resource()), patch.key().namespace(),
                            patch.key().name(), patch.subresource(), patch.patch()), patch.resource(), "NotFound");
                case Action.Apply apply ->
                    judged(resources.apply(apply.resource(), apply.key(), apply.subresource(), apply.wanted(),
                            apply.manager()), apply.resource(), "NotFound");
                case Action.Delete delete -> judged(delete(delete), delete.resource(), "NotFound");
                case Action.Evict evict -> evict(evict);
                case Action.Emit emit -> {
                    events.emit(emit.about(), emit.type(), emit.reason(), emit.message());
                    yield new Outcome.Done(0);
                }
            };
        } catch (UnavailableException unavailable) {
            return new Outcome.Failed(String.valueOf(unavailable.getMessage()), Duration.ZERO);
        }
    }

    private GroupVersionResource served(GroupVersionResource resource) {
        GroupVersionResource served = CustomResources.served(caches.get(), resource);
        if (served == null) {
            throw new UnavailableException(resource.groupResource() + " is served in no version");
        }
        return served;
    }

    /** @param stale the reason, beside Conflict, that means an old picture */
    private Outcome judged(ApiResult result, GroupVersionResource resource, String stale) {
        return switch (result) {
            case ApiResult.Ok ok ->
                new Outcome.Done(CustomResources.among(cached, resource) ? ok.object().revision() : 0);
            case ApiResult.Refused refused -> {
                Status status = refused.status();
                yield status.reason().equals("Conflict") || status.reason().equals(stale)
                        ? new Outcome.Stale(status.message())
                        : new Outcome.Failed(status.code() + " " + status.reason() + ": " + status.message(),
                                Duration.ofSeconds(status.retryAfterSeconds()));
            }
        };
    }

    private ApiResult delete(Action.Delete delete) {
        @Nullable
        Integer grace = delete.graceSeconds() < 0 ? null : Integer.valueOf(delete.graceSeconds());
        return resources.delete(served(delete.resource()), delete.key(), delete.uid(), delete.revision(), grace,
                delete.propagation());
    }

    private Outcome evict(Action.Evict evict) {
        ObjectKey pod = evict.pod();
        ObjectNode body = Json.object().put("apiVersion", "policy/v1").put("kind", "Eviction");
        body.putObject("metadata").put("name", pod.name()).put("namespace", pod.namespace());
        if (!evict.uid().isEmpty()) {
            body.putObject("deleteOptions").putObject("preconditions").put("uid", evict.uid());
        }
        ApiResult result = resources.post(GroupVersionResource.PODS, pod.namespace(), pod.name(), "eviction", body);
        if (result instanceof ApiResult.Refused refused && refused.status().code() == TOO_MANY_REQUESTS) {
            Duration asked = Duration.ofSeconds(refused.status().retryAfterSeconds());
            return new Outcome.Later(asked.compareTo(EVICTION_PAUSE) > 0 ? asked : EVICTION_PAUSE);
        }
        return judged(result, GroupVersionResource.PODS, "NotFound");
    }
}
