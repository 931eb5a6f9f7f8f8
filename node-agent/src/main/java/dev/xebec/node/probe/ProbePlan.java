package dev.xebec.node.probe;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** A probe with its times and thresholds; defaults as in Kubernetes. */
record ProbePlan(Kind kind, ProbeCheck check, Duration initialDelay, Duration period, Duration timeout, int successes,
        int failures) {

    /** What a probe is for. */
    enum Kind {
        STARTUP("startupProbe", "Startup"), LIVENESS("livenessProbe", "Liveness"), READINESS("readinessProbe",
                "Readiness");

        private final String field;
        private final String title;

        Kind(String field, String title) {
            this.field = field;
            this.title = title;
        }

        String field() {
            return field;
        }

        /** As messages begin. */
        String title() {
            return title;
        }
    }

    static ProbePlan of(Kind kind, JsonNode container, String podIp) {
        JsonNode probe = container.path(kind.field());
        return new ProbePlan(kind, ProbeCheck.of(probe, container, podIp), seconds(probe, "initialDelaySeconds", 0),
                seconds(probe, "periodSeconds", 10), seconds(probe, "timeoutSeconds", 1),
                Math.max(1, probe.path("successThreshold").asInt(1)),
                Math.max(1, probe.path("failureThreshold").asInt(3)));
    }

    private static Duration seconds(JsonNode probe, String field, long otherwise) {
        return Duration.ofSeconds(probe.path(field).asLong(otherwise));
    }
}
