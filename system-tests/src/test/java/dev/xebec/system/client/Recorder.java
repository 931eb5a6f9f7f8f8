package dev.xebec.system.client;

import dev.xebec.simulator.history.Entry;
import dev.xebec.simulator.history.History;
import dev.xebec.simulator.history.Intent;
import dev.xebec.simulator.history.ObjectId;
import dev.xebec.simulator.history.ObjectState;
import dev.xebec.simulator.history.ObjectStateReader;
import dev.xebec.simulator.history.Outcome;
import dev.xebec.simulator.history.Scope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What all clients did, as it comes. Thread-safe. */
final class Recorder {
    private final Queue<Entry> entries = new ConcurrentLinkedQueue<>();
    private final AtomicLong acknowledged = new AtomicLong();

    /** Nanoseconds of the clock that all clients share. */
    static long now() {
        return System.nanoTime();
    }

    void add(Entry entry) {
        entries.add(entry);
    }

    long acknowledgedWrites() {
        return acknowledged.get();
    }

    History history() {
        return new History(new ArrayList<>(entries));
    }

    /** Carries out a write and notes what became of it. */
    Outcome write(String client, ApiDoor door, ObjectId id, Intent intent, Request request) {
        long begun = now();
        String gateway = door.gateway();
        Outcome outcome;
        try {
            outcome = outcome(id, intent, request.send(door));
        } catch (IOException unanswered) {
            outcome = new Outcome.Unknown(String.valueOf(unanswered.getMessage()));
        }
        add(new Entry.Write(client, gateway, begun, now(), id, intent, outcome));
        if (outcome instanceof Outcome.Acknowledged) {
            acknowledged.incrementAndGet();
        }
        return outcome;
    }

    interface Request {
        ApiDoor.Reply send(ApiDoor door) throws IOException;
    }

    private static Outcome outcome(ObjectId id, Intent intent, ApiDoor.Reply reply) {
        if (reply.ok()) {
            boolean shown = reply.body().path("kind").asText("").equals("Status");
            return new Outcome.Acknowledged(shown ? null : ObjectStateReader.read(id.resource(), reply.body()));
        }
        return reply.refused()
                ? new Outcome.Refused(reply.reason())
                : new Outcome.Unknown("status " + reply.code() + ": " + reply.body().path("message").asText(""));
    }

    /**
     * Lists and notes it.
     *
     * @return null where there was no good answer
     */
    Entry.@Nullable Listing list(String client, ApiDoor door, Entry.Consistency consistency, Scope scope) {
        Entry.Listing listing = listUnnoted(client, door, consistency, scope);
        if (listing != null) {
            add(listing);
        }
        return listing;
    }

    Entry.@Nullable Listing listUnnoted(String client, ApiDoor door, Entry.Consistency consistency, Scope scope) {
        long begun = now();
        String gateway = door.gateway();
        String query = ApiPath.query(scope) + (consistency == Entry.Consistency.ANY ? "&resourceVersion=0" : "");
        try {
            ApiDoor.Reply reply = door.get(query);
            if (!reply.ok()) {
                return null;
            }
            List<ObjectState> items = new ArrayList<>();
            reply.body().path("items").forEach(item -> items.add(ObjectStateReader.read(scope.resource(), item)));
            return new Entry.Listing(client, gateway, begun, now(), consistency, scope,
                    reply.body().path("metadata").path("resourceVersion").asLong(), items);
        } catch (IOException unanswered) {
            return null;
        }
    }
}
