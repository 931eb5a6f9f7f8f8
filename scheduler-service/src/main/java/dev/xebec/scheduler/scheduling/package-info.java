/**
 * Decides which node each pod goes to: (snapshot, batch of pods) to placements. Start reading at
 * {@link dev.xebec.scheduler.scheduling.Scheduler}. Pure: no clock, no I/O, no logger.
 */
@NullMarked
package dev.xebec.scheduler.scheduling;

import org.jspecify.annotations.NullMarked;
