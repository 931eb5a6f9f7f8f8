/**
 * Makes objects of the cluster's own members: a Master for each replica of a master-side service, and the
 * {@code kubernetes} Service with the gateways behind it. Start reading at
 * {@link dev.xebec.controller.members.MasterReconciler}.
 *
 * <p>Pure but for asking who is there; no I/O, no clock, no logger.
 */
@NullMarked
package dev.xebec.controller.members;

import org.jspecify.annotations.NullMarked;
