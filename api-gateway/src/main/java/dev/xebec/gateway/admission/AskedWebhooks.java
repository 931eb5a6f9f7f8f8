package dev.xebec.gateway.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.gateway.admission.Epochs.Mark;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.gateway.webhook.Attributes;
import dev.xebec.gateway.webhook.Mutation;
import dev.xebec.gateway.webhook.Operation;
import dev.xebec.gateway.webhook.Webhooks;
import dev.xebec.model.defaulting.Defaulting;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.validation.Shape;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The webhooks as admission asks them about a write. What they may not touch is put back. */
final class AskedWebhooks {
    /** What the server alone says of an object. */
    private static final List<String> OWN = List.of("name", "namespace", "uid", "creationTimestamp",
            "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "selfLink");
    /** What a new object has only after webhooks have changed it. */
    private static final List<String> LATER = List.of("uid", "creationTimestamp");

    private static final String REVISION = "resourceVersion";

    private final ObjectRegistry registry;
    private final Webhooks webhooks;

    AskedWebhooks(ObjectRegistry registry, Webhooks webhooks) {
        this.registry = registry;
        this.webhooks = webhooks;
    }

    /** Whether any webhook's rules match such a request. */
    boolean concern(WriteRequest request, Operation operation) {
        return webhooks.concern(registry.image(),
                new Attributes(operation, request.kind().resource(), request.subresource(),
                        request.kind().name(), request.kind().namespaced() ? "any" : "", "", null, null, Json.object(),
                        request.dryRun(), request.user(), request.deadlineNanos()));
    }

    /**
     * A refusal counts if the webhook that gave it is still configured: where the configuration has changed meanwhile, the
     * webhooks of now are asked.
     */
    private <T> T asOfNow(WriteRequest request, Supplier<T> ask) {
        try {
            return ask.get();
        } catch (RejectedException refused) {
            StoreImage now = registry.newest();
            if (Mark.WEBHOOKS.revision(now) == Mark.WEBHOOKS.revision(request.seen())) {
                throw refused;
            }
            request.seen(now);
            return ask.get();
        }
    }

    private void asOfNow(WriteRequest request, Runnable ask) {
        asOfNow(request, () -> {
            ask.run();
            return request;
        });
    }

    /** Changes the tree in place; {@code steps} are gone through again where a webhook has changed anything. */
    void mutate(WriteRequest request, ObjectKey key, ObjectNode tree, @Nullable ObjectNode stored, Runnable steps) {
        if (webhooks.mutate(request.seen())) {
            atRevision(tree, stored, () -> asOfNow(request, () -> change(request, key, tree, stored, steps)));
        }
    }

    /** Webhooks are shown a changed object at the revision that it is to follow; it is no part of what is stored. */
    private static void atRevision(ObjectNode tree, @Nullable ObjectNode stored, Runnable ask) {
        if (stored == null) {
            ask.run();
            return;
        }
        metadata(tree).put(REVISION, metadata(stored).path(REVISION).asText(""));
        try {
            ask.run();
        } finally {
            metadata(tree).remove(REVISION);
        }
    }

    private void change(WriteRequest request, ObjectKey key, ObjectNode tree, @Nullable ObjectNode stored,
            Runnable steps) {
        Kind kind = request.kind();
        ObjectNode own = own(tree);
        if (stored == null) {
            metadata(tree).remove(LATER);
        }
        Mutation mutation = webhooks.mutation(request.seen(),
                attributes(request, key, kind.name(), operation(stored), tree, stored),
                patched -> accept(kind, patched), request::warn);
        become(tree, mutation.first());
        if (mutation.changed()) {
            restore(tree, own);
            steps.run();
            if (stored == null) {
                metadata(tree).remove(LATER);
            }
            become(tree, mutation.again(tree));
        }
        restore(tree, own);
    }

    void validate(WriteRequest request, ObjectKey key, ObjectNode tree, @Nullable ObjectNode stored) {
        if (webhooks.validate(request.seen())) {
            atRevision(tree, stored, () -> asOfNow(request, () -> webhooks.validate(request.seen(),
                    attributes(request, key, request.kind().name(), operation(stored), tree, stored), request::warn)));
        }
    }

    private static Operation operation(@Nullable ObjectNode stored) {
        return stored == null ? Operation.CREATE : Operation.UPDATE;
    }

    /** About an object of another kind than the one that is stored: a scale, an eviction, a binding, a connection. */
    ObjectNode other(WriteRequest request, ObjectKey key, GroupVersionKind kind, Operation operation,
            ObjectNode object, @Nullable ObjectNode before) {
        ObjectNode result = webhooks.mutate(request.seen())
                ? asOfNow(request,
                        () -> changed(request, attributes(request, key, kind, operation, object, before), object))
                : object;
        if (webhooks.validate(request.seen())) {
            asOfNow(request, () -> webhooks.validate(request.seen(),
                    attributes(request, key, kind, operation, result, before), request::warn));
        }
        return result;
    }

    private ObjectNode changed(WriteRequest request, Attributes asked, ObjectNode object) {
        Mutation mutation = webhooks.mutation(request.seen(), asked, patched -> {
        }, request::warn);
        ObjectNode first = mutation.first();
        ObjectNode again = mutation.changed() && first != null ? mutation.again(first) : first;
        return again == null ? object : again;
    }

    void delete(WriteRequest request, ObjectKey key, ObjectNode stored, ObjectNode options) {
        boolean mutate = webhooks.mutate(request.seen());
        boolean validate = webhooks.validate(request.seen());
        if (!mutate && !validate) {
            return;
        }
        Attributes asked = new Attributes(Operation.DELETE, request.kind().resource(), "", request.kind().name(),
                namespace(request.kind(), key), key.name(), null, stored, options, request.dryRun(), request.user(),
                request.deadlineNanos());
        asOfNow(request, () -> {
            if (mutate) {
                webhooks.mutation(request.seen(), asked, patched -> {
                }, request::warn).first();
            }
            if (validate) {
                webhooks.validate(request.seen(), asked, request::warn);
            }
        });
    }

    private static Attributes attributes(WriteRequest request, ObjectKey key, GroupVersionKind kind,
            Operation operation, @Nullable ObjectNode object, @Nullable ObjectNode before) {
        Kind main = request.kind();
        return new Attributes(operation, main.resource(), request.subresource(), kind, namespace(main, key),
                key.name(), object, before, options(request, operation), request.dryRun(), request.user(),
                request.deadlineNanos());
    }

    /** Of a Namespace its own name. */
    private static String namespace(Kind kind, ObjectKey key) {
        return kind.resource().equals(GroupVersionResource.NAMESPACES) ? key.name() : key.namespace();
    }

    private static ObjectNode options(WriteRequest request, Operation operation) {
        ObjectNode options = Json.object();
        if (operation == Operation.CONNECT) {
            return options;
        }
        options.put("kind", operation == Operation.CREATE ? "CreateOptions" : "UpdateOptions");
        options.put("apiVersion", "meta.k8s.io/v1");
        if (request.dryRun()) {
            options.putArray("dryRun").add("All");
        }
        for (String field : List.of("fieldManager", "fieldValidation")) {
            String value = request.call().query(field);
            if (!value.isEmpty()) {
                options.put(field, value);
            }
        }
        return options;
    }

    /** A patched object comes in as one that a client sent. */
    private static void accept(Kind kind, ObjectNode patched) {
        Shape.wrongType(kind, patched).ifPresent(wrong -> {
            throw new IllegalArgumentException(wrong);
        });
        Shape.prune(kind, patched);
        Defaulting.apply(kind, patched);
    }

    private static void become(ObjectNode tree, @Nullable ObjectNode other) {
        if (other != null && other != tree) {
            tree.removeAll();
            tree.setAll(other);
        }
    }

    private static ObjectNode metadata(ObjectNode tree) {
        return tree.get("metadata") instanceof ObjectNode metadata ? metadata : tree.putObject("metadata");
    }

    private static ObjectNode own(ObjectNode tree) {
        ObjectNode own = Json.object();
        tree.path("metadata").properties().forEach(field -> {
            if (OWN.contains(field.getKey())) {
                own.set(field.getKey(), field.getValue());
            }
        });
        return own;
    }

    private static void restore(ObjectNode tree, ObjectNode own) {
        ObjectNode metadata = metadata(tree);
        for (String field : OWN) {
            if (own.has(field)) {
                metadata.set(field, own.get(field));
            } else {
                metadata.remove(field);
            }
        }
    }
}
