package dev.xebec.gateway.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.selector.LabelSelector;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a webhook is to be asked about a request, and about which version of its object.
 *
 * <p>Source: apiserver {@code pkg/admission/plugin/webhook/generic/webhook.go}, ShouldCallHook, and
 * {@code …/webhook/predicates/*}.
 */
final class Matching {
    private static final String NAMESPACES = "/namespaces";

    private final Supplier<StoreImage> images;
    private final Supplier<StoreImage> newest;
    private final Supplier<KindRegistry> kinds;
    private final Versions versions;

    Matching(Supplier<StoreImage> images, Supplier<StoreImage> newest, Supplier<KindRegistry> kinds,
            Versions versions) {
        this.images = images;
        this.newest = newest;
        this.kinds = kinds;
        this.versions = versions;
    }

    /** Null where it is not asked. Refuses where that cannot be told. */
    @Nullable
    Invocation of(Webhook webhook, Attributes asked) {
        Invocation invocation = byRules(webhook, asked);
        if (invocation == null || !objectMatches(webhook.objects(), asked)
                || !namespaceMatches(webhook.namespaces(), asked)) {
            return null;
        }
        return webhook.conditions().hold(invocation, asked, versions) ? invocation : null;
    }

    private @Nullable Invocation byRules(Webhook webhook, Attributes asked) {
        for (Rule rule : webhook.rules()) {
            if (rule.matches(asked, asked.resource())) {
                return new Invocation(webhook, asked.resource(), asked.kind());
            }
        }
        return webhook.exact() ? null : equivalent(webhook, asked);
    }

    /** Earlier rules come first; a rule that would not match in any version costs no search. */
    private @Nullable Invocation equivalent(Webhook webhook, Attributes asked) {
        for (Rule rule : webhook.rules()) {
            if (!rule.matchesVersionAside(asked)) {
                continue;
            }
            for (Kind other : kinds.get().all()) {
                GroupVersionResource resource = other.resource();
                boolean same = resource.group().equals(asked.resource().group())
                        && resource.resource().equals(asked.resource().resource());
                if (same && !resource.equals(asked.resource()) && rule.matches(asked, resource)) {
                    return new Invocation(webhook, resource, kind(other, asked));
                }
            }
        }
        return null;
    }

    private static GroupVersionKind kind(Kind other, Attributes asked) {
        Kind.Subresource part = other.subresources().get(asked.subresource());
        return asked.subresource().isEmpty() || part == null ? other.name() : part.kind();
    }

    /** The new object's labels or the old one's. */
    private static boolean objectMatches(LabelSelector selector, Attributes asked) {
        return selector.isEmpty() || matches(selector, asked.object()) || matches(selector, asked.oldObject());
    }

    private static boolean matches(LabelSelector selector, @Nullable ObjectNode object) {
        return object != null && selector.matches(ApiObject.strings(object.path("metadata").path("labels")));
    }

    /** What is cluster-scoped is never exempt, a Namespace goes by its own labels. */
    private boolean namespaceMatches(LabelSelector selector, Attributes asked) {
        if (selector.isEmpty() || (asked.namespace().isEmpty() && !asked.ofNamespace())) {
            return true;
        }
        ObjectNode own = asked.object();
        boolean written = asked.operation() == Operation.CREATE || asked.operation() == Operation.UPDATE;
        if (asked.ofNamespace() && asked.subresource().isEmpty() && written && own != null) {
            return matches(selector, own);
        }
        return selector.matches(labels(asked.namespace()));
    }

    private Map<String, String> labels(String namespace) {
        for (Supplier<StoreImage> source : List.of(images, newest)) {
            CachedObject found = source.get().get(NAMESPACES, "", namespace);
            if (found != null) {
                return found.labels(java.util.Set.of());
            }
        }
        throw new RejectedException(Status.notFound(GroupVersionResource.NAMESPACES, namespace));
    }
}
