package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import dev.xebec.model.status.FieldError;
import java.time.ZoneId;
import java.util.List;

/** Rules of Jobs and CronJobs. Source: {@code pkg/apis/batch/validation/validation.go} of Kubernetes. */
final class JobRules {
    static final int MAX_PARALLELISM = 100_000;
    private static final int MANY_COMPLETIONS = 100_000;
    private static final int MAX_FOR_MANY = 10_000;
    private static final int MAX_MANAGER = 63;
    private static final String PER_INDEX = " when completions are above 100000 and used with backoff limit per index";

    private JobRules() {}

    static void job(ObjectNode spec, String path, Findings findings) {
        if (Findings.text(spec, "completionMode").equals("Indexed")) {
            indexed(spec, path, findings);
        } else {
            for (String field : List.of("backoffLimitPerIndex", "maxFailedIndexes")) {
                if (spec.hasNonNull(field)) {
                    findings.invalid(TypeRule.at(path, field), spec.path(field), "requires indexed completion mode");
                }
            }
            if (spec.path("successPolicy").isObject()) {
                findings.invalid(TypeRule.at(path, "successPolicy"), spec.path("successPolicy"),
                        "requires indexed completion mode");
            }
        }
        if (spec.hasNonNull("maxFailedIndexes") && !spec.hasNonNull("backoffLimitPerIndex")) {
            findings.required(TypeRule.at(path, "backoffLimitPerIndex"), "when maxFailedIndexes is specified");
        }
        JobPolicies.check(spec, path, findings);
        String manager = Findings.text(spec, "managedBy");
        if (!manager.isEmpty()) {
            findings.invalid(TypeRule.at(path, "managedBy"), manager, Names.domainPath(manager));
            if (manager.length() > MAX_MANAGER) {
                findings.add(FieldError.tooLong(TypeRule.at(path, "managedBy"), MAX_MANAGER));
            }
        }
        restartPolicy(spec, path, findings);
        JsonNode labels = spec.path("template").path("metadata").path("labels");
        if (spec.path("selector").isObject() && !WorkloadRules.matches(spec.path("selector"), labels)) {
            findings.invalid(TypeRule.at(path, "template.metadata.labels"),
                    labels.isObject() ? labels : NullNode.getInstance(), "`selector` does not match template `labels`");
        }
    }

    private static void restartPolicy(ObjectNode spec, String path, Findings findings) {
        String where = TypeRule.at(path, "template.spec.restartPolicy");
        String policy = Findings.text(spec.path("template").path("spec"), "restartPolicy");
        if (policy.equals("Always") || policy.isEmpty()) {
            findings.required(where, "valid values: \"OnFailure\", \"Never\"");
        } else if (!policy.equals("Never") && spec.path("podFailurePolicy").isObject()) {
            findings.invalid(where, policy, "only \"Never\" is supported when podFailurePolicy is specified");
        }
    }

    private static void indexed(ObjectNode spec, String path, Findings findings) {
        JsonNode completions = spec.path("completions");
        JsonNode parallelism = spec.path("parallelism");
        JsonNode failed = spec.path("maxFailedIndexes");
        if (!completions.isNumber()) {
            findings.required(TypeRule.at(path, "completions"), "when completion mode is Indexed");
        }
        if (parallelism.asLong() > MAX_PARALLELISM) {
            findings.invalid(TypeRule.at(path, "parallelism"), parallelism,
                    "must be less than or equal to 100000 when completion mode is Indexed");
        }
        if (completions.isNumber() && failed.asLong() > completions.asLong()) {
            findings.invalid(TypeRule.at(path, "maxFailedIndexes"), failed,
                    "must be less than or equal to completions");
        }
        if (failed.asLong() > MAX_PARALLELISM) {
            findings.invalid(TypeRule.at(path, "maxFailedIndexes"), failed, "must be less than or equal to 100000");
        }
        if (completions.asLong() > MANY_COMPLETIONS && spec.hasNonNull("backoffLimitPerIndex")) {
            if (!failed.isNumber()) {
                findings.required(TypeRule.at(path, "maxFailedIndexes"),
                        "must be specified when completions is above 100000");
            }
            if (parallelism.asLong() > MAX_FOR_MANY) {
                findings.invalid(TypeRule.at(path, "parallelism"), parallelism,
                        "must be less than or equal to 10000" + PER_INDEX);
            }
            if (failed.asLong() > MAX_FOR_MANY) {
                findings.invalid(TypeRule.at(path, "maxFailedIndexes"), failed,
                        "must be less than or equal to 10000" + PER_INDEX);
            }
        }
    }

    static void cronJob(ObjectNode spec, String path, Findings findings) {
        String schedule = Findings.text(spec, "schedule");
        String where = TypeRule.at(path, "schedule");
        if (schedule.contains("TZ")) {
            findings.invalid(where, schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
        } else if (!schedule.isEmpty()) {
            String wrong = CronSchedule.wrong(schedule);
            if (wrong != null) {
                findings.invalid(where, schedule, wrong);
            }
        }
        if (spec.hasNonNull("timeZone")) {
            timeZone(Findings.text(spec, "timeZone"), TypeRule.at(path, "timeZone"), findings);
        }
        JsonNode job = spec.path("jobTemplate").path("spec");
        if (job.path("selector").isObject()) {
            findings.invalid(TypeRule.at(path, "jobTemplate.spec.selector"), job.path("selector"),
                    "`selector` will be auto-generated");
        }
        if (job.path("manualSelector").asBoolean()) {
            findings.add(FieldError.notSupported(TypeRule.at(path, "jobTemplate.spec.manualSelector"), true,
                    List.of("nil", "false")));
        }
    }

    private static void timeZone(String zone, String path, Findings findings) {
        if (zone.isEmpty()) {
            findings.invalid(path, zone, "timeZone must be nil or non-empty string");
        } else if (zone.equalsIgnoreCase("Local")) {
            findings.invalid(path, zone,
                    "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
        } else if (!ZoneId.getAvailableZoneIds().contains(zone)) {
            findings.invalid(path, zone, "unknown time zone " + zone);
        }
    }
}
