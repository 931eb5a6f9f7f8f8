package dev.xebec.controller.object;

import dev.xebec.model.object.ApiObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What controllers ask of a pod. Source: k/k {@code pkg/api/v1/pod}, {@code pkg/controller/controller_utils.go}. */
public final class Pods {
    private Pods() {}

    public static String phase(ApiObject pod) {
        return pod.status().path("phase").asText("Pending");
    }

    public static String node(ApiObject pod) {
        return pod.spec().path("nodeName").asText("");
    }

    /** Succeeded or failed: it will not run again. */
    public static boolean finished(ApiObject pod) {
        String phase = phase(pod);
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /** Counts as one of its owner's: neither finished nor on its way out. */
    public static boolean active(ApiObject pod) {
        return !finished(pod) && !pod.deleting();
    }

    public static boolean ready(ApiObject pod) {
        return Conditions.isTrue(pod.status(), "Ready");
    }

    public static Optional<Instant> readySince(ApiObject pod) {
        return ready(pod) ? Conditions.since(pod.status(), "Ready") : Optional.empty();
    }

    /** Ready for at least {@code minReady}. */
    public static boolean available(ApiObject pod, Duration minReady, Instant now) {
        if (!ready(pod)) {
            return false;
        }
        return minReady.isZero() || readySince(pod).map(since -> !since.plus(minReady).isAfter(now)).orElse(false);
    }

    /** The most restarts of any of its containers. */
    public static int restarts(ApiObject pod) {
        int most = 0;
        for (var container : pod.status().path("containerStatuses")) {
            most = Math.max(most, container.path("restartCount").asInt(0));
        }
        return most;
    }
}
