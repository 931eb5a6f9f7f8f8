package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import java.util.HashSet;
import java.util.Set;

/** Rules of a pod's names and ports. Source: {@code pkg/apis/core/validation/validation.go} of Kubernetes. */
final class PodNetworkRules {
    /** What the resolvers of containers can hold. */
    private static final int MAX_NAMESERVERS = 3;
    private static final int MAX_SEARCHES = 32;
    private static final int MAX_SEARCH_CHARACTERS = 2048;

    private PodNetworkRules() {}

    static void check(ObjectNode spec, String path, Findings findings) {
        dns(spec, path, findings);
        JsonNode aliases = spec.path("hostAliases");
        for (int at = 0; at < aliases.size(); at++) {
            String where = TypeRule.at(path, "hostAliases", at);
            Addresses.ip(Findings.text(aliases.get(at), "ip"), where + ".ip", findings);
            JsonNode names = aliases.get(at).path("hostnames");
            for (int index = 0; index < names.size(); index++) {
                findings.invalid(where + ".hostnames[" + index + "]", names.get(index).asText(),
                        Names.subdomain(names.get(index).asText()));
            }
        }
        hostPorts(spec, path, findings);
        for (String list : new String[]{"initContainers"}) {
            JsonNode containers = spec.path(list);
            for (int at = 0; at < containers.size(); at++) {
                conflicts(containers.get(at), TypeRule.at(path, list, 0), new HashSet<>(), findings);
            }
        }
        String override = Findings.text(spec, "hostnameOverride");
        if (!override.isEmpty()) {
            String where = TypeRule.at(path, "hostnameOverride");
            findings.invalid(where, override, Names.subdomain(override));
            if (spec.path("hostNetwork").asBoolean()) {
                findings.invalid(where, override, "may not be specified when hostNetwork is true");
            }
            if (spec.path("setHostnameAsFQDN").asBoolean()) {
                findings.invalid(where, override, "may not be specified when setHostnameAsFQDN is true");
            }
        }
    }

    private static void dns(ObjectNode spec, String path, Findings findings) {
        JsonNode config = spec.path("dnsConfig");
        String where = TypeRule.at(path, "dnsConfig");
        JsonNode servers = config.path("nameservers");
        if (Findings.text(spec, "dnsPolicy").equals("None")) {
            if (!config.isObject()) {
                findings.required(where, "must provide `dnsConfig` when `dnsPolicy` is None");
                return;
            }
            if (servers.isEmpty()) {
                findings.required(where + ".nameservers",
                        "must provide at least one DNS nameserver when `dnsPolicy` is None");
                return;
            }
        }
        if (servers.size() > MAX_NAMESERVERS) {
            findings.invalid(where + ".nameservers", servers, "must not have more than 3 nameservers");
        }
        for (int at = 0; at < servers.size(); at++) {
            Addresses.ip(servers.get(at).asText(), where + ".nameservers[" + at + "]", findings);
        }
        JsonNode searches = config.path("searches");
        if (searches.size() > MAX_SEARCHES) {
            findings.invalid(where + ".searches", searches, "must not have more than 32 search paths");
        }
        int characters = Math.max(0, searches.size() - 1);
        for (int at = 0; at < searches.size(); at++) {
            String search = searches.get(at).asText();
            characters += search.length();
            String name = search.endsWith(".") ? search.substring(0, search.length() - 1) : search;
            if (!search.equals(".")) {
                findings.invalid(where + ".searches[" + at + "]", name, Names.subdomain(name));
            }
        }
        if (characters > MAX_SEARCH_CHARACTERS) {
            findings.invalid(where + ".searches", searches,
                    "must not have more than 2048 characters (including spaces) in the search list");
        }
        JsonNode options = config.path("options");
        for (int at = 0; at < options.size(); at++) {
            if (Findings.text(options.get(at), "name").isEmpty()) {
                findings.required(where + ".options[" + at + "]", "must not be empty");
            }
        }
    }

    /** A template's ports may still lack the host's number; it is filled in when a pod is made of it. */
    private static void hostPorts(ObjectNode spec, String path, Findings findings) {
        Set<String> taken = new HashSet<>();
        boolean hostNetwork = spec.path("hostNetwork").asBoolean();
        JsonNode containers = spec.path("containers");
        for (int at = 0; at < containers.size(); at++) {
            String where = TypeRule.at(path, "containers", at);
            JsonNode ports = containers.get(at).path("ports");
            for (int index = 0; index < ports.size() && hostNetwork; index++) {
                int hostPort = ports.get(index).path("hostPort").asInt();
                if (hostPort > 0 && hostPort != ports.get(index).path("containerPort").asInt()) {
                    findings.invalid(where + ".ports[" + index + "].hostPort", hostPort,
                            "must match `containerPort` when `hostNetwork` is true");
                }
            }
            conflicts(containers.get(at), where, taken, findings);
        }
    }

    private static void conflicts(JsonNode container, String path, Set<String> taken, Findings findings) {
        JsonNode ports = container.path("ports");
        for (int index = 0; index < ports.size(); index++) {
            JsonNode port = ports.get(index);
            String key = port.path("protocol").asText("TCP") + "/" + port.path("hostIP").asText("") + "/"
                    + port.path("hostPort").asInt();
            if (port.path("hostPort").asInt() > 0 && !taken.add(key)) {
                findings.duplicate(path + ".ports[" + index + "].hostPort", key);
            }
        }
    }
}
