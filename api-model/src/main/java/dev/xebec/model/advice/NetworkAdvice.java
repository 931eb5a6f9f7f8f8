package dev.xebec.model.advice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Services and what belongs to them. Source: {@code pkg/api/service/warnings.go} and the registry strategies of Kubernetes. */
final class NetworkAdvice {
    private static final String OLD_HINTS = "service.kubernetes.io/topology-aware-hints";
    private static final String INGRESS_CLASS = "kubernetes.io/ingress.class";
    /** Who writes addresses as they should be. */
    private static final Set<String> OWN_SLICES = Set.of("endpointslice-controller.k8s.io",
            "endpointslicemirroring-controller.k8s.io");

    private NetworkAdvice() {}

    static void service(ObjectNode now, @Nullable ObjectNode before, Told told) {
        if (now.path("metadata").path("annotations").has(OLD_HINTS)) {
            told.say("annotation " + OLD_HINTS
                    + " is deprecated, please use service.kubernetes.io/topology-mode instead");
        }
        JsonNode spec = now.path("spec");
        boolean external = spec.path("type").asText("").equals("ExternalName");
        String address = spec.path("clusterIP").asText("");
        boolean headless = spec.path("type").asText("").equals("ClusterIP") && address.equals("None");
        if (!address.isEmpty() && !address.equals("None")) {
            AddressAdvice.ips(spec.path("clusterIPs"), "spec.clusterIPs", told);
        }
        boolean balanced = !spec.path("loadBalancerIP").asText("").isEmpty();
        boolean outside = !spec.path("externalIPs").isEmpty();
        if (headless && balanced) {
            told.say("spec.loadBalancerIP is ignored for headless services");
        }
        if (headless && outside) {
            told.say("spec.externalIPs is ignored for headless services");
        }
        if (headless && !spec.path("sessionAffinity").asText("").equals("None")) {
            told.say("spec.SessionAffinity is ignored for headless services");
        }
        AddressAdvice.ips(spec.path("externalIPs"), "spec.externalIPs", told);
        if (outside && !headless && !external) {
            told.say("spec.externalIPs is deprecated and may no longer be implemented in some clusters");
        }
        AddressAdvice.ip(spec.path("loadBalancerIP").asText(""), "spec.loadBalancerIP", told);
        AddressAdvice.cidrs(spec.path("loadBalancerSourceRanges"), "spec.loadBalancerSourceRanges", told);
        if (external && outside) {
            told.say("spec.externalIPs is ignored when spec.type is \"ExternalName\"");
        }
        if (!external && !spec.path("externalName").asText("").isEmpty()) {
            told.say("spec.externalName is ignored when spec.type is not \"ExternalName\"");
        }
        if (spec.path("trafficDistribution").asText("").equals("PreferClose")) {
            told.say("spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\"");
        }
    }

    static void ingress(ObjectNode now, @Nullable ObjectNode before, Told told) {
        if (before == null && now.path("metadata").path("annotations").has(INGRESS_CLASS)
                && !now.path("spec").has("ingressClassName")) {
            told.say("annotation \"" + INGRESS_CLASS
                    + "\" is deprecated, please use 'spec.ingressClassName' instead");
        }
    }

    static void policy(ObjectNode now, @Nullable ObjectNode before, Told told) {
        peers(now.path("spec").path("ingress"), "from", "spec.ingress", told);
        peers(now.path("spec").path("egress"), "to", "spec.egress", told);
    }

    private static void peers(JsonNode rules, String side, String path, Told told) {
        for (int at = 0; at < rules.size(); at++) {
            JsonNode peers = rules.get(at).path(side);
            for (int index = 0; index < peers.size(); index++) {
                JsonNode block = peers.get(index).path("ipBlock");
                String where = path + "[" + at + "]." + side + "[" + index + "].ipBlock";
                AddressAdvice.cidr(block.path("cidr").asText(""), where + ".cidr", told);
                AddressAdvice.cidrs(block.path("except"), where + ".except", told);
            }
        }
    }

    static void endpoints(ObjectNode now, @Nullable ObjectNode before, Told told) {
        if (!managedBy(now, "endpoints.kubernetes.io/managed-by").equals("endpoint-controller")) {
            JsonNode subsets = now.path("subsets");
            for (int at = 0; at < subsets.size(); at++) {
                for (String list : new String[]{"addresses", "notReadyAddresses"}) {
                    AddressAdvice.ips(subsets.get(at).path(list), "ip", "subsets[" + at + "]." + list, told);
                }
            }
        }
    }

    static void slice(ObjectNode now, @Nullable ObjectNode before, Told told) {
        if (before == null && now.path("addressType").asText("").equals("FQDN")) {
            told.say("spec.addressType", "FQDN endpoints are deprecated");
        }
        if (!OWN_SLICES.contains(managedBy(now, "endpointslice.kubernetes.io/managed-by"))) {
            JsonNode endpoints = now.path("endpoints");
            for (int at = 0; at < endpoints.size(); at++) {
                AddressAdvice.ips(endpoints.get(at).path("addresses"), "endpoints[" + at + "].addresses", told);
            }
        }
    }

    private static String managedBy(ObjectNode object, String label) {
        return object.path("metadata").path("labels").path(label).asText("");
    }
}
