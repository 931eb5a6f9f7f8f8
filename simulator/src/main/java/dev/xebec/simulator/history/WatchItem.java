package dev.xebec.simulator.history;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a watch was sent, and when, in nanoseconds of the history's clock. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "item")
@JsonSubTypes({@JsonSubTypes.Type(WatchItem.Event.class), @JsonSubTypes.Type(WatchItem.Bookmark.class)})
public sealed interface WatchItem {
    long at();

    long revision();

    enum Type {
        ADDED, MODIFIED, DELETED
    }

    /** @param state of a DELETED event: the last one, with the revision of the event */
    record Event(long at, Type type, ObjectState state) implements WatchItem {
        @Override
        public long revision() {
            return state.revision();
        }

        @Override
        public String toString() {
            return type + " " + state;
        }
    }

    record Bookmark(long at, long revision) implements WatchItem {}
}
