package dev.xebec.gateway.subresource;

import dev.xebec.gateway.admission.FieldOwners;
import dev.xebec.gateway.conversion.Conversions;
import dev.xebec.gateway.admission.Admission;
import dev.xebec.gateway.encode.Encoder;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.gateway.request.Handler;
import dev.xebec.gateway.request.Routes;
import dev.xebec.gateway.write.BodyReader;
import dev.xebec.model.kind.KindRegistry;
import java.time.InstantSource;

/** Adds this package's subresources to the routes. */
public final class Subresources {
    private Subresources() {}

    /**
     * How writes to a scale are accounted for.
     *
     * @param patch takes patches of workloads that bring managed fields along, and asks no webhooks: they are asked about the
     *     scale
     */
    public record Ownership(FieldOwners owners, Handler patch) {}

    /** @param delete that asks no webhooks: they are asked about the eviction */
    public static void addTo(Routes routes, KindRegistry kinds, BodyReader bodies, ObjectRegistry registry,
            Admission admission, Handler delete, Ownership ownership, InstantSource clock, Conversions conversions,
            Encoder encoder) {
        ScaleHandler scale = new ScaleHandler(kinds, bodies, registry, admission, ownership, conversions,
                encoder);
        routes.speaking(ScaleView.KIND, scale);
        routes.subresource("pods/eviction", new EvictionHandler(kinds, bodies, registry, admission, delete, clock));
        routes.subresource("serviceaccounts/token", new Refusal(405, "MethodNotAllowed",
                "this cluster issues no service account tokens; clients show certificates"));
    }
}
