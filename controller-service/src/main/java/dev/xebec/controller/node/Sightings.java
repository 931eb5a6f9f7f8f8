package dev.xebec.controller.node;

import dev.xebec.model.object.ApiObject;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When something was last seen of nodes, by this replica's own clock: a node's clock may be wrong. An input of
 * deciding, noted where changes come in.
 */
public interface Sightings {

    /** When the lease was seen to be renewed; empty where there is no lease and never was. */
    Optional<Instant> renewed(String node, @Nullable ApiObject lease);

    /** Since when there is no object of this node; empty where that was not noticed yet. */
    Optional<Instant> goneSince(String node);

    /** Believes the times that the leases themselves state; a node without an object was always gone. */
    static Sightings asStated() {
        return new Sightings() {
            @Override
            public Optional<Instant> renewed(String node, @Nullable ApiObject lease) {
                return lease == null ? Optional.empty() : ApiObject.instant(lease.spec().path("renewTime"));
            }

            @Override
            public Optional<Instant> goneSince(String node) {
                return Optional.of(Instant.EPOCH);
            }
        };
    }
}
