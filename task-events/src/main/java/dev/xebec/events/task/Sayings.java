package dev.xebec.events.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of one change, numbered as they are said. */
final class Sayings {
    /** Characters of a reason; the rest is cut off. */
    static final int MAX_REASON_CHARS = 128;
    /** Characters of a message; the rest is cut off. */
    static final int MAX_MESSAGE_CHARS = 1_024;

    private final long revision;
    private final List<TaskEvent> events = new ArrayList<>(2);

    Sayings(long revision) {
        this.revision = revision;
    }

    /** @param moment when it happened, {@link Moments#NEVER} for unknown */
    void say(EventType type, Subject about, long moment, String reason, @Nullable Integer exitCode, ObjectNode data) {
        int nth = 1;
        for (TaskEvent event : events) {
            nth += event.about().uid().equals(about.uid()) ? 1 : 0;
        }
        String word = cut(reason, MAX_REASON_CHARS);
        if (!word.isEmpty()) {
            data.put("reason", word);
        }
        if (exitCode != null) {
            data.put("exitCode", exitCode);
        }
        events.add(new TaskEvent(type, about, revision, nth, Moments.instant(moment), word, exitCode, data));
    }

    List<TaskEvent> events() {
        return events;
    }

    static void message(ObjectNode data, String message) {
        if (!message.isEmpty()) {
            data.put("message", cut(message, MAX_MESSAGE_CHARS));
        }
    }

    /** Never between the two halves of one character. */
    private static String cut(String text, int chars) {
        if (text.length() <= chars) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(chars - 1)) ? chars - 1 : chars;
        return text.substring(0, end);
    }
}
