/**
 * Reading the stream of task events as a person does. Start reading at {@link dev.xebec.server.events.EventStream}.
 */
@NullMarked
package dev.xebec.server.events;

import org.jspecify.annotations.NullMarked;
