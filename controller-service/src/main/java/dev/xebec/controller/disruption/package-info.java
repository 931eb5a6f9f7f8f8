/**
 * Says how many pods of each disruption budget may go. Start reading at
 * {@link dev.xebec.controller.disruption.DisruptionReconciler}.
 *
 * <p>Pure: no I/O, no clock, no logger.
 */
@NullMarked
package dev.xebec.controller.disruption;

import org.jspecify.annotations.NullMarked;
