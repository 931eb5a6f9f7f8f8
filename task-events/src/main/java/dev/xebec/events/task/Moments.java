package dev.xebec.events.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.ApiObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The times that stand in objects, as seconds since 1970. */
final class Moments {
    static final long NEVER = Long.MIN_VALUE;

    private Moments() {}

    static long of(JsonNode field) {
        return ApiObject.instant(field).map(Instant::getEpochSecond).orElse(NEVER);
    }

    static @Nullable Instant instant(long moment) {
        return moment == NEVER ? null : Instant.ofEpochSecond(moment);
    }

    /** The first that is a time. */
    static long or(long one, long other) {
        return one == NEVER ? other : one;
    }

    /** When the deletion was asked for, which is the grace before {@code deletionTimestamp}. */
    static long deletionAsked(JsonNode metadata) {
        long until = of(metadata.path("deletionTimestamp"));
        return until == NEVER ? NEVER : until - metadata.path("deletionGracePeriodSeconds").asLong(0);
    }

    /** The latest of an object's creation, its deletion and its conditions' transitions. */
    static long latest(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        long latest = Math.max(of(metadata.path("creationTimestamp")), deletionAsked(metadata));
        for (JsonNode condition : object.path("status").path("conditions")) {
            latest = Math.max(latest, of(condition.path("lastTransitionTime")));
        }
        return latest;
    }
}
