package dev.xebec.model.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.ApiObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Cells of services, endpoints, ingresses and their like. */
final class NetworkCells {
    /** Hosts that are shown of an ingress; what is above is counted by its rules. */
    private static final int MAX_HOSTS = 3;

    private NetworkCells() {}

    static String clusterIp(ApiObject service, Instant now) {
        return Text.or(Text.or(service.spec().path("clusterIPs").path(0).asText(""),
                Text.of(service.spec(), "clusterIP")),
                Text.NONE);
    }

    static String externalIp(ApiObject service, Instant now) {
        String own = Text.join(service.spec().path("externalIPs"), JsonNode::asText, ",");
        return switch (Text.of(service.spec(), "type")) {
            case "ExternalName" -> Text.of(service.spec(), "externalName");
            case "LoadBalancer" -> {
                String given = loadBalancer(service);
                String both = given.isEmpty() || own.isEmpty() ? given + own : given + "," + own;
                yield Text.or(both, "<pending>");
            }
            default -> Text.or(own, Text.NONE);
        };
    }

    private static String loadBalancer(ApiObject object) {
        TreeSet<String> places = new TreeSet<>();
        object.status().path("loadBalancer").path("ingress")
                .forEach(entry -> places.add(Text.or(Text.of(entry, "ip"), Text.of(entry, "hostname"))));
        places.remove("");
        return String.join(",", places);
    }

    static String ports(ApiObject service, Instant now) {
        return Text.or(Text.join(service.spec().path("ports"), port -> {
            String nodePort = port.path("nodePort").asInt() > 0 ? ":" + port.path("nodePort").asInt() : "";
            return port.path("port").asInt() + nodePort + "/" + port.path("protocol").asText("TCP");
        }, ","), Text.NONE);
    }

    static String endpoints(ApiObject endpoints, Instant now) {
        List<String> all = new ArrayList<>();
        for (JsonNode subset : endpoints.tree().path("subsets")) {
            for (JsonNode address : subset.path("addresses")) {
                if (subset.path("ports").isEmpty()) {
                    all.add(Text.of(address, "ip"));
                }
                for (JsonNode port : subset.path("ports")) {
                    all.add(Text.of(address, "ip") + ":" + port.path("port").asInt());
                }
            }
        }
        return Text.firstOf(all, Text.NONE);
    }

    static String sliceEndpoints(ApiObject slice, Instant now) {
        List<String> all = new ArrayList<>();
        slice.tree().path("endpoints").forEach(endpoint -> endpoint.path("addresses")
                .forEach(address -> all.add(address.asText())));
        return Text.firstOf(all, Text.UNSET);
    }

    static String slicePorts(ApiObject slice, Instant now) {
        List<String> all = new ArrayList<>();
        slice.tree().path("ports").forEach(port -> all.add(port.path("port").isNumber()
                ? port.path("port").asText()
                : "*"));
        return Text.firstOf(all, Text.UNSET);
    }

    static String ingressHosts(ApiObject ingress, Instant now) {
        List<String> hosts = new ArrayList<>();
        JsonNode rules = ingress.spec().path("rules");
        boolean more = false;
        for (JsonNode rule : rules) {
            more |= hosts.size() == MAX_HOSTS;
            if (!more && !Text.of(rule, "host").isEmpty()) {
                hosts.add(Text.of(rule, "host"));
            }
        }
        String shown = Text.or(String.join(",", hosts), "*");
        return more ? shown + " + " + (rules.size() - MAX_HOSTS) + " more..." : shown;
    }

    static String ingressClass(ApiObject ingress, Instant now) {
        return Text.or(Text.of(ingress.spec(), "ingressClassName"), Text.NONE);
    }

    static String ingressAddress(ApiObject ingress, Instant now) {
        return loadBalancer(ingress);
    }

    static String ingressPorts(ApiObject ingress, Instant now) {
        return ingress.spec().path("tls").isEmpty() ? "80" : "80, 443";
    }

    static String reference(JsonNode reference) {
        if (!reference.isObject()) {
            return Text.NONE;
        }
        String group = Text.or(Text.of(reference, "apiGroup"), Text.of(reference, "group"));
        String kind = Text.or(Text.of(reference, "kind"), Text.of(reference, "resource"));
        String namespace = Text.of(reference, "namespace");
        return kind + (group.isEmpty() ? "" : "." + group) + "/" + (namespace.isEmpty() ? "" : namespace + "/")
                + Text.of(reference, "name");
    }

    static Cell subjects(String kind) {
        return (binding, now) -> {
            TreeSet<String> names = new TreeSet<>();
            for (JsonNode subject : binding.tree().path("subjects")) {
                if (Text.of(subject, "kind").equals(kind)) {
                    String namespace = Text.of(subject, "namespace");
                    names.add(namespace.isEmpty()
                            ? Text.of(subject, "name")
                            : namespace + "/" + Text.of(subject, "name"));
                }
            }
            return String.join(", ", names);
        };
    }
}
