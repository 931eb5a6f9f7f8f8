package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.status.FieldError;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;

/** Rules of Jobs and CronJobs. Source: {@code pkg/apis/batch/validation/validation.go} of Kubernetes. */
final class JobRules {
    private static final Pattern FIELD = Pattern.compile("[0-9A-Za-z*/,?#LW-]+");
    private static final Pattern MACRO = Pattern
            .compile("@(yearly|annually|monthly|weekly|daily|midnight|hourly)|@every \\S+");

    private JobRules() {}

    static void job(ObjectNode spec, String path, Findings findings) {
        JsonNode template = spec.path("template");
        String policy = Findings.text(template.path("spec"), "restartPolicy");
        if (template.path("spec").isObject() && !policy.equals("OnFailure") && !policy.equals("Never")) {
            findings.add(policy.isEmpty()
                    ? FieldError.required(TypeRule.at(path, "template.spec.restartPolicy"),
                            "valid values: \"OnFailure\", \"Never\"")
                    : FieldError.notSupported(TypeRule.at(path, "template.spec.restartPolicy"), policy,
                            List.of("OnFailure", "Never")));
        }
        boolean indexed = Findings.text(spec, "completionMode").equals("Indexed");
        if (indexed && !spec.hasNonNull("completions")) {
            findings.required(TypeRule.at(path, "completions"), "when completion mode is Indexed");
        }
        if (indexed && spec.path("parallelism").asLong() > 100_000) {
            findings.invalid(TypeRule.at(path, "parallelism"), spec.path("parallelism"),
                    "must be less than or equal to 100000 when completion mode is Indexed");
        }
        if (spec.path("selector").isObject() && template.path("metadata").path("labels").isObject()
                && !WorkloadRules.matches(spec.path("selector"), template.path("metadata").path("labels"))) {
            findings.invalid(TypeRule.at(path, "template.metadata.labels"), template.path("metadata").path("labels"),
                    "`selector` does not match template `labels`");
        }
    }

    static void cronJob(ObjectNode spec, String path, Findings findings) {
        String schedule = Findings.text(spec, "schedule");
        if (!schedule.isEmpty() && !plausible(schedule)) {
            findings.invalid(TypeRule.at(path, "schedule"), schedule, schedule.startsWith("@")
                    ? "unrecognized descriptor: " + schedule
                    : "expected exactly 5 fields, found " + schedule.strip().split("\\s+").length + ": ["
                            + String.join(" ", schedule.strip().split("\\s+")) + "]");
        }
        if (spec.hasNonNull("timeZone")) {
            String zone = Findings.text(spec, "timeZone");
            if (zone.isEmpty()) {
                findings.invalid(TypeRule.at(path, "timeZone"), zone, "timeZone must be nil or non-empty string");
            } else if (!known(zone)) {
                findings.invalid(TypeRule.at(path, "timeZone"), zone, "unknown time zone " + zone);
            }
        }
    }

    private static boolean plausible(String schedule) {
        if (schedule.startsWith("@")) {
            return MACRO.matcher(schedule).matches();
        }
        String[] fields = schedule.strip().split("\\s+");
        return fields.length == 5 && List.of(fields).stream().allMatch(field -> FIELD.matcher(field).matches());
    }

    private static boolean known(String zone) {
        try {
            ZoneId.of(zone);
            return !zone.equalsIgnoreCase("local");
        } catch (DateTimeException unknown) {
            return false;
        }
    }
}
