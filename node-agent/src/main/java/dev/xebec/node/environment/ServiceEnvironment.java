package dev.xebec.node.environment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.ApiObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The variables by which a container finds the Services of its namespace: {@code WEB_SERVICE_HOST},
 * {@code WEB_SERVICE_PORT} and the older {@code WEB_PORT_80_TCP_ADDR} and the like. Services without a cluster address
 * are left out.
 *
 * <p>Source: Kubernetes {@code pkg/kubelet/envvars}.
 */
public final class ServiceEnvironment {
    private ServiceEnvironment() {}

    public static Map<String, String> of(List<ApiObject> services) {
        Map<String, String> variables = new TreeMap<>();
        for (ApiObject service : services) {
            String address = service.spec().path("clusterIP").asText("");
            if (!address.isEmpty() && !address.equals("None") && !service.spec().path("ports").isEmpty()) {
                describe(service, address, variables);
            }
        }
        return variables;
    }

    private static void describe(ApiObject service, String address, Map<String, String> variables) {
        String name = variable(service.name());
        JsonNode ports = service.spec().path("ports");
        variables.put(name + "_SERVICE_HOST", address);
        variables.put(name + "_SERVICE_PORT", ports.path(0).path("port").asText());
        variables.put(name + "_PORT", url(address, ports.path(0)));
        for (JsonNode port : ports) {
            String number = port.path("port").asText();
            String named = port.path("name").asText("");
            if (!named.isEmpty()) {
                variables.put(name + "_SERVICE_PORT_" + variable(named), number);
            }
            String link = name + "_PORT_" + number + "_" + protocol(port).toUpperCase(Locale.ROOT);
            variables.put(link, url(address, port));
            variables.put(link + "_PROTO", protocol(port));
            variables.put(link + "_PORT", number);
            variables.put(link + "_ADDR", address);
        }
    }

    private static String url(String address, JsonNode port) {
        return protocol(port) + "://" + address + ":" + port.path("port").asText();
    }

    private static String protocol(JsonNode port) {
        return port.path("protocol").asText("TCP").toLowerCase(Locale.ROOT);
    }

    private static String variable(String name) {
        return name.replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
