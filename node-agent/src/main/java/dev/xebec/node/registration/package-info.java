/**
 * The node's own object and lease: what it is, and that it is alive. Start reading at
 * {@link dev.xebec.node.registration.NodeRegistration}.
 */
@NullMarked
package dev.xebec.node.registration;

import org.jspecify.annotations.NullMarked;
