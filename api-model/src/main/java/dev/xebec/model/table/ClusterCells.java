package dev.xebec.model.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.ApiObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Cells of nodes, events, quotas, signing requests and the cluster's own kinds. */
final class ClusterCells {
    private static final String ROLE_PREFIX = "node-role.kubernetes.io/";

    private ClusterCells() {}

    static String nodeStatus(ApiObject node, Instant now) {
        String status = "Unknown";
        for (JsonNode condition : node.status().path("conditions")) {
            if (Text.of(condition, "type").equals("Ready")) {
                status = Text.of(condition, "status").equals("True") ? "Ready" : "NotReady";
            }
        }
        return node.spec().path("unschedulable").asBoolean() ? status + ",SchedulingDisabled" : status;
    }

    static String nodeRoles(ApiObject node, Instant now) {
        TreeSet<String> roles = new TreeSet<>();
        node.labels().forEach((key, value) -> {
            if (key.startsWith(ROLE_PREFIX) && key.length() > ROLE_PREFIX.length()) {
                roles.add(key.substring(ROLE_PREFIX.length()));
            } else if (key.equals("kubernetes.io/role") && !value.isEmpty()) {
                roles.add(value);
            }
        });
        return Text.or(String.join(",", roles), Text.NONE);
    }

    static Cell nodeAddress(String type) {
        return (node, now) -> {
            for (JsonNode address : node.status().path("addresses")) {
                if (Text.of(address, "type").equals(type)) {
                    return Text.of(address, "address");
                }
            }
            return Text.NONE;
        };
    }

    static Cell nodeInfo(String field) {
        return (node, now) -> Text.or(Text.of(node.status(), "nodeInfo." + field), Durations.UNKNOWN);
    }

    private static JsonNode first(ApiObject event, String... fields) {
        for (String field : fields) {
            JsonNode value = event.tree().path(field);
            if (!value.isMissingNode() && !value.isNull()) {
                return value;
            }
        }
        return event.tree().path("absent");
    }

    static String eventFirstSeen(ApiObject event, Instant now) {
        return Durations.since(first(event, "firstTimestamp", "deprecatedFirstTimestamp", "eventTime"), now);
    }

    static String eventLastSeen(ApiObject event, Instant now) {
        JsonNode series = event.tree().path("series").path("lastObservedTime");
        JsonNode last = first(event, "lastTimestamp", "deprecatedLastTimestamp");
        if (series.isTextual()) {
            return Durations.since(series, now);
        }
        return last.isTextual() ? Durations.since(last, now) : eventFirstSeen(event, now);
    }

    static int eventCount(ApiObject event, Instant now) {
        int series = event.tree().path("series").path("count").asInt();
        return series > 0 ? series : Math.max(1, first(event, "count", "deprecatedCount").asInt());
    }

    static String eventObject(ApiObject event, Instant now) {
        JsonNode object = first(event, "involvedObject", "regarding");
        String name = Text.of(object, "name");
        String kind = Text.of(object, "kind").toLowerCase(Locale.ROOT);
        return name.isEmpty() ? kind : kind + "/" + name;
    }

    static String eventSubobject(ApiObject event, Instant now) {
        return Text.of(first(event, "involvedObject", "regarding"), "fieldPath");
    }

    static String eventSource(ApiObject event, Instant now) {
        JsonNode source = first(event, "source", "deprecatedSource");
        String component = Text.of(source, "component");
        String place = Text.of(source, "host");
        if (component.isEmpty()) {
            component = first(event, "reportingComponent", "reportingController").asText("");
            place = Text.of(event.tree(), "reportingInstance");
        }
        return place.isEmpty() ? component : component + ", " + place;
    }

    static String eventMessage(ApiObject event, Instant now) {
        return first(event, "message", "note").asText("").strip();
    }

    static Cell quota(boolean limits) {
        return (quota, now) -> {
            List<String> parts = new ArrayList<>();
            JsonNode hard = quota.status().has("hard") ? quota.status().path("hard") : quota.spec().path("hard");
            TreeSet<String> names = new TreeSet<>();
            hard.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                if (name.startsWith("limits.") == limits) {
                    JsonNode used = quota.status().path("used").path(name);
                    parts.add(name + ": " + Text.or(used.asText(""), "0") + "/" + hard.path(name).asText(""));
                }
            }
            return String.join(", ", parts);
        };
    }

    static String csrCondition(ApiObject request, Instant now) {
        String result = "Pending";
        boolean failed = false;
        for (JsonNode condition : request.status().path("conditions")) {
            switch (Text.of(condition, "type")) {
                case "Approved" -> result = result.equals("Denied") ? result : "Approved";
                case "Denied" -> result = "Denied";
                case "Failed" -> failed = true;
                default -> {
                    // Other conditions say nothing on the decision.
                }
            }
        }
        return result + (failed ? ",Failed" : "")
                + (Text.of(request.status(), "certificate").isEmpty() ? "" : ",Issued");
    }

    static String csrDuration(ApiObject request, Instant now) {
        JsonNode seconds = request.spec().path("expirationSeconds");
        return seconds.isNumber() ? Durations.human(Duration.ofSeconds(seconds.asLong())) : Text.NONE;
    }

    static String componentStatus(ApiObject component, Instant now) {
        String healthy = Text.of(componentHealth(component), "status");
        return healthy.equals("True") ? "Healthy" : healthy.equals("False") ? "Unhealthy" : "Unknown";
    }

    static JsonNode componentHealth(ApiObject component) {
        for (JsonNode condition : component.tree().path("conditions")) {
            if (Text.of(condition, "type").equals("Healthy")) {
                return condition;
            }
        }
        return component.tree().path("absent");
    }

    static String masterShare(ApiObject master, Instant now) {
        JsonNode share = master.status().path("sharePercent");
        return share.isNumber() ? share.asInt() + "%" : Text.NONE;
    }

    /** The last condition of some types that counts; a text where none does. */
    static Cell lastOf(Set<String> types, Predicate<JsonNode> counts, String none) {
        return (object, now) -> {
            String last = none;
            for (JsonNode condition : object.status().path("conditions")) {
                if (types.contains(Text.of(condition, "type")) && counts.test(condition)) {
                    last = Text.of(condition, "type");
                }
            }
            return last;
        };
    }

    static boolean isTrue(ApiObject object, String type) {
        for (JsonNode condition : object.status().path("conditions")) {
            if (Text.of(condition, "type").equals(type) && Text.of(condition, "status").equals("True")) {
                return true;
            }
        }
        return false;
    }

    /** Those that are served; the stored one says so. */
    static String definitionVersions(ApiObject definition, Instant now) {
        List<String> versions = new ArrayList<>();
        for (JsonNode version : definition.spec().path("versions")) {
            if (version.path("served").asBoolean()) {
                versions.add(Text.of(version, "name") + (version.path("storage").asBoolean() ? "(storage)" : ""));
            }
        }
        Collections.sort(versions);
        return String.join(",", versions);
    }

    static Cell condition(String type) {
        return (object, now) -> {
            for (JsonNode condition : object.status().path("conditions")) {
                if (Text.of(condition, "type").equals(type)) {
                    String status = Text.of(condition, "status");
                    return status.equals("True") ? status : status + " (" + Text.of(condition, "reason") + ")";
                }
            }
            return "Unknown";
        };
    }
}
