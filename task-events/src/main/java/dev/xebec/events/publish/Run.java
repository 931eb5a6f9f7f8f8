package dev.xebec.events.publish;

import dev.xebec.contracts.state.StateStore;
import io.vertx.core.Vertx;

/**
 * What everything in one publisher works with.
 *
 * @param cluster the uid of the cluster whose log it is
 * @param partitions over which uids are spread
 */
record Run(Vertx vertx, StateStore store, PublisherSettings settings, PublisherMetrics metrics, Envelopes envelopes,
        String cluster, int partitions) {}
