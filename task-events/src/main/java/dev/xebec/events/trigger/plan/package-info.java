/**
 * What EventTriggers decide: which messages are events, which of them start a Job, and what that Job is. Pure: from values
 * to values. Start reading at {@link dev.xebec.events.trigger.plan.Trigger}.
 */
@NullMarked
package dev.xebec.events.trigger.plan;

import org.jspecify.annotations.NullMarked;
