package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.selector.LabelSelector;
import dev.xebec.model.status.FieldError;
import java.util.List;
import java.util.regex.Pattern;

/** Rules of what runs pods. Source: {@code pkg/apis/apps/validation/validation.go} of Kubernetes. */
final class WorkloadRules {
    private static final Pattern PERCENT = Pattern.compile("[0-9]{1,9}%");

    private WorkloadRules() {}

    static void template(ObjectNode template, String path, Findings findings) {
        JsonNode metadata = template.path("metadata");
        MetadataRules.labels(metadata.path("labels"), TypeRule.at(path, "metadata.labels"), findings);
        MetadataRules.annotations(metadata.path("annotations"), TypeRule.at(path, "metadata.annotations"), findings);
        if (!template.path("spec").isObject()) {
            findings.required(TypeRule.at(path, "spec.containers"), "");
        }
        if (!Findings.absent(template.path("spec").path("ephemeralContainers"))) {
            findings.forbidden(TypeRule.at(path, "spec.ephemeralContainers"),
                    "ephemeral containers not allowed in pod template");
        }
    }

    static void deployment(ObjectNode spec, String path, Findings findings) {
        runsForever(spec, path, "deployment", findings);
        long ready = spec.path("minReadySeconds").asLong(0);
        JsonNode deadline = spec.path("progressDeadlineSeconds");
        if (deadline.isNumber() && deadline.asLong() <= ready) {
            findings.invalid(TypeRule.at(path, "progressDeadlineSeconds"), deadline,
                    "must be greater than minReadySeconds");
        }
        JsonNode strategy = spec.path("strategy");
        JsonNode rolling = strategy.path("rollingUpdate");
        String where = TypeRule.at(path, "strategy.rollingUpdate");
        if (Findings.text(strategy, "type").equals("Recreate") && rolling.isObject()) {
            findings.forbidden(where, "may not be specified when strategy `type` is 'Recreate'");
        } else if (rolling.isObject()) {
            rolling(rolling, where, findings);
        }
    }

    private static void rolling(JsonNode rolling, String path, Findings findings) {
        amount(rolling.path("maxUnavailable"), path + ".maxUnavailable", findings);
        amount(rolling.path("maxSurge"), path + ".maxSurge", findings);
        if (isZero(rolling.path("maxUnavailable")) && isZero(rolling.path("maxSurge"))) {
            findings.invalid(path + ".maxUnavailable", rolling.path("maxUnavailable"),
                    "may not be 0 when `maxSurge` is 0");
        }
        if (percent(rolling.path("maxUnavailable")) > 100) {
            findings.invalid(path + ".maxUnavailable", rolling.path("maxUnavailable"), "must not be greater than 100%");
        }
    }

    /** A number of pods or a percentage. */
    static void amount(JsonNode amount, String path, Findings findings) {
        findings.notNegative(path, amount);
        if (amount.isTextual() && !PERCENT.matcher(amount.asText()).matches()) {
            findings.invalid(path, amount.asText(), "a valid percent string must be a numeric string followed by an "
                    + "ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')");
        }
    }

    private static boolean isZero(JsonNode amount) {
        return amount.isNumber() ? amount.asLong() == 0 : percent(amount) == 0;
    }

    private static long percent(JsonNode amount) {
        boolean percent = amount.isTextual() && PERCENT.matcher(amount.asText()).matches();
        return percent ? Long.parseLong(amount.asText().substring(0, amount.asText().length() - 1)) : -1;
    }

    static void replicaSet(ObjectNode spec, String path, Findings findings) {
        runsForever(spec, path, "deployment", findings);
    }

    static void statefulSet(ObjectNode spec, String path, Findings findings) {
        runsForever(spec, path, "statefulset", findings);
        JsonNode update = spec.path("updateStrategy");
        String where = TypeRule.at(path, "updateStrategy.rollingUpdate");
        JsonNode rolling = update.path("rollingUpdate");
        if (Findings.text(update, "type").equals("OnDelete") && rolling.isObject()) {
            findings.invalid(where, rolling, "only allowed for updateStrategy 'RollingUpdate'");
        }
        findings.notNegative(where + ".partition", rolling.path("partition"));
        amount(rolling.path("maxUnavailable"), where + ".maxUnavailable", findings);
        if (rolling.has("maxUnavailable") && isZero(rolling.path("maxUnavailable"))) {
            findings.invalid(where + ".maxUnavailable", rolling.path("maxUnavailable"), "cannot be 0");
        }
    }

    static void daemonSet(ObjectNode spec, String path, Findings findings) {
        runsForever(spec, path, "daemonset", findings);
        JsonNode rolling = spec.path("updateStrategy").path("rollingUpdate");
        String where = TypeRule.at(path, "updateStrategy.rollingUpdate");
        amount(rolling.path("maxUnavailable"), where + ".maxUnavailable", findings);
        amount(rolling.path("maxSurge"), where + ".maxSurge", findings);
        boolean unavailable = rolling.isObject() && !isZero(rolling.path("maxUnavailable"));
        boolean surge = rolling.isObject() && !isZero(rolling.path("maxSurge"));
        if (unavailable && surge) {
            findings.invalid(where + ".maxSurge", rolling.path("maxSurge"),
                    "may not be set when maxUnavailable is non-zero");
        } else if (rolling.isObject() && !unavailable && !surge) {
            findings.invalid(where + ".maxUnavailable", rolling.path("maxUnavailable"),
                    "cannot be 0 when maxSurge is 0");
        }
        if (percent(rolling.path("maxUnavailable")) > 100) {
            findings.invalid(where + ".maxUnavailable", rolling.path("maxUnavailable"),
                    "must not be greater than 100%");
        }
    }

    static void replicationController(ObjectNode spec, String path, Findings findings) {
        JsonNode selector = spec.path("selector");
        JsonNode template = spec.path("template");
        if (selector.isEmpty()) {
            findings.required(TypeRule.at(path, "selector"), "");
        } else {
            MetadataRules.labels(selector, TypeRule.at(path, "selector"), findings);
        }
        if (!template.isObject()) {
            findings.required(TypeRule.at(path, "template"), "");
            return;
        }
        JsonNode labels = template.path("metadata").path("labels");
        boolean matches = selector.propertyStream()
                .allMatch(label -> label.getValue().equals(labels.path(label.getKey())));
        if (!matches) {
            findings.invalid(TypeRule.at(path, "template.metadata.labels"),
                    labels.isObject() ? labels : NullNode.getInstance(), "`selector` does not match template `labels`");
        }
        alwaysRestarts(spec, path, findings);
    }

    private static void runsForever(ObjectNode spec, String path, String what, Findings findings) {
        selectsTemplate(spec, path, what, findings);
        alwaysRestarts(spec, path, findings);
    }

    private static void alwaysRestarts(ObjectNode spec, String path, Findings findings) {
        JsonNode policy = spec.path("template").path("spec").path("restartPolicy");
        if (policy.isTextual() && !policy.asText().equals("Always")) {
            findings.add(FieldError.notSupported(TypeRule.at(path, "template.spec.restartPolicy"), policy.asText(),
                    List.of("Always")));
        }
        if (spec.path("template").path("spec").hasNonNull("activeDeadlineSeconds")) {
            findings.forbidden(TypeRule.at(path, "template.spec.activeDeadlineSeconds"),
                    "activeDeadlineSeconds in ReplicaSet is not Supported");
        }
    }

    private static void selectsTemplate(ObjectNode spec, String path, String what, Findings findings) {
        JsonNode selector = spec.path("selector");
        if (selector.isObject() && selector.path("matchLabels").isEmpty()
                && selector.path("matchExpressions").isEmpty()) {
            findings.invalid(TypeRule.at(path, "selector"), selector, "empty selector is invalid for " + what);
            return;
        }
        if (!what.equals("daemonset") && !readable(selector)) {
            findings.invalid(TypeRule.at(path, "selector"), selector,
                    what.equals("statefulset") ? "" : "invalid label selector");
            return;
        }
        JsonNode labels = spec.path("template").path("metadata").path("labels");
        if (!selector.isObject() || !matches(selector, labels)) {
            findings.invalid(TypeRule.at(path, "template.metadata.labels"),
                    labels.isObject() ? labels : NullNode.getInstance(), "`selector` does not match template `labels`");
        }
    }

    static boolean readable(JsonNode selector) {
        try {
            LabelSelector.of(selector);
            return true;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /** True also for a selector that is malformed, which is reported elsewhere. */
    static boolean matches(JsonNode selector, JsonNode labels) {
        try {
            return LabelSelector.of(selector).matches(ApiObject.strings(labels));
        } catch (IllegalArgumentException malformed) {
            return true;
        }
    }
}
