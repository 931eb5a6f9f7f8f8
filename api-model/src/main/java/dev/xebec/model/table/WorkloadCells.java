package dev.xebec.model.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.OwnerReference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Cells of what runs pods. */
final class WorkloadCells {
    private static final List<String> JOB_CONDITIONS = List.of("Complete", "Failed", "", "Suspended", "FailureTarget",
            "SuccessCriteriaMet");

    private WorkloadCells() {}

    /** Ready out of wanted. */
    static String ready(ApiObject object, Instant now) {
        return object.status().path("readyReplicas").asInt() + "/" + object.spec().path("replicas").asInt();
    }

    private static JsonNode podSpec(ApiObject object) {
        JsonNode root = object.spec().has("jobTemplate")
                ? object.spec().path("jobTemplate").path("spec")
                : object.spec();
        JsonNode template = object.tree().has("template") ? object.tree().path("template") : root.path("template");
        return template.path("spec");
    }

    static String containers(ApiObject object, Instant now) {
        return Text.join(podSpec(object).path("containers"), container -> Text.of(container, "name"), ",");
    }

    static String images(ApiObject object, Instant now) {
        return Text.join(podSpec(object).path("containers"), container -> Text.of(container, "image"), ",");
    }

    /** Label selectors as queries; the plain maps of old kinds as labels. */
    static String selector(ApiObject object, Instant now) {
        JsonNode selector = object.spec().has("jobTemplate")
                ? object.spec().path("jobTemplate").path("spec").path("selector")
                : object.spec().path("selector");
        boolean structured = selector.has("matchLabels") || selector.has("matchExpressions");
        return structured ? Text.selector(selector) : Text.labels(selector);
    }

    static String jobStatus(ApiObject job, Instant now) {
        for (String type : JOB_CONDITIONS) {
            if (type.isEmpty() && job.deleting()) {
                return "Terminating";
            }
            for (JsonNode condition : job.status().path("conditions")) {
                if (!type.isEmpty() && Text.of(condition, "type").equals(type)
                        && Text.of(condition, "status").equals("True")) {
                    return type;
                }
            }
        }
        return "Running";
    }

    static String jobCompletions(ApiObject job, Instant now) {
        int succeeded = job.status().path("succeeded").asInt();
        if (job.spec().hasNonNull("completions")) {
            return succeeded + "/" + job.spec().path("completions").asInt();
        }
        int parallelism = job.spec().path("parallelism").asInt();
        return parallelism > 1 ? succeeded + "/1 of " + parallelism : succeeded + "/1";
    }

    static String jobDuration(ApiObject job, Instant now) {
        return ApiObject.instant(job.status().path("startTime")).map(start -> Durations.human(Duration.between(start,
                ApiObject.instant(job.status().path("completionTime")).orElse(now)))).orElse("");
    }

    static String cronJobLastSchedule(ApiObject job, Instant now) {
        JsonNode time = job.status().path("lastScheduleTime");
        return time.isTextual() ? Durations.since(time, now) : Text.NONE;
    }

    static String cronJobSuspend(ApiObject job, Instant now) {
        return job.spec().path("suspend").asBoolean() ? "True" : "False";
    }

    static String controllerName(ApiObject revision, Instant now) {
        return revision.controllerOwner().map(WorkloadCells::shown).orElse(Text.NONE);
    }

    private static String shown(OwnerReference owner) {
        int slash = owner.apiVersion().indexOf('/');
        String group = slash < 0 ? "" : "." + owner.apiVersion().substring(0, slash);
        return owner.kind().toLowerCase(Locale.ROOT) + group + "/" + owner.name();
    }

    static String hpaReference(ApiObject scaler, Instant now) {
        return Text.of(scaler.spec(), "scaleTargetRef.kind") + "/" + Text.of(scaler.spec(), "scaleTargetRef.name");
    }

    static String hpaMinPods(ApiObject scaler, Instant now) {
        return Text.or(Text.of(scaler.spec(), "minReplicas"), Text.UNSET);
    }

    static String hpaTargets(ApiObject scaler, Instant now) {
        JsonNode percentage = scaler.spec().path("targetCPUUtilizationPercentage");
        if (percentage.isNumber()) {
            String current = Text.of(scaler.status(), "currentCPUUtilizationPercentage");
            return "cpu: " + (current.isEmpty() ? Durations.UNKNOWN : current + "%") + "/" + percentage + "%";
        }
        StringBuilder targets = new StringBuilder();
        JsonNode metrics = scaler.spec().path("metrics");
        for (int at = 0; at < Math.min(2, metrics.size()); at++) {
            targets.append(at > 0 ? ", " : "").append(metric(metrics.get(at),
                    scaler.status().path("currentMetrics").path(at)));
        }
        if (metrics.size() > 2) {
            targets.append(" + ").append(metrics.size() - 2).append(" more...");
        }
        return Text.or(targets.toString(), Text.NONE);
    }

    private static String metric(JsonNode metric, JsonNode status) {
        String type = Text.of(metric, "type");
        String field = type.isEmpty() ? "" : type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
        JsonNode target = metric.path(field).path("target");
        JsonNode current = status.path(field).path("current");
        String name = Text.of(metric.path(field), "name");
        String label = name.isEmpty() ? "" : name + ": ";
        if (target.hasNonNull("averageUtilization")) {
            String now = Text.of(current, "averageUtilization");
            return label + (now.isEmpty() ? Durations.UNKNOWN : now + "%") + "/" + target.path("averageUtilization")
                    + "%";
        }
        String value = target.hasNonNull("averageValue") ? "averageValue" : "value";
        String suffix = value.equals("averageValue") && name.isEmpty() ? " (avg)" : "";
        return label + Text.or(Text.of(current, value), Durations.UNKNOWN) + "/" + Text.of(target, value) + suffix;
    }
}
