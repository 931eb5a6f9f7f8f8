/**
 * Deletes what belonged to objects that are no more, by their owner references. Start reading at
 * {@link dev.xebec.controller.garbage.GarbageReconciler}.
 *
 * <p>Pure: no I/O, no clock, no logger. All resources are read at one revision, so an owner that is not there is really
 * gone: no second look through the API is needed.
 */
@NullMarked
package dev.xebec.controller.garbage;

import org.jspecify.annotations.NullMarked;
