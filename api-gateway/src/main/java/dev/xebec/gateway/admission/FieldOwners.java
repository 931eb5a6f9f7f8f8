package dev.xebec.gateway.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.gateway.conversion.Conversions;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.managed.Ownership;
import dev.xebec.model.managed.ResetFields;
import dev.xebec.model.managed.ServerSideApply;
import dev.xebec.model.managed.Versions;
import dev.xebec.model.managed.Writing;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.strategy.StatusMetadata;
import dev.xebec.model.strategy.Strategy;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps account of who set which field of what is written. It looks at an object as its writer and the defaults made it:
 * what the server or a webhook adds after that belongs to nobody.
 */
public final class FieldOwners {
    private final Supplier<KindRegistry> kinds;
    private final Conversions conversions;
    private final InstantSource clock;

    public FieldOwners(Supplier<KindRegistry> kinds, Conversions conversions, InstantSource clock) {
        this.conversions = conversions;
        this.kinds = kinds;
        this.clock = clock;
    }

    /** Of a new object, with defaults. */
    void created(WriteRequest request, ObjectNode tree) {
        if (request.ownership() == WriteRequest.Ownership.BY_CHANGE) {
            Ownership.created(writing(request), tree);
        }
    }

    /** Of a changed object, with defaults. */
    void updated(WriteRequest request, ObjectNode tree, ApiObject stored) {
        if (request.ownership() == WriteRequest.Ownership.BY_CHANGE) {
            Ownership.updated(writing(request), stored.tree(), tree);
        }
    }

    /** The object that a configuration, applied to a stored object or to none, makes. */
    public ObjectNode applied(WriteRequest request, @Nullable ApiObject stored, ObjectNode config, boolean force) {
        return stored == null
                ? ServerSideApply.create(writing(request), config, force)
                : ServerSideApply.apply(writing(request), stored.tree(), config, force);
    }

    /**
     * Does what may change managed fields, and takes back what is not valid. Source: apiserver
     * {@code handlers/fieldmanager/admission.go}.
     */
    static void keptValid(WriteRequest request, ObjectNode tree, Runnable change) {
        JsonNode before = tree.path("metadata").get("managedFields");
        change.run();
        JsonNode after = tree.path("metadata").path("managedFields");
        if (before == after) {
            return;
        }
        String problem = Ownership.problem(after);
        if (!problem.isEmpty() && tree.get("metadata") instanceof ObjectNode metadata) {
            if (before == null) {
                metadata.remove("managedFields");
            } else {
                metadata.set("managedFields", before);
            }
            request.warn(".metadata.managedFields was in an invalid state after admission; this could be caused by an"
                    + " outdated mutating admission controller; please fix your requests: " + problem);
        }
    }

    private Writing writing(WriteRequest request) {
        Kind kind = request.kind();
        StatusMetadata metadata = Strategy.statusMetadata(kind);
        return new Writing(kind, request.subresource(), request.fieldManager(),
                ResetFields.of(kind, request.subresource(), metadata.kept(), metadata.whole()),
                new Served(kinds.get(), conversions, kind), now());
    }

    /** Of a write to something that stands for another kind's object. */
    public Writing writing(WriteRequest request, Kind spoken, String subresource) {
        return new Writing(spoken, subresource, request.fieldManager(), ResetFields.NONE, Versions.only(spoken), now());
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The versions of a kind that are served now. */
    private record Served(KindRegistry registry, Conversions conversions, Kind kind) implements Versions {
        @Override
        public @Nullable Kind in(String apiVersion) {
            GroupVersion version = GroupVersion.parse(apiVersion);
            return registry.byKind(new GroupVersionKind(version.group(), version.version(), kind.name().kind()))
                    .orElse(null);
        }

        @Override
        public ObjectNode convert(ObjectNode object, Kind wanted) {
            return conversions.to(wanted, object);
        }
    }
}
