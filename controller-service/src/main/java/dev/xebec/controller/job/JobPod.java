package dev.xebec.controller.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Kinds;
import dev.xebec.controller.object.Pods;
import dev.xebec.controller.object.StableName;
import dev.xebec.controller.object.Trees;
import dev.xebec.controller.object.Writes;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** One run of a Job: what its pod says, and how it is made. Source: k/k {@code pkg/controller/job}. */
final class JobPod {
    /** Holds a pod until its end has been counted. */
    static final String TRACKING = "batch.kubernetes.io/job-tracking";
    static final String INDEX = "batch.kubernetes.io/job-completion-index";
    static final String INDEX_FAILURES = "batch.kubernetes.io/job-index-failure-count";
    private static final int SUFFIX = 5;
    private static final int NO_INDEX = -1;

    private JobPod() {}

    static boolean tracked(ApiObject pod) {
        return pod.finalizers().contains(TRACKING);
    }

    /** -1 where it has none. */
    static int index(ApiObject pod) {
        return number(pod, INDEX, NO_INDEX);
    }

    /** Failures of the same index before this pod. */
    static int earlierFailures(ApiObject pod) {
        return number(pod, INDEX_FAILURES, 0);
    }

    private static int number(ApiObject pod, String annotation, int otherwise) {
        try {
            return Integer.parseInt(pod.annotations().getOrDefault(annotation, Integer.toString(otherwise)));
        } catch (NumberFormatException malformed) {
            return otherwise;
        }
    }

    static boolean succeeded(ApiObject pod) {
        return Pods.phase(pod).equals("Succeeded");
    }

    /** A pod that is deleted counts as failed, unless only failures are replaced: it may never come to say so. */
    static boolean failed(ApiObject pod, JobSpec spec) {
        return Pods.phase(pod).equals("Failed")
                || (!spec.replacesFailedOnly() && pod.deleting() && !succeeded(pod));
    }

    /** When its last container ended; its deletion where none says. */
    static Optional<Instant> ended(ApiObject pod) {
        Instant last = Instant.MIN;
        for (JsonNode container : pod.status().path("containerStatuses")) {
            Optional<Instant> at = ApiObject.instant(container.path("state").path("terminated").path("finishedAt"));
            last = at.isPresent() && at.get().isAfter(last) ? at.get() : last;
        }
        return last.equals(Instant.MIN) ? pod.deletionTimestamp().or(pod::creationTimestamp) : Optional.of(last);
    }

    /**
     * The first name of the job's (and index's) row that is not taken: two owners that see the same collide.
     *
     * @param index -1 for none
     */
    static String name(ApiObject job, int index, Predicate<String> taken) {
        for (int attempt = 0;; attempt++) {
            String suffix = StableName.suffix(SUFFIX, job.uid(), Integer.toString(index), Integer.toString(attempt));
            String name = StableName.of(index < 0 ? job.name() : job.name() + "-" + index, suffix);
            if (!taken.test(name)) {
                return name;
            }
        }
    }

    /** @param failures of the index before; -1 where they are not counted by index */
    static ApiObject make(ApiObject job, String name, int index, int failures) {
        ObjectNode pod = Writes.podOf(Kinds.JOB, job, name, job.name() + (index < 0 ? "-" : "-" + index + "-"));
        ObjectNode metadata = Trees.child(pod, "metadata");
        Trees.list(metadata, "finalizers").add(TRACKING);
        if (index >= 0) {
            number(pod, metadata, job, index, failures);
        }
        return ApiObject.of(pod);
    }

    private static void number(ObjectNode pod, ObjectNode metadata, ApiObject job, int index, int failures) {
        Trees.child(metadata, "annotations").put(INDEX, Integer.toString(index));
        Trees.child(metadata, "labels").put(INDEX, Integer.toString(index));
        if (failures >= 0) {
            Trees.child(metadata, "annotations").put(INDEX_FAILURES, Integer.toString(failures));
        }
        ObjectNode spec = Trees.child(pod, "spec");
        if (!spec.hasNonNull("hostname")) {
            spec.put("hostname", job.name() + "-" + index);
        }
        for (String list : new String[]{"initContainers", "containers"}) {
            spec.path(list).forEach(container -> knowsItsIndex((ObjectNode) container));
        }
    }

    private static void knowsItsIndex(ObjectNode container) {
        ArrayNode variables = Trees.list(container, "env");
        for (JsonNode variable : variables) {
            if (variable.path("name").asText().equals("JOB_COMPLETION_INDEX")) {
                return;
            }
        }
        ObjectNode variable = Json.object().put("name", "JOB_COMPLETION_INDEX");
        variable.putObject("valueFrom").putObject("fieldRef").put("fieldPath", "metadata.labels['" + INDEX + "']");
        variables.add(variable);
    }
}
