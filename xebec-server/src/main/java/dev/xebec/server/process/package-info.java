/**
 * One process of the cluster, wired by hand. Start reading at {@link dev.xebec.server.process.ClusterProcess}.
 */
@NullMarked
package dev.xebec.server.process;

import org.jspecify.annotations.NullMarked;
