/**
 * EventTriggers at work: follows their objects, reads their topics, starts their Jobs. Everything that is decided is decided
 * in {@code plan}. Start reading at {@link dev.xebec.events.trigger.Triggers}.
 */
@NullMarked
package dev.xebec.events.trigger;

import org.jspecify.annotations.NullMarked;
