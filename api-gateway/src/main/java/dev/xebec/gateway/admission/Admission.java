package dev.xebec.gateway.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.Write;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** All that a write passes before it is stored, in order. Trees are changed in place. */
public final class Admission {
    /** How long Events are kept. */
    public static final Duration EVENT_LIFETIME = Duration.ofHours(1);

    private final NamespaceLifecycle namespaces;

    public Admission(ObjectRegistry registry) {
        this.namespaces = new NamespaceLifecycle(registry);
    }

    /**
     * What else a new object's transaction carries.
     *
     * @param expiresAtEpochMillis 0 for never
     * @param guards and {@code writes}: on keys beside the object's own
     */
    public record Admitted(long expiresAtEpochMillis, List<Guard> guards, List<Write> writes) {
    }

    /** Before a name is made up and metadata are stamped. */
    public void beforeCreate(Kind kind, ObjectKey key) {
        namespaces.checkCreate(kind, key);
    }

    /** A new object, with its metadata. */
    public Admitted create(Kind kind, ObjectKey key, ObjectNode tree, Instant now) {
        long expires = kind.plural().equals("events") ? now.plus(EVENT_LIFETIME).toEpochMilli() : 0;
        return new Admitted(expires, List.of(), List.of());
    }

    /** A changed object. */
    public void update(Kind kind, String subresource, ObjectNode tree, ApiObject stored) {
    }

    public void delete(Kind kind, ObjectKey key) {
        namespaces.checkDelete(kind, key);
    }
}
