package dev.xebec.gateway.stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.gateway.node.PodTarget;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.gateway.request.Call;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * The container that a stream is about.
 *
 * @param node where its pod runs; empty while it runs nowhere
 * @param waiting why the container has never run yet, as far as its pod's status tells; empty otherwise
 *
 * <p>Source: k/k {@code pkg/registry/core/pod/strategy.go}.
 */
record Target(String namespace, String pod, String uid, String container, String node, String waiting) {
    private static final List<String> STATUSES = List.of("containerStatuses", "initContainerStatuses",
            "ephemeralContainerStatuses");

    /** Looks up the pod and chooses the container: the one that is named, or the only one there is. */
    static Target of(Call call, ObjectRegistry registry) {
        PodTarget pod = PodTarget.of(registry, call.info().namespace(), call.info().name());
        return of(pod.object(), call.query("container"));
    }

    static Target of(ApiObject pod, String wanted) {
        String container = container(pod, wanted);
        return new Target(pod.namespace(), pod.name(), pod.uid(), container, pod.spec().path("nodeName").asText(""),
                waiting(pod, container));
    }

    private static String waiting(ApiObject pod, String container) {
        for (String list : STATUSES) {
            for (JsonNode status : pod.status().path(list)) {
                if (status.path("name").asText("").equals(container)) {
                    return status.path("lastState").has("terminated")
                            ? ""
                            : status.path("state").path("waiting").path("reason").asText("");
                }
            }
        }
        return "";
    }

    private static String container(ApiObject pod, String wanted) {
        List<String> containers = names(pod.spec().path("containers"));
        List<String> all = names(pod.spec().path("initContainers"));
        all.addAll(containers);
        all.addAll(names(pod.spec().path("ephemeralContainers")));
        if (wanted.isEmpty()) {
            if (containers.size() == 1) {
                return containers.get(0);
            }
            throw new RejectedException(Status.badRequest("a container name must be specified for pod " + pod.name()
                    + (containers.isEmpty() ? "" : ", choose one of: [" + String.join(" ", all) + "]")));
        }
        if (!all.contains(wanted)) {
            throw new RejectedException(
                    Status.badRequest("container " + wanted + " is not valid for pod " + pod.name()));
        }
        return wanted;
    }

    private static List<String> names(JsonNode containers) {
        List<String> names = new ArrayList<>();
        containers.forEach(container -> names.add(container.path("name").asText("")));
        return names;
    }
}
