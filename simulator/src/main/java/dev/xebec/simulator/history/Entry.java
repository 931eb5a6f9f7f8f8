package dev.xebec.simulator.history;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that a client did. Times are nanoseconds of one monotonic clock, the same for all clients. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "entry")
@JsonSubTypes({@JsonSubTypes.Type(Entry.Write.class), @JsonSubTypes.Type(Entry.Get.class),
        @JsonSubTypes.Type(Entry.Listing.class), @JsonSubTypes.Type(Entry.Watch.class)})
public sealed interface Entry {
    String client();

    /** The gateway that was asked; empty where the client does not know. */
    String gateway();

    long begun();

    long ended();

    /** Who and where, for people. */
    default String who() {
        return gateway().isEmpty() ? client() : client() + " at " + gateway();
    }

    /** How new the answer to a read has to be. */
    enum Consistency {
        /** It has every write acknowledged before the read began: no resourceVersion. */
        LINEARIZABLE,
        /** Some state that once was: resourceVersion 0. */
        ANY
    }

    record Write(String client, String gateway, long begun, long ended, ObjectId id, Intent intent,
            Outcome outcome) implements Entry {

        /** The object as the answer shows it; null where there is no such answer. */
        @Nullable
        ObjectState acknowledged() {
            return outcome instanceof Outcome.Acknowledged done ? done.state() : null;
        }
    }

    /** @param seen null where there is no such object */
    record Get(String client, String gateway, long begun, long ended, Consistency consistency, ObjectId id,
            @Nullable ObjectState seen) implements Entry {}

    /** @param revision the list's resourceVersion */
    record Listing(String client, String gateway, long begun, long ended, Consistency consistency, Scope scope,
            long revision, List<ObjectState> items) implements Entry {}

    /** How a watch ended. */
    enum End {
        /** The connection broke: what was under way may be lost. */
        CUT,
        /** The gateway ended it in good order. */
        CLOSED,
        /** 410: the client lists again. */
        EXPIRED,
        /** The client had enough. */
        STOPPED
    }

    /**
     * One watch, from its request to its end.
     *
     * @param from the resourceVersion after which it begins
     * @param start the list that it begins with; null where it resumes what the client's watch before left off
     */
    record Watch(String client, String gateway, long begun, long ended, Scope scope, long from,
            @Nullable Listing start, List<WatchItem> items, End end) implements Entry {

        /** What the next watch resumes from: the revision of the last item. */
        public long last() {
            return items.isEmpty() ? from : items.get(items.size() - 1).revision();
        }

        /** Everything up to here has been sent whole; of what was last sent, others of the same revision may be missing. */
        long sentWhole() {
            return items.isEmpty() || items.get(items.size() - 1) instanceof WatchItem.Bookmark || end == End.CLOSED
                    ? last()
                    : last() - 1;
        }
    }
}
