package dev.xebec.model.advice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import dev.xebec.model.object.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pods and what makes them. Source: {@code pkg/registry/apps}, {@code batch} and {@code core} of Kubernetes, strategies. */
final class WorkloadAdvice {
    private static final int MANY_COMPLETIONS = 100_000;
    private static final int MANY_AT_ONCE = 10_000;

    private WorkloadAdvice() {}

    /** Nobody reads what is said of changes of pods, of which there are many. */
    static void pod(ObjectNode now, @Nullable ObjectNode before, Told told) {
        if (before == null) {
            named(now, "the Pod's hostname", told);
            PodAdvice.pod(now, "", told);
        }
    }

    static void workload(ObjectNode now, @Nullable ObjectNode before, Told told) {
        if (before == null) {
            named(now, "Pod names and hostnames", told);
        }
        template(now, before, told);
    }

    static void template(ObjectNode now, @Nullable ObjectNode before, Told told) {
        if (changed(now, before)) {
            PodAdvice.pod(now.path("spec").path("template"), "spec.template.", told);
        }
    }

    /** Its pods are named otherwise, so that its own name may be what it likes. */
    static void daemonSet(ObjectNode now, @Nullable ObjectNode before, Told told) {
        JsonNode template = now.path("spec").path("template");
        if (before == null || !Json.same(template, before.path("spec").path("template"))) {
            PodAdvice.pod(template, "spec.template.", told);
        }
    }

    static void statefulSet(ObjectNode now, @Nullable ObjectNode before, Told told) {
        template(now, before, told);
        JsonNode claims = now.path("spec").path("volumeClaimTemplates");
        for (int at = 0; at < claims.size(); at++) {
            StorageAdvice.claim(claims.get(at).path("spec"),
                    "spec.volumeClaimTemplates[" + at + "]" + (before == null ? "" : ".Spec"), told);
        }
        if (now.path("spec").path("revisionHistoryLimit").asLong(0) < 0) {
            told.say("spec.revisionHistoryLimit",
                    "a negative value retains all historical revisions; a value >= 0 is recommended");
        }
    }

    static void job(ObjectNode now, @Nullable ObjectNode before, Told told) {
        if (before == null) {
            named(now, "Pod names and hostnames", told);
        }
        if (changed(now, before)) {
            job(now.path("spec"), "spec", told);
        }
    }

    static void cronJob(ObjectNode now, @Nullable ObjectNode before, Told told) {
        if (before == null) {
            named(now, "Pod names and hostnames", told);
        }
        if (changed(now, before)) {
            job(now.path("spec").path("jobTemplate").path("spec"), "spec.jobTemplate.spec", told);
        }
        if (before != null && now.path("spec").path("schedule").asText("").contains("TZ")) {
            told.say("cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead, see "
                    + "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details");
        }
    }

    private static void job(JsonNode spec, String path, Told told) {
        if (spec.path("completionMode").asText("").equals("Indexed")
                && spec.path("completions").asLong(0) > MANY_COMPLETIONS
                && spec.path("parallelism").asLong(0) > MANY_AT_ONCE) {
            told.say(path, "In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher "
                    + "than 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes "
                    + "fail");
        }
        PodAdvice.pod(spec.path("template"), path + ".template.", told);
    }

    static void podTemplate(ObjectNode now, @Nullable ObjectNode before, Told told) {
        if (before == null || !Json.same(now.path("template"), before.path("template"))) {
            PodAdvice.pod(now.path("template"), "template.", told);
        }
    }

    /** What has been said is not said again as long as nothing else is wanted. */
    private static boolean changed(ObjectNode now, @Nullable ObjectNode before) {
        return before == null || !Json.same(now.path("spec"), before.path("spec"));
    }

    private static void named(ObjectNode object, String use, Told told) {
        String name = object.path("metadata").path("name").asText("");
        List<String> wrong = name.isEmpty() ? List.of() : Names.label(name);
        if (!wrong.isEmpty()) {
            told.say("metadata.name", "this is used in " + use + ", which can result in surprising behavior; a DNS "
                    + "label is recommended: [" + String.join(" ", wrong) + "]");
        }
    }
}
