/**
 * How processes become one cluster: Hazelcast carries membership and subscriptions, the event bus everything else.
 * Start reading at {@link dev.xebec.kit.cluster.ClusterFormation}.
 */
@NullMarked
package dev.xebec.kit.cluster;

import org.jspecify.annotations.NullMarked;
