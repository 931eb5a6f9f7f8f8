package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import dev.xebec.model.status.FieldError;
import java.util.List;

/** Rules of network policies, classes and addresses. Source: {@code pkg/apis/networking/validation} of Kubernetes. */
final class NetworkPolicyRules {
    private static final int MAX_CONTROLLER = 250;

    private NetworkPolicyRules() {}

    static void spec(ObjectNode spec, String path, Findings findings) {
        JsonNode types = spec.path("policyTypes");
        if (types.size() > 2) {
            findings.invalid(TypeRule.at(path, "policyTypes"), types, "may not specify more than two policyTypes");
            return;
        }
        for (int at = 0; at < types.size(); at++) {
            if (!List.of("Ingress", "Egress").contains(types.get(at).asText())) {
                findings.add(FieldError.notSupported(TypeRule.at(path, "policyTypes", at), types.get(at).asText(),
                        List.of("Egress", "Ingress")));
            }
        }
    }

    static void port(ObjectNode port, String path, Findings findings) {
        JsonNode number = port.path("port");
        JsonNode end = port.path("endPort");
        if (number.isNumber()) {
            findings.range(TypeRule.at(path, "port"), number, 1, 65_535);
            if (end.isNumber() && end.asLong() < number.asLong()) {
                findings.invalid(TypeRule.at(path, "endPort"), end, "must be greater than or equal to `port`");
            }
            findings.range(TypeRule.at(path, "endPort"), end, 1, 65_535);
        } else if (number.isTextual()) {
            if (end.isNumber()) {
                findings.invalid(TypeRule.at(path, "endPort"), end, "may not be specified when `port` is non-numeric");
            }
            findings.invalid(TypeRule.at(path, "port"), number.asText(), Names.portName(number.asText()));
        } else if (end.isNumber()) {
            findings.invalid(TypeRule.at(path, "endPort"), end, "may not be specified when `port` is not specified");
        }
    }

    static void peer(ObjectNode peer, String path, Findings findings) {
        boolean pods = peer.path("podSelector").isObject();
        boolean namespaces = peer.path("namespaceSelector").isObject();
        boolean block = peer.path("ipBlock").isObject();
        if (!pods && !namespaces && !block) {
            findings.required(path, "must specify a peer");
        } else if (block && (pods || namespaces)) {
            findings.forbidden(path, "may not specify both ipBlock and another peer");
        }
    }

    static void ipBlock(ObjectNode block, String path, Findings findings) {
        String cidr = Findings.text(block, "cidr");
        if (cidr.isEmpty()) {
            return;
        }
        Addresses.cidr(cidr, TypeRule.at(path, "cidr"), findings);
        JsonNode except = block.path("except");
        for (int at = 0; at < except.size(); at++) {
            String where = TypeRule.at(path, "except", at);
            Addresses.cidr(except.get(at).asText(), where, findings);
            if (Addresses.validCidr(cidr) && Addresses.validCidr(except.get(at).asText())
                    && !Addresses.within(except.get(at).asText(), cidr)) {
                findings.invalid(where, except.get(at).asText(), "must be a strict subset of `cidr`");
            }
        }
    }

    static void ingressClass(ObjectNode spec, String path, Findings findings) {
        String controller = Findings.text(spec, "controller");
        String where = TypeRule.at(path, "controller");
        if (controller.length() > MAX_CONTROLLER) {
            findings.add(FieldError.tooLong(where, MAX_CONTROLLER));
        } else if (!controller.isEmpty()) {
            findings.invalid(where, controller, Names.domainPath(controller));
        }
        JsonNode parameters = spec.path("parameters");
        if (!parameters.isObject()) {
            return;
        }
        String at = TypeRule.at(path, "parameters");
        boolean spaced = Findings.text(parameters, "scope").equals("Namespace");
        if (spaced && Findings.text(parameters, "namespace").isEmpty()) {
            findings.required(at + ".namespace", "`parameters.scope` is set to 'Namespace'");
        } else if (!spaced && parameters.hasNonNull("namespace")) {
            findings.forbidden(at + ".namespace", "`parameters.scope` is set to 'Cluster'");
        }
    }

    static void ipAddress(ObjectNode object, String path, Findings findings) {
        JsonNode parent = object.path("spec").path("parentRef");
        for (String field : List.of("resource", "name", "namespace")) {
            String value = Findings.text(parent, field);
            if (!value.isEmpty()) {
                findings.invalid("spec.parentRef." + field, value, Names.pathSegment(value));
            }
        }
    }

    static void serviceCidr(ObjectNode spec, String path, Findings findings) {
        JsonNode cidrs = spec.path("cidrs");
        String where = TypeRule.at(path, "cidrs");
        if (cidrs.isEmpty()) {
            findings.required(where, "at least one CIDR required");
        } else if (cidrs.size() > 2) {
            findings.invalid(where, cidrs, "may only hold up to 2 values");
        }
        int v4 = 0;
        for (int at = 0; at < cidrs.size(); at++) {
            Addresses.cidr(cidrs.get(at).asText(), where + "[" + at + "]", findings);
            v4 += cidrs.get(at).asText().contains(":") ? 0 : 1;
        }
        if (cidrs.size() == 2 && v4 != 1) {
            findings.invalid(where, cidrs, "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 "
                    + "and 2001:db8::/64");
        }
    }

    static void updateServiceCidr(ObjectNode now, ObjectNode before, Findings findings) {
        JsonNode cidrs = now.path("spec").path("cidrs");
        JsonNode old = before.path("spec").path("cidrs");
        boolean grown = old.size() == 1 && cidrs.size() == 2 && cidrs.get(0).equals(old.get(0));
        if (!grown) {
            findings.immutable("spec.cidrs", cidrs, old);
        }
    }
}
