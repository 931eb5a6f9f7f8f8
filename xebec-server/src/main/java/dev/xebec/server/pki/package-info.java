/**
 * The cluster's certificates. Start reading at {@link dev.xebec.server.pki.ClusterPki}.
 */
@NullMarked
package dev.xebec.server.pki;

import org.jspecify.annotations.NullMarked;
