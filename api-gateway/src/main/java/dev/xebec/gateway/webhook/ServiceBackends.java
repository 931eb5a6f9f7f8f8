package dev.xebec.gateway.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.webhook.WebhookTransport.Destination;
import dev.xebec.gateway.webhook.WebhookTransport.UnreachableException;
import dev.xebec.model.object.ApiObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds where a webhook's Service is served: at one of its ready endpoints, by chance. A cluster address needs no route
 * from a gateway that way. Source: apiserver {@code pkg/util/proxy/proxy.go}, ResolveEndpoint.
 */
final class ServiceBackends {
    private static final String SERVICES = "/services";
    private static final String SLICES = "discovery.k8s.io/endpointslices";
    private static final String SERVICE_NAME = "kubernetes.io/service-name";

    private ServiceBackends() {}

    /** @param timeoutSeconds that the webhook is told it has */
    static Destination find(Endpoint endpoint, StoreImage image, long timeoutSeconds) throws UnreachableException {
        String uri = endpoint.uri(timeoutSeconds);
        if (!endpoint.ofService()) {
            return new Destination(endpoint.host(), endpoint.port(), endpoint.host(), endpoint.port(), uri,
                    endpoint.caBundle());
        }
        CachedObject found = image.get(SERVICES, endpoint.namespace(), endpoint.service());
        if (found == null) {
            throw new UnreachableException("service \"" + endpoint.service() + "\" not found");
        }
        ApiObject service = found.parse();
        JsonNode port = port(service, endpoint);
        if (service.spec().path("type").asText("").equals("ExternalName")) {
            String name = service.spec().path("externalName").asText("");
            return new Destination(endpoint.host(), endpoint.port(), name, endpoint.port(), uri, endpoint.caBundle());
        }
        List<Destination> ready = ready(endpoint, image, port.path("name").asText(""), uri);
        if (ready.isEmpty()) {
            throw new UnreachableException("no endpoints available for service \"" + endpoint.service() + "\"");
        }
        return ready.get(ThreadLocalRandom.current().nextInt(ready.size()));
    }

    private static JsonNode port(ApiObject service, Endpoint endpoint) throws UnreachableException {
        for (JsonNode port : service.spec().path("ports")) {
            if (port.path("port").asInt() == endpoint.port()) {
                return port;
            }
        }
        throw new UnreachableException(
                "no service port " + endpoint.port() + " found for service \"" + endpoint.service() + "\"");
    }

    private static List<Destination> ready(Endpoint endpoint, StoreImage image, String portName, String uri) {
        List<Destination> ready = new ArrayList<>();
        for (CachedObject cached : image.in(SLICES, endpoint.namespace()).values()) {
            if (!cached.json().utf8().contains("\"" + endpoint.service() + "\"")) {
                continue;
            }
            ApiObject slice = cached.parse();
            if (!endpoint.service().equals(slice.labels().get(SERVICE_NAME))) {
                continue;
            }
            for (JsonNode port : slice.tree().path("ports")) {
                if (port.path("name").asText("").equals(portName) && port.path("port").isNumber()) {
                    addresses(slice, address -> ready.add(new Destination(endpoint.host(), endpoint.port(), address,
                            port.path("port").asInt(), uri, endpoint.caBundle())));
                }
            }
        }
        return ready;
    }

    private static void addresses(ApiObject slice, java.util.function.Consumer<String> each) {
        for (JsonNode one : slice.tree().path("endpoints")) {
            if (one.path("conditions").path("ready").asBoolean(true)) {
                one.path("addresses").forEach(address -> each.accept(address.asText()));
            }
        }
    }
}
