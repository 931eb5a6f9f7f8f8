package dev.xebec.controller.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.ApiObject;

/** What a Job's policy makes of a failed pod. Source: k/k {@code pkg/controller/job/pod_failure_policy.go}. */
final class FailurePolicy {
    private FailurePolicy() {}

    /** What follows from a failure. */
    enum Consequence {
        COUNT, IGNORE, FAIL_JOB, FAIL_INDEX
    }

    /** @param message why the job fails; empty where it does not */
    record Verdict(Consequence consequence, String message) {
        private static final Verdict COUNTED = new Verdict(Consequence.COUNT, "");
    }

    /** The first rule that fits decides; a pod that has not failed for good is counted. */
    static Verdict judge(JobSpec spec, ApiObject pod) {
        if (!pod.status().path("phase").asText("").equals("Failed")) {
            return Verdict.COUNTED;
        }
        JsonNode rules = spec.failureRules();
        for (int at = 0; at < rules.size(); at++) {
            JsonNode rule = rules.get(at);
            String why = rule.has("onExitCodes")
                    ? byExitCode(rule.path("onExitCodes"), pod)
                    : byCondition(rule.path("onPodConditions"), pod);
            if (!why.isEmpty()) {
                String action = rule.path("action").asText("");
                return new Verdict(consequence(action), why + " matching " + action + " rule at index " + at);
            }
        }
        return Verdict.COUNTED;
    }

    private static Consequence consequence(String action) {
        return switch (action) {
            case "FailJob" -> Consequence.FAIL_JOB;
            case "Ignore" -> Consequence.IGNORE;
            case "FailIndex" -> Consequence.FAIL_INDEX;
            default -> Consequence.COUNT;
        };
    }

    private static String byExitCode(JsonNode wanted, ApiObject pod) {
        String container = wanted.path("containerName").asText("");
        boolean in = wanted.path("operator").asText("").equals("In");
        for (String list : new String[]{"containerStatuses", "initContainerStatuses"}) {
            for (JsonNode status : pod.status().path(list)) {
                JsonNode exit = status.path("state").path("terminated").path("exitCode");
                String name = status.path("name").asText("");
                if (exit.asInt(0) != 0 && (container.isEmpty() || container.equals(name))
                        && in == contains(wanted.path("values"), exit.asInt())) {
                    return "Container " + name + " for pod " + pod.namespace() + "/" + pod.name()
                            + " failed with exit code " + exit.asInt();
                }
            }
        }
        return "";
    }

    private static boolean contains(JsonNode values, int code) {
        for (JsonNode value : values) {
            if (value.asInt() == code) {
                return true;
            }
        }
        return false;
    }

    private static String byCondition(JsonNode patterns, ApiObject pod) {
        for (JsonNode pattern : patterns) {
            for (JsonNode condition : pod.status().path("conditions")) {
                if (condition.path("type").equals(pattern.path("type"))
                        && condition.path("status").asText("").equals(pattern.path("status").asText("True"))) {
                    return "Pod " + pod.namespace() + "/" + pod.name() + " has condition "
                            + pattern.path("type").asText();
                }
            }
        }
        return "";
    }
}
