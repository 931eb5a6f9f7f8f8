package dev.xebec.simulator.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Once all is settled the Endpoints and the EndpointSlices of a Service name its ready pods. Services that publish what is not
 * ready, and those with ports by name, which not every pod has, are let be; IPv4 only.
 */
final class SettledEndpoints implements Invariant {
    private static final String NAME = "settled-endpoints";
    private static final String SERVICE_NAME = "kubernetes.io/service-name";
    /** Addresses that one Endpoints object holds at most. Source: core/v1 Endpoints. */
    private static final int MAX_ADDRESSES = 1_000;

    @Override
    public void settled(Truth truth) {
        List<ApiObject> pods = truth.objects(GroupVersionResource.PODS);
        List<ApiObject> slices = truth.objects(GroupVersionResource.ENDPOINT_SLICES);
        for (ApiObject service : truth.objects(GroupVersionResource.SERVICES)) {
            Map<String, String> selector = ApiObject.strings(service.spec().path("selector"));
            if (selector.isEmpty() || !plain(service)) {
                continue;
            }
            Set<String> expected = new TreeSet<>();
            for (ApiObject pod : pods) {
                String address = pod.status().path("podIP").asText("");
                boolean serves = !address.isEmpty() && !pod.deleting() && !BoundPod.finished(pod)
                        && SettledWorkloads.ready(pod);
                if (serves && pod.namespace().equals(service.namespace())
                        && pod.labels().entrySet().containsAll(selector.entrySet())) {
                    expected.add(address);
                }
            }
            same(truth, service, "EndpointSlices", expected, inSlices(service, slices));
            if (expected.size() <= MAX_ADDRESSES) {
                same(truth, service, "Endpoints", expected,
                        inEndpoints(truth.get(GroupVersionResource.ENDPOINTS, ObjectKey.of(service))));
            }
        }
    }

    private static boolean plain(ApiObject service) {
        boolean byName = service.spec().path("ports").valueStream()
                .anyMatch(port -> port.path("targetPort").isTextual());
        return !byName && !service.deleting() && !service.spec().path("publishNotReadyAddresses").asBoolean(false)
                && !service.spec().path("type").asText("").equals("ExternalName");
    }

    private static Set<String> inSlices(ApiObject service, List<ApiObject> slices) {
        Set<String> found = new TreeSet<>();
        for (ApiObject slice : slices) {
            if (slice.namespace().equals(service.namespace())
                    && service.name().equals(slice.labels().get(SERVICE_NAME))) {
                for (JsonNode endpoint : slice.tree().path("endpoints")) {
                    if (endpoint.path("conditions").path("ready").asBoolean(false)) {
                        endpoint.path("addresses").forEach(address -> found.add(address.asText()));
                    }
                }
            }
        }
        return found;
    }

    private static Set<String> inEndpoints(@Nullable ApiObject endpoints) {
        Set<String> found = new TreeSet<>();
        if (endpoints != null) {
            for (JsonNode subset : endpoints.tree().path("subsets")) {
                subset.path("addresses").forEach(address -> found.add(address.path("ip").asText()));
            }
        }
        return found;
    }

    private static void same(Truth truth, ApiObject service, String where, Set<String> expected, Set<String> found) {
        if (!expected.equals(found)) {
            throw new Violation(NAME, truth.revision(), where + " of " + service + " have its ready pods, " + expected,
                    found.toString());
        }
    }
}
