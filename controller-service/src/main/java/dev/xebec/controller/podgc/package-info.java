/**
 * Removes pods that nobody will end: of nodes that are gone, and finished ones above a number. Start reading at
 * {@link dev.xebec.controller.podgc.PodGcReconciler}.
 *
 * <p>Pure: no I/O, no clock, no logger.
 */
@NullMarked
package dev.xebec.controller.podgc;

import org.jspecify.annotations.NullMarked;
