/**
 * What the revision log says of tasks, told as events: from a picture of each pod, Job, node and master and one change of it
 * to the next picture and the events between both. Start reading at {@link dev.xebec.events.task.TaskLog}. Pure: the same
 * changes give the same events, with the same ids, whoever tells them and wherever he began.
 */
@NullMarked
package dev.xebec.events.task;

import org.jspecify.annotations.NullMarked;
