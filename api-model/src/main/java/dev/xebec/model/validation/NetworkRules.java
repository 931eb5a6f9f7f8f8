package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import dev.xebec.model.status.FieldError;

/** Rules of ingresses, network policies and endpoints. */
final class NetworkRules {
    /** Endpoints of one slice, and addresses of one endpoint. */
    static final int MAX_ENDPOINTS = 1_000;
    static final int MAX_ADDRESSES = 100;
    static final int MAX_PORTS = 20_000;

    private NetworkRules() {}

    static void ingress(ObjectNode spec, String path, Findings findings) {
        if (spec.path("rules").isEmpty() && !spec.path("defaultBackend").isObject()) {
            findings.invalid(path, "[]", "either `defaultBackend` or `rules` must be specified");
        }
        JsonNode rules = spec.path("rules");
        for (int at = 0; at < rules.size(); at++) {
            String host = Findings.text(rules.get(at), "host");
            String where = TypeRule.at(path, "rules", at) + ".host";
            if (Addresses.valid(host)) {
                findings.invalid(where, host, "must be a DNS name, not an IP address");
            } else if (!host.isEmpty()) {
                findings.invalid(where, host, Names.subdomain(host.startsWith("*.") ? host.substring(2) : host));
            }
        }
    }

    static void backend(ObjectNode backend, String path, Findings findings) {
        boolean service = backend.path("service").isObject();
        boolean resource = backend.path("resource").isObject();
        if (service && resource) {
            findings.invalid(path, "", "cannot set both resource and service backends");
        } else if (!service && !resource) {
            findings.required(path, "resource or service backend is required");
        } else if (service) {
            JsonNode port = backend.path("service").path("port");
            boolean named = !Findings.text(port, "name").isEmpty();
            boolean numbered = port.path("number").asInt() != 0;
            String where = TypeRule.at(path, "service.port");
            if (named && numbered) {
                findings.invalid(where, port, "cannot set both port name & port number");
            } else if (!named && !numbered) {
                findings.required(where, "port name or number is required");
            } else if (numbered) {
                findings.range(where + ".number", port.path("number"), 1, 65_535);
            }
        }
    }

    static void ingressPath(ObjectNode value, String path, Findings findings) {
        String type = Findings.text(value, "pathType");
        String target = Findings.text(value, "path");
        boolean strict = type.equals("Exact") || type.equals("Prefix");
        if ((strict || !target.isEmpty()) && !target.startsWith("/")) {
            findings.invalid(TypeRule.at(path, "path"), target, "must be an absolute path");
        }
        if (strict && (target.contains("//") || target.contains("/./") || target.contains("/../"))) {
            findings.invalid(TypeRule.at(path, "path"), target, "must not contain '//', '/./' or '/../'");
        }
    }

    static void ipBlock(ObjectNode block, String path, Findings findings) {
        String cidr = Findings.text(block, "cidr");
        if (!cidr.isEmpty() && !Addresses.validCidr(cidr)) {
            findings.invalid(TypeRule.at(path, "cidr"), cidr, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or "
                    + "2001:db8::/64)");
        }
    }

    static void endpointAddress(ObjectNode address, String path, Findings findings) {
        if (!Findings.text(address, "ip").isEmpty()) {
            Addresses.reachable(Findings.text(address, "ip"), TypeRule.at(path, "ip"), findings);
        }
    }

    static void endpointSlice(ObjectNode slice, String path, Findings findings) {
        String type = Findings.text(slice, "addressType");
        JsonNode endpoints = slice.path("endpoints");
        tooMany(endpoints, MAX_ENDPOINTS, "endpoints", findings);
        tooMany(slice.path("ports"), MAX_PORTS, "ports", findings);
        for (int at = 0; at < endpoints.size() && at < MAX_ENDPOINTS; at++) {
            JsonNode addresses = endpoints.get(at).path("addresses");
            String where = "endpoints[" + at + "].addresses";
            tooMany(addresses, MAX_ADDRESSES, where, findings);
            for (int index = 0; index < addresses.size() && index < MAX_ADDRESSES; index++) {
                address(type, addresses.get(index).asText(), where + "[" + index + "]", findings);
            }
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

    private static void tooMany(JsonNode list, int max, String path, Findings findings) {
        if (list.size() > max) {
            findings.add(new FieldError(FieldError.Type.TOO_MANY, path,
                    "Too many: " + list.size() + ": must have at most " + max + " items"));
        }
    }
}
