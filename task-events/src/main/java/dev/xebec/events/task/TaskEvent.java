package dev.xebec.events.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened, as a value; how it is written for others is another's concern.
 *
 * @param about whom it happened to
 * @param revision at which the log has it
 * @param nth its place among the events of this revision about the same object; 1 for the first
 * @param time when it happened by the object's own account; null where the object has no time at all
 * @param reason a word such as {@code OOMKilled}; empty for none
 * @param exitCode of the container that it is about; null for none
 * @param data what is said beside; nobody may change it
 */
public record TaskEvent(EventType type, Subject about, long revision, int nth, @Nullable Instant time, String reason,
        @Nullable Integer exitCode, ObjectNode data) {

    /**
     * Unique in this cluster: the uid and the revision, and from the second event of one revision about one object on its place
     * among them.
     */
    public String id() {
        String first = about.uid() + "." + revision;
        return nth == 1 ? first : first + "." + nth;
    }

    TaskEvent at(long revision, int nth) {
        return new TaskEvent(type, about, revision, nth, time, reason, exitCode, data);
    }
}
