package dev.xebec.gateway.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.gateway.admission.Admission;
import dev.xebec.gateway.admission.WriteRequest;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.gateway.registry.Outcome;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Stores new objects, under the name that they have or one that is made up from their {@code generateName}. */
public final class ObjectMaker {
    private final ObjectRegistry registry;
    private final Admission admission;
    private final InstantSource clock;

    public ObjectMaker(ObjectRegistry registry, Admission admission, InstantSource clock) {
        this.registry = registry;
        this.admission = admission;
        this.clock = clock;
    }

    Outcome make(WriteRequest request, ObjectKey key, ObjectNode tree) {
        admission.beforeCreate(request, key);
        String base = Stamps.metadata(tree).path("generateName").asText("");
        if (!key.name().isEmpty() || base.isEmpty()) {
            return store(request, key, tree);
        }
        return MadeUpName.tried(base, ThreadLocalRandom.current(), request.kind().resource(),
                name -> store(request, new ObjectKey(key.namespace(), name), tree.deepCopy()));
    }

    private Outcome store(WriteRequest request, ObjectKey key, ObjectNode tree) {
        Kind kind = request.kind();
        Instant now = clock.instant();
        Stamps.created(tree, kind, key, UUID.randomUUID().toString(), now);
        admission.create(request, key, tree);
        return registry.write(kind, key, request.mode(), present -> {
            if (present.exists()) {
                throw new RejectedException(present.existing().deleting()
                        ? Status.beingDeleted(kind.resource(), key.name())
                        : tree.path("metadata").path("generateName").asText("").isEmpty()
                                ? Status.alreadyExists(kind.resource(), key.name())
                                : Status.noNameGenerated(kind.resource(), key.name()));
            }
            return admission.store(request, key, tree, now);
        });
    }
}
