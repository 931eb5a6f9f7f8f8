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
    /** Letters of made-up names: no vowels, nothing that looks alike. Source: apimachinery {@code util/rand}. */
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";
    private static final int RANDOM_LETTERS = 5;
    /** Longest base of a made-up name. Source: apiserver {@code storage/names/generate.go}. */
    private static final int MAX_BASE = 58;
    /** Times that a made-up name may be taken. */
    private static final int MAX_NAMES = 8;

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
        for (int attempt = 1;; attempt++) {
            ObjectKey generated = new ObjectKey(key.namespace(), generate(base));
            try {
                return store(request, generated, tree.deepCopy());
            } catch (RejectedException refused) {
                if (!refused.status().reason().equals("AlreadyExists")) {
                    throw refused;
                }
                if (attempt == MAX_NAMES) {
                    throw new RejectedException(
                            Status.noNameGenerated(request.kind().resource(), generated.name()));
                }
            }
        }
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
                        : Status.alreadyExists(kind.resource(), key.name()));
            }
            return admission.store(request, key, tree, now);
        });
    }

    private static String generate(String base) {
        StringBuilder name = new StringBuilder(base.length() > MAX_BASE ? base.substring(0, MAX_BASE) : base);
        for (int at = 0; at < RANDOM_LETTERS; at++) {
            name.append(LETTERS.charAt(ThreadLocalRandom.current().nextInt(LETTERS.length())));
        }
        return name.toString();
    }
}
