package dev.xebec.controller.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.ApiObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a Job asks for, read from its defaulted spec. */
record JobSpec(ApiObject job) {
    private static final int DEFAULT_BACK_OFF_LIMIT = 6;
    static final String OWN_CONTROLLER = "kubernetes.io/job-controller";

    private JsonNode spec(String field) {
        return job.spec().path(field);
    }

    int parallelism() {
        return spec("parallelism").asInt(1);
    }

    /** Null where any success is enough. */
    @Nullable
    Integer completions() {
        return spec("completions").isNumber() ? Integer.valueOf(spec("completions").asInt()) : null;
    }

    boolean indexed() {
        return spec("completionMode").asText("").equals("Indexed");
    }

    /** Indexes of an indexed job; 0 of another. */
    int indexes() {
        Integer completions = completions();
        return indexed() && completions != null ? completions : 0;
    }

    boolean suspended() {
        return spec("suspend").asBoolean(false);
    }

    int backOffLimit() {
        return spec("backoffLimit").isNumber() ? spec("backoffLimit").asInt() : DEFAULT_BACK_OFF_LIMIT;
    }

    /** Failures that each index may have; empty where they all share one limit. */
    Optional<Integer> backOffLimitPerIndex() {
        JsonNode limit = spec("backoffLimitPerIndex");
        return indexed() && limit.isNumber() ? Optional.of(limit.asInt()) : Optional.empty();
    }

    Optional<Integer> maxFailedIndexes() {
        return spec("maxFailedIndexes").isNumber() ? Optional.of(spec("maxFailedIndexes").asInt()) : Optional.empty();
    }

    JsonNode failureRules() {
        return spec("podFailurePolicy").path("rules");
    }

    JsonNode successRules() {
        return spec("successPolicy").path("rules");
    }

    /** Whether a pod on its way out is replaced only when it has failed for good. */
    boolean replacesFailedOnly() {
        String policy = spec("podReplacementPolicy").asText("");
        return policy.isEmpty() ? spec("podFailurePolicy").isObject() : policy.equals("Failed");
    }

    boolean restartsOnFailure() {
        return spec("template").path("spec").path("restartPolicy").asText("").equals("OnFailure");
    }

    /** When the job has run for too long. */
    Optional<Instant> deadline() {
        JsonNode seconds = spec("activeDeadlineSeconds");
        return seconds.isNumber()
                ? ApiObject.instant(job.status().path("startTime"))
                        .map(start -> start.plus(Duration.ofSeconds(seconds.asLong())))
                : Optional.empty();
    }

    Optional<Duration> timeToLive() {
        JsonNode seconds = spec("ttlSecondsAfterFinished");
        return seconds.isNumber() ? Optional.of(Duration.ofSeconds(seconds.asLong())) : Optional.empty();
    }

    /** Somebody else runs this job. */
    boolean foreign() {
        String by = spec("managedBy").asText("");
        return !by.isEmpty() && !by.equals(OWN_CONTROLLER);
    }
}
