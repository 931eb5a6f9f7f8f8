package dev.xebec.gateway.proxy;

import dev.xebec.contracts.node.NodeStreamRequest;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.node.PodTarget;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A port of a pod that requests are handed on to. What is reached is a pod that the API knows, by its node; addresses in
 * objects, which users can write, lead nowhere.
 */
record ProxyTarget(PodTarget pod, int port, boolean tls) {
    private static final String SLICES = "discovery.k8s.io/endpointslices";
    private static final String SERVICE_LABEL = "kubernetes.io/service-name";
    private static final int HIGHEST_PORT = 65_535;

    /** Source: k/k {@code pkg/registry/core/pod/strategy.go} {@code ResourceLocation}. */
    static ProxyTarget ofPod(ObjectRegistry registry, String namespace, String id) {
        ProxyName wanted = ProxyName.of(id, "pod");
        PodTarget pod = PodTarget.of(registry, namespace, wanted.name());
        if (pod.node().isEmpty() || pod.object().status().path("podIP").asText("").isEmpty()) {
            throw new RejectedException(Status.badRequest("address not allowed"));
        }
        int port = wanted.port().isEmpty() ? firstPort(pod, wanted.tls()) : number(wanted.port());
        return new ProxyTarget(pod, port, wanted.tls());
    }

    private static int firstPort(PodTarget pod, boolean tls) {
        for (JsonNode container : pod.object().spec().path("containers")) {
            if (!container.path("ports").isEmpty()) {
                return container.path("ports").path(0).path("containerPort").asInt();
            }
        }
        return tls ? 443 : 80;
    }

    private static int number(String port) {
        try {
            int number = Integer.parseInt(port);
            if (number > 0 && number <= HIGHEST_PORT) {
                return number;
            }
        } catch (NumberFormatException name) {
            throw unavailable("error trying to reach service: dial tcp: lookup tcp/" + port + ": unknown port");
        }
        throw unavailable("error trying to reach service: dial tcp: address " + port + ": invalid port");
    }

    static RejectedException unavailable(String message) {
        return new RejectedException(new Status(503, "ServiceUnavailable", message, "", "", "", "", List.of(), 0));
    }

    /** Source: k/k {@code pkg/registry/core/service/storage/storage.go} {@code ResourceLocation}. */
    static ProxyTarget ofService(ObjectRegistry registry, RandomGenerator random, String namespace, String id) {
        ProxyName wanted = ProxyName.of(id, "service");
        StoreImage image = registry.newest();
        String port = wanted.port();
        if (port.matches("[+-]?[0-9]{1,18}")) {
            port = portName(image, namespace, wanted.name(), Long.parseLong(port));
        }
        List<ProxyTarget> ready = new ArrayList<>();
        boolean any = false;
        for (CachedObject slice : image.in(SLICES, namespace).values()) {
            ApiObject object = slice.parse();
            if (object.metadata().path("labels").path(SERVICE_LABEL).asText("").equals(wanted.name())) {
                any = true;
                collect(registry, object, port, wanted.tls(), ready);
            }
        }
        if (ready.isEmpty()) {
            throw unavailable("no endpoints available for service \"" + (any ? id : wanted.name()) + "\"");
        }
        return ready.get(random.nextInt(ready.size()));
    }

    private static String portName(StoreImage image, String namespace, String name, long number) {
        CachedObject service = image.get("/services", namespace, name);
        if (service == null) {
            throw new RejectedException(
                    Status.notFound(new GroupVersionResource("", "v1", "services"), name));
        }
        for (JsonNode port : service.parse().spec().path("ports")) {
            if (port.path("port").asLong() == number) {
                return port.path("name").asText("");
            }
        }
        throw unavailable("no service port " + number + " found for service \"" + name + "\"");
    }

    /** Endpoints that are pods of the namespace, with the address that they say; others are passed over. */
    private static void collect(ObjectRegistry registry, ApiObject slice, String port, boolean tls,
            List<ProxyTarget> ready) {
        int number = 0;
        for (JsonNode each : slice.tree().path("ports")) {
            number = each.path("name").asText("").equals(port) ? each.path("port").asInt() : number;
        }
        if (number == 0) {
            return;
        }
        for (JsonNode endpoint : slice.tree().path("endpoints")) {
            JsonNode about = endpoint.path("targetRef");
            boolean pod = about.path("kind").asText("").equals("Pod")
                    && endpoint.path("conditions").path("ready").asBoolean(true);
            CachedObject found = pod
                    ? registry.newest().get("/pods", slice.namespace(), about.path("name").asText(""))
                    : null;
            if (found != null) {
                PodTarget target = PodTarget.of(registry, slice.namespace(), about.path("name").asText(""));
                boolean same = target.object().status().path("podIP").asText("")
                        .equals(endpoint.path("addresses").path(0).asText("-"));
                if (same && !target.node().isEmpty()) {
                    ready.add(new ProxyTarget(target, number, tls));
                }
            }
        }
    }

    /** The address as requests and links name it. */
    String authority() {
        return pod.object().status().path("podIP").asText("") + ":" + port;
    }

    NodeStreamRequest connection() {
        return NodeStreamRequest.forward(pod.namespace(), pod.name(), pod.uid(), port, tls);
    }
}
