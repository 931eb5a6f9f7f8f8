/**
 * The task-events service. Start reading at {@link dev.xebec.events.service.TaskEventsService}.
 */
@NullMarked
package dev.xebec.events.service;

import org.jspecify.annotations.NullMarked;
