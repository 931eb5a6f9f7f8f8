package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Events of the newer group say one thing for ever; only their series goes on. Refusals have the older group's names.
 *
 * <p>Source: {@code pkg/apis/core/validation/events.go} of Kubernetes, ValidateEventUpdate.
 */
final class EventUpdateRules {
    private EventUpdateRules() {}

    static void check(ObjectNode now, ObjectNode before, Findings findings) {
        reference("involvedObject", now.path("regarding"), before.path("regarding"), findings);
        same("reason", "reason", now, before, findings);
        same("message", "note", now, before, findings);
        same("firstTimestamp", "deprecatedFirstTimestamp", now, before, findings);
        same("lastTimestamp", "deprecatedLastTimestamp", now, before, findings);
        same("count", "deprecatedCount", now, before, findings);
        same("reason", "reason", now, before, findings);
        same("type", "type", now, before, findings);
        same("eventTime", "eventTime", now, before, findings);
        same("action", "action", now, before, findings);
        reference("related", now.path("related"), before.path("related"), findings);
        same("reportingController", "reportingController", now, before, findings);
        same("reportingInstance", "reportingInstance", now, before, findings);
    }

    private static void same(String path, String field, ObjectNode now, ObjectNode before, Findings findings) {
        if (!Findings.same(now.path(field), before.path(field))) {
            JsonNode value = now.path(field);
            findings.invalid(path, value.isMissingNode() ? "" : value, Findings.IMMUTABLE);
        }
    }

    private static void reference(String path, JsonNode now, JsonNode before, Findings findings) {
        if (now.isObject() == before.isObject() && Findings.same(now, before)) {
            return;
        }
        if (path.equals("involvedObject")) {
            findings.invalid(path, findings.form("regarding", now), Findings.IMMUTABLE);
        } else {
            findings.invalid(path, now.isObject() ? now : Findings.NOTHING, Findings.IMMUTABLE);
        }
    }
}
