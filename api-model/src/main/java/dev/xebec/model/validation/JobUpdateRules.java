package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What may change about a Job: where the pods of one that is suspended shall run, and what they may use.
 *
 * <p>Source: {@code pkg/apis/batch/validation/validation.go} of Kubernetes, ValidateJobSpecUpdate.
 */
final class JobUpdateRules {
    private static final List<String> DIRECTIVES = List.of("nodeSelector", "tolerations", "schedulingGates");

    private JobUpdateRules() {}

    static void check(ObjectNode now, ObjectNode before, Findings findings) {
        JsonNode spec = now.path("spec");
        JsonNode old = before.path("spec");
        completions(spec, old, findings);
        findings.immutable("spec.selector", spec.path("selector"), old.path("selector"));
        template(spec.path("template"), old, pausing(before), findings);
        for (String field : List.of("completionMode", "podFailurePolicy", "backoffLimitPerIndex", "managedBy",
                "successPolicy")) {
            findings.immutable("spec." + field, spec.path(field), old.path(field));
        }
    }

    private static void completions(JsonNode spec, JsonNode old, Findings findings) {
        JsonNode now = spec.path("completions");
        if (!Findings.text(spec, "completionMode").equals("Indexed")) {
            findings.immutable("spec.completions", now, old.path("completions"));
        } else if (!Findings.same(now, old.path("completions")) && now.isNumber()
                && !Findings.same(now, spec.path("parallelism"))) {
            findings.invalid("spec.completions", now, "can only be modified in tandem with spec.parallelism");
        }
    }

    /** Whether none of its pods runs, and none will until it is resumed. */
    private static boolean pausing(ObjectNode job) {
        JsonNode conditions = job.path("status").path("conditions");
        boolean told = conditions.valueStream().anyMatch(condition -> Findings.text(condition, "type")
                .equals("Suspended") && Findings.text(condition, "status").equals("True"));
        return job.path("spec").path("suspend").asBoolean() && job.path("status").path("active").asInt() == 0
                && (told || !job.path("status").hasNonNull("startTime"));
    }

    private static void template(JsonNode template, JsonNode old, boolean pausing, Findings findings) {
        if (!pausing || !(old.get("template") instanceof ObjectNode standing)) {
            findings.immutable("spec.template", template, old.path("template"));
            return;
        }
        ObjectNode allowed = standing.deepCopy();
        if (allowed.get("spec") instanceof ObjectNode spec && template.get("spec") instanceof ObjectNode wanted) {
            DIRECTIVES.forEach(field -> PodUpdateRules.put(spec, wanted, field));
            affinity(spec, wanted);
            for (String list : List.of("containers", "initContainers")) {
                if (spec.path(list).size() == wanted.path(list).size()) {
                    PodUpdateRules.takeBack(spec.path(list), wanted.path(list), "resources");
                }
            }
            findings.immutable("spec.template.spec", wanted, spec);
        }
    }

    /** Nodes may be chosen anew; pods that attract each other or not stay as they are. */
    private static void affinity(ObjectNode spec, ObjectNode wanted) {
        JsonNode now = wanted.path("affinity");
        if (spec.get("affinity") instanceof ObjectNode standing) {
            standing.remove("nodeAffinity");
            if (now.has("nodeAffinity")) {
                standing.set("nodeAffinity", now.get("nodeAffinity"));
            }
            if (standing.isEmpty() && now.isMissingNode()) {
                spec.remove("affinity");
            }
        } else if (now.isObject()) {
            ObjectNode only = spec.putObject("affinity");
            if (now.has("nodeAffinity")) {
                only.set("nodeAffinity", now.get("nodeAffinity"));
            }
        }
    }
}
