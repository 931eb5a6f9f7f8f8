/**
 * Runs a Job's pods until as many have succeeded as it asks for, and counts each one once. Start reading at
 * {@link dev.xebec.controller.job.JobReconciler}.
 *
 * <p>Pure: no I/O, no clock, no logger.
 */
@NullMarked
package dev.xebec.controller.job;

import org.jspecify.annotations.NullMarked;
