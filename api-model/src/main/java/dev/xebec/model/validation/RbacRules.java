package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import dev.xebec.model.status.FieldError;
import java.util.List;

/** Rules of roles and bindings. Source: {@code pkg/apis/rbac/validation/validation.go} of Kubernetes. */
final class RbacRules {
    private static final String GROUP = "rbac.authorization.k8s.io";

    private RbacRules() {}

    static void role(ObjectNode role, String path, Findings findings) {
        rules(role, false, findings);
    }

    static void clusterRole(ObjectNode role, String path, Findings findings) {
        rules(role, true, findings);
        JsonNode selectors = role.path("aggregationRule").path("clusterRoleSelectors");
        for (int at = 0; at < selectors.size(); at++) {
            if (!WorkloadRules.readable(selectors.get(at))) {
                findings.invalid("aggregationRule.clusterRoleSelectors[" + at + "]", Findings.NOTHING,
                        "invalid label selector.");
            }
        }
    }

    private static void rules(ObjectNode role, boolean clusterWide, Findings findings) {
        JsonNode rules = role.path("rules");
        for (int at = 0; at < rules.size(); at++) {
            JsonNode rule = rules.get(at);
            String where = "rules[" + at + "]";
            if (rule.path("verbs").isEmpty()) {
                findings.required(where + ".verbs", "verbs must contain at least one value");
            }
            if (!rule.path("nonResourceURLs").isEmpty()) {
                if (!clusterWide) {
                    findings.invalid(where + ".nonResourceURLs", rule.path("nonResourceURLs"),
                            "namespaced rules cannot apply to non-resource URLs");
                }
                if (!rule.path("apiGroups").isEmpty() || !rule.path("resources").isEmpty()
                        || !rule.path("resourceNames").isEmpty()) {
                    findings.invalid(where + ".nonResourceURLs", rule.path("nonResourceURLs"),
                            "rules cannot apply to both regular resources and non-resource URLs");
                }
                continue;
            }
            if (rule.path("apiGroups").isEmpty()) {
                findings.required(where + ".apiGroups", "resource rules must supply at least one api group");
            }
            if (rule.path("resources").isEmpty()) {
                findings.required(where + ".resources", "resource rules must supply at least one resource");
            }
        }
    }

    static void roleBinding(ObjectNode binding, String path, Findings findings) {
        binding(binding, List.of("Role", "ClusterRole"), findings);
    }

    static void clusterRoleBinding(ObjectNode binding, String path, Findings findings) {
        binding(binding, List.of("ClusterRole"), findings);
    }

    private static void binding(ObjectNode binding, List<String> kinds, Findings findings) {
        JsonNode role = binding.path("roleRef");
        String group = Findings.text(role, "apiGroup");
        if (!group.equals(GROUP)) {
            findings.add(FieldError.notSupported("roleRef.apiGroup", group, List.of(GROUP)));
        }
        if (!kinds.contains(Findings.text(role, "kind"))) {
            findings.add(FieldError.notSupported("roleRef.kind", Findings.text(role, "kind"), kinds));
        }
        String name = Findings.text(role, "name");
        if (!name.isEmpty()) {
            findings.invalid("roleRef.name", name, Names.pathSegment(name));
        }
        JsonNode subjects = binding.path("subjects");
        for (int at = 0; at < subjects.size(); at++) {
            subject(subjects.get(at), kinds.size() == 1, "subjects[" + at + "]", findings);
        }
    }

    private static void subject(JsonNode subject, boolean clusterWide, String path, Findings findings) {
        String name = Findings.text(subject, "name");
        switch (Findings.text(subject, "kind")) {
            case "ServiceAccount" -> {
                if (!name.isEmpty()) {
                    findings.invalid(path + ".name", name, Names.subdomain(name));
                }
                if (!Findings.text(subject, "apiGroup").isEmpty()) {
                    findings.add(FieldError.notSupported(path + ".apiGroup", Findings.text(subject, "apiGroup"),
                            List.of("")));
                }
                if (clusterWide && Findings.text(subject, "namespace").isEmpty()) {
                    findings.required(path + ".namespace", "");
                }
            }
            case "User", "Group" -> {
                if (!Findings.text(subject, "apiGroup").equals(GROUP)) {
                    findings.add(FieldError.notSupported(path + ".apiGroup", Findings.text(subject, "apiGroup"),
                            List.of(GROUP)));
                }
            }
            default -> findings.add(FieldError.notSupported(path + ".kind", Findings.text(subject, "kind"),
                    List.of("ServiceAccount", "User", "Group")));
        }
    }

    static void updateBinding(ObjectNode now, ObjectNode before, Findings findings) {
        findings.immutable("roleRef", now.path("roleRef"), before.path("roleRef"));
    }
}
