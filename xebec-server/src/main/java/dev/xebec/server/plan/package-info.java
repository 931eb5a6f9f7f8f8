/**
 * What a cluster on one machine consists of: processes, their services and ports. Start reading at
 * {@link dev.xebec.server.plan.ClusterPlan}.
 */
@NullMarked
package dev.xebec.server.plan;

import org.jspecify.annotations.NullMarked;
