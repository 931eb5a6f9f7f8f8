/**
 * Whether a running cluster is as it always has to be, seen through its API. Start reading at
 * {@link dev.xebec.server.check.ClusterCheck}. {@link dev.xebec.server.check.Invariants} is pure.
 */
@NullMarked
package dev.xebec.server.check;

import org.jspecify.annotations.NullMarked;
