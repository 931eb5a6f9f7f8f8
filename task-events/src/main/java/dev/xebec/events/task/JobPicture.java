package dev.xebec.events.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Job as events need it.
 *
 * @param startTime as it stands in the status; empty while it has not started or is suspended
 * @param ended the type of its final condition, {@code Complete} or {@code Failed}; empty while it goes on
 * @param endedAt when it took that condition
 */
record JobPicture(Subject about, String startTime, long startedAt, String ended, long endedAt, String reason,
        String message, int active, int succeeded, int failed, long last) implements Picture {

    static JobPicture of(Subject about, ObjectNode job) {
        JsonNode status = job.path("status");
        JsonNode start = status.path("startTime");
        JsonNode end = Told.condition(job, "Complete");
        if (!Told.isTrue(end)) {
            end = Told.condition(job, "Failed");
        }
        boolean over = Told.isTrue(end);
        long last = Math.max(Moments.latest(job),
                Math.max(Moments.of(start), Moments.of(status.path("completionTime"))));
        return new JobPicture(about, start.asText(""), Moments.of(start), over ? end.path("type").asText("") : "",
                over ? Moments.of(end.path("lastTransitionTime")) : Moments.NEVER,
                over ? end.path("reason").asText("") : "", over ? end.path("message").asText("") : "",
                status.path("active").asInt(0), status.path("succeeded").asInt(0), status.path("failed").asInt(0),
                last);
    }

    @Override
    public void since(@Nullable Picture before, Sayings sayings) {
        JobPicture was = before instanceof JobPicture job ? job : null;
        if (!startTime.isEmpty() && (was == null || !Objects.equals(startTime, was.startTime))) {
            sayings.say(EventType.JOB_STARTED, about, startedAt, "", null, data());
        }
        if (!ended.isEmpty() && (was == null || !ended.equals(was.ended))) {
            ObjectNode data = data();
            Sayings.message(data, message);
            sayings.say(ended.equals("Complete") ? EventType.JOB_COMPLETED : EventType.JOB_FAILED, about,
                    Moments.or(endedAt, last), reason, null, data);
        }
    }

    /** What becomes of a Job is told by its pods and by its end. */
    @Override
    public void ended(Sayings sayings) {}

    @Override
    public void state(Sayings sayings) {
        ObjectNode data = data();
        data.put("state", switch (ended) {
            case "Complete" -> "completed";
            case "Failed" -> "failed";
            default -> startTime.isEmpty() ? "waiting" : "started";
        });
        Sayings.message(data, message);
        sayings.say(EventType.JOB_STATE, about, last, reason, null, data);
    }

    private ObjectNode data() {
        return Told.of(about).put("active", active).put("succeeded", succeeded).put("failed", failed);
    }
}
