package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules of ingresses, network policies and endpoints. */
final class NetworkRules {
    /** Endpoints of one slice, and addresses of one endpoint. */
    static final int MAX_ENDPOINTS = 1_000;
    static final int MAX_ADDRESSES = 100;
    static final int MAX_PORTS = 20_000;

    private NetworkRules() {}

    static void ingress(ObjectNode spec, String path, Findings findings) {
        if (spec.path("rules").isEmpty() && !spec.path("defaultBackend").isObject()) {
            findings.invalid(path, spec.path("rules").isArray() ? spec.path("rules") : Findings.NOTHING,
                    "either `defaultBackend` or `rules` must be specified");
        }
        JsonNode rules = spec.path("rules");
        for (int at = 0; at < rules.size(); at++) {
            String host = Findings.text(rules.get(at), "host");
            String where = TypeRule.at(path, "rules", at) + ".host";
            if (Addresses.valid(host)) {
                findings.invalid(where, host, "must be a DNS name, not an IP address");
            } else if (!host.isEmpty()) {
                findings.invalid(where, host, Names.host(host));
            }
        }
        JsonNode tls = spec.path("tls");
        for (int at = 0; at < tls.size(); at++) {
            String where = TypeRule.at(path, "tls", at);
            JsonNode hosts = tls.get(at).path("hosts");
            for (int index = 0; index < hosts.size(); index++) {
                findings.invalid(where + ".hosts[" + index + "]", hosts.get(index).asText(),
                        Names.host(hosts.get(index).asText()));
            }
            VolumeRules.reference(tls.get(at), "secretName", where, findings);
        }
        if (spec.hasNonNull("ingressClassName")) {
            String name = Findings.text(spec, "ingressClassName");
            findings.invalid(TypeRule.at(path, "ingressClassName"), name, Names.subdomain(name));
        }
    }

    static void backend(ObjectNode backend, String path, Findings findings) {
        boolean service = backend.path("service").isObject();
        boolean resource = backend.path("resource").isObject();
        if (service && resource) {
            findings.invalid(path, "", "cannot set both resource and service backends");
        } else if (!service && !resource) {
            findings.invalid(path, "", "resource or service backend is required");
        } else if (service) {
            JsonNode port = backend.path("service").path("port");
            boolean named = !Findings.text(port, "name").isEmpty();
            boolean numbered = port.path("number").asInt() != 0;
            String where = TypeRule.at(path, "service.port");
            if (named && numbered) {
                findings.invalid(path, "", "cannot set both port name & port number");
            } else if (!named && !numbered) {
                findings.required(path, "port name or number is required");
            } else if (numbered) {
                findings.range(where + ".number", port.path("number"), 1, 65_535);
            }
        }
    }

    static void ingressPath(ObjectNode value, String path, Findings findings) {
        String type = Findings.text(value, "pathType");
        String target = Findings.text(value, "path");
        String where = TypeRule.at(path, "path");
        boolean strict = type.equals("Exact") || type.equals("Prefix");
        if ((strict || !target.isEmpty()) && !target.startsWith("/")) {
            findings.invalid(where, target, "must be an absolute path");
        }
        if (!strict || target.isEmpty()) {
            return;
        }
        for (String sequence : List.of("//", "/./", "/../", "%2f", "%2F")) {
            if (target.contains(sequence)) {
                findings.invalid(where, target, "must not contain '" + sequence + "'");
            }
        }
        for (String suffix : List.of("/..", "/.")) {
            if (target.endsWith(suffix)) {
                findings.invalid(where, target, "cannot end with '" + suffix + "'");
            }
        }
    }

    static void endpointAddress(ObjectNode address, String path, Findings findings) {
        String ip = Findings.text(address, "ip");
        Addresses.reachable(ip, TypeRule.at(path, "ip"), findings);
        if (!Addresses.valid(ip)) {
            findings.invalid(TypeRule.at(path, "ip"), ip, "must be a valid IP address");
        }
        if (!Findings.text(address, "hostname").isEmpty()) {
            findings.invalid(TypeRule.at(path, "hostname"), Findings.text(address, "hostname"),
                    Names.label(Findings.text(address, "hostname")));
        }
        VolumeRules.reference(address, "nodeName", path, findings);
    }

    static void endpointSlice(ObjectNode slice, String path, Findings findings) {
        String type = Findings.text(slice, "addressType");
        JsonNode endpoints = slice.path("endpoints");
        findings.tooMany(endpoints, MAX_ENDPOINTS, "endpoints");
        findings.tooMany(slice.path("ports"), MAX_PORTS, "ports");
        slicePorts(slice.path("ports"), findings);
        for (int at = 0; at < endpoints.size() && at < MAX_ENDPOINTS; at++) {
            JsonNode addresses = endpoints.get(at).path("addresses");
            String where = "endpoints[" + at + "].addresses";
            findings.tooMany(addresses, MAX_ADDRESSES, where);
            endpoint(endpoints.get(at), "endpoints[" + at + "]", findings);
            for (int index = 0; index < addresses.size() && index < MAX_ADDRESSES; index++) {
                address(type, addresses.get(index).asText(), where + "[" + index + "]", findings);
            }
        }
    }

    private static void endpoint(JsonNode endpoint, String path, Findings findings) {
        String hostname = Findings.text(endpoint, "hostname");
        if (endpoint.hasNonNull("hostname")) {
            findings.invalid(path + ".hostname", hostname, Names.label(hostname));
        }
        VolumeRules.reference(endpoint, "nodeName", path, findings);
        JsonNode topology = endpoint.path("deprecatedTopology");
        MetadataRules.labels(topology, path + ".deprecatedTopology", findings);
        if (topology.has("kubernetes.io/hostname")) {
            findings.invalid(path + ".deprecatedTopology.kubernetes.io/hostname",
                    topology.path("kubernetes.io/hostname"), "may not be set directly; use nodeName instead");
        }
    }

    private static void slicePorts(JsonNode ports, Findings findings) {
        Set<String> names = new HashSet<>();
        for (int at = 0; at < ports.size(); at++) {
            String where = "ports[" + at + "]";
            String name = Findings.text(ports.get(at), "name");
            if (!name.isEmpty()) {
                findings.invalid(where + ".name", name, Names.label(name));
            }
            if (!names.add(name)) {
                findings.duplicate(where + ".name", name);
            }
            if (ports.get(at).hasNonNull("appProtocol")) {
                String protocol = Findings.text(ports.get(at), "appProtocol");
                findings.invalid(where + ".appProtocol", protocol, Names.qualified(protocol));
            }
        }
    }

    static void subset(ObjectNode subset, String path, Findings findings) {
        if (subset.path("addresses").isEmpty() && subset.path("notReadyAddresses").isEmpty()) {
            findings.required(path, "must specify `addresses` or `notReadyAddresses`");
        }
        JsonNode ports = subset.path("ports");
        for (int at = 0; at < ports.size(); at++) {
            String where = TypeRule.at(path, "ports", at);
            String name = Findings.text(ports.get(at), "name");
            if (ports.size() > 1 && name.isEmpty()) {
                findings.required(where + ".name", "");
            } else if (!name.isEmpty()) {
                findings.invalid(where + ".name", name, Names.label(name));
            }
            JsonNode number = ports.get(at).path("port");
            findings.range(where + ".port", number.isNumber() ? number : IntNode.valueOf(0), 1, 65_535);
        }
    }

    private static void address(String type, String address, String path, Findings findings) {
        if (type.equals("FQDN")) {
            findings.invalid(path, address, Names.subdomain(address));
            return;
        }
        if (Addresses.valid(address) && Addresses.isV4(address) != type.equals("IPv4")) {
            findings.invalid(path, address, "must be an " + type + " address");
        }
        Addresses.reachable(address, path, findings);
    }
}
