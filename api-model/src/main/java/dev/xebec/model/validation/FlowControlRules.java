package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import dev.xebec.model.status.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which requests belong together. Source: {@code pkg/apis/flowcontrol/validation/validation.go} of Kubernetes. */
final class FlowControlRules {
    private static final int MAX_PRECEDENCE = 10_000;
    private static final String EXEMPT = "exempt";
    private static final List<String> METHODS = List.of("ByNamespace", "ByUser");
    private static final List<String> VERBS = List.of("create", "delete", "deletecollection", "get", "list", "patch",
            "proxy", "update", "watch");
    /** Whom a subject's kind calls for. */
    private static final Map<String, String> SUBJECTS = Map.of("ServiceAccount", "serviceAccount", "User", "user",
            "Group", "group");

    private FlowControlRules() {}

    static void schema(ObjectNode object, String path, Findings findings) {
        JsonNode spec = object.path("spec");
        long precedence = spec.path("matchingPrecedence").asLong(0);
        if (precedence <= 0) {
            findings.invalid("spec.matchingPrecedence", precedence, "must be a positive value");
        }
        if (precedence > MAX_PRECEDENCE) {
            findings.invalid("spec.matchingPrecedence", precedence, "must not be greater than " + MAX_PRECEDENCE);
        }
        if (precedence == 1 && !Findings.text(object.path("metadata"), "name").equals(EXEMPT)) {
            findings.invalid("spec.matchingPrecedence", precedence,
                    "only the schema named 'exempt' may have matchingPrecedence 1");
        }
        JsonNode method = spec.path("distinguisherMethod");
        if (method.isObject() && !METHODS.contains(Findings.text(method, "type"))) {
            findings.add(FieldError.notSupported("spec.distinguisherMethod.type",
                    findings.form("spec.distinguisherMethod", method), METHODS));
        }
        String level = Findings.text(spec.path("priorityLevelConfiguration"), "name");
        if (level.isEmpty()) {
            findings.required("spec.priorityLevelConfiguration.name", "must reference a priority level");
        } else {
            findings.invalid("spec.priorityLevelConfiguration.name", level, Names.subdomain(level));
        }
        JsonNode rules = spec.path("rules");
        for (int at = 0; at < rules.size(); at++) {
            rule(rules.get(at), "spec.rules[" + at + "]", findings);
        }
    }

    private static void rule(JsonNode rule, String path, Findings findings) {
        JsonNode subjects = rule.path("subjects");
        if (subjects.isEmpty()) {
            findings.required(path + ".subjects", "subjects must contain at least one value");
        }
        for (int at = 0; at < subjects.size(); at++) {
            subject(subjects.get(at), path + ".subjects[" + at + "]", findings);
        }
        JsonNode resources = rule.path("resourceRules");
        JsonNode others = rule.path("nonResourceRules");
        if (resources.isEmpty() && others.isEmpty()) {
            findings.required(path, "at least one of resourceRules and nonResourceRules has to be non-empty");
        }
        for (int at = 0; at < resources.size(); at++) {
            resource(resources.get(at), path + ".resourceRules[" + at + "]", findings);
        }
        for (int at = 0; at < others.size(); at++) {
            String where = path + ".nonResourceRules[" + at + "]";
            verbs(others.get(at).path("verbs"), where + ".verbs", findings);
            paths(others.get(at).path("nonResourceURLs"), where + ".nonResourceURLs", findings);
        }
    }

    private static void subject(JsonNode subject, String path, Findings findings) {
        String kind = Findings.text(subject, "kind");
        String wanted = SUBJECTS.get(kind);
        if (wanted == null) {
            findings.add(FieldError.notSupported(path + ".kind", kind, SUBJECTS.keySet().stream().sorted().toList()));
            return;
        }
        JsonNode named = subject.path(wanted);
        String where = path + "." + wanted;
        if (!named.isObject()) {
            findings.required(where, wanted + " is required when subject kind is '" + kind + "'");
        } else {
            named(named, wanted.equals("serviceAccount"), where, findings);
        }
        for (String other : List.of("serviceAccount", "user", "group")) {
            if (!other.equals(wanted) && subject.path(other).isObject()) {
                String its = other.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + other.substring(1);
                findings.forbidden(path + "." + other, other + " is forbidden when subject kind is not '" + its + "'");
            }
        }
    }

    private static void named(JsonNode named, boolean account, String path, Findings findings) {
        String name = Findings.text(named, "name");
        if (name.isEmpty()) {
            findings.required(path + ".name", "");
        } else if (account && !name.equals("*")) {
            findings.invalid(path + ".name", name, Names.subdomain(name));
        }
        String namespace = Findings.text(named, "namespace");
        if (account && namespace.isEmpty()) {
            findings.required(path + ".namespace", "must specify namespace for service account");
        } else if (account) {
            findings.invalid(path + ".namespace", namespace, Names.label(namespace));
        }
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>(list.size());
        list.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    private static void verbs(JsonNode list, String path, Findings findings) {
        List<String> verbs = texts(list);
        if (verbs.isEmpty()) {
            findings.required(path, "verbs must contain at least one value");
        } else if (verbs.contains("*")) {
            alone(list, "verbs", path, findings);
        } else if (!VERBS.containsAll(verbs)) {
            findings.add(FieldError.notSupported(path, list, VERBS));
        }
    }

    private static void alone(JsonNode list, String what, String path, Findings findings) {
        if (list.size() > 1) {
            findings.invalid(path, list, "if '*' is present, must not specify other " + what);
        }
    }

    private static void some(JsonNode list, String missing, String what, String path, Findings findings) {
        if (list.isEmpty()) {
            findings.required(path, "resource rules must supply at least one " + missing);
        } else if (texts(list).contains("*")) {
            alone(list, what, path, findings);
        }
    }

    private static void resource(JsonNode rule, String path, Findings findings) {
        verbs(rule.path("verbs"), path + ".verbs", findings);
        some(rule.path("apiGroups"), "api group", "api groups", path + ".apiGroups", findings);
        some(rule.path("resources"), "resource", "resources", path + ".resources", findings);
        JsonNode namespaces = rule.path("namespaces");
        String where = path + ".namespaces";
        if (namespaces.isEmpty() && !rule.path("clusterScope").asBoolean(false)) {
            findings.required(where, "resource rules that are not cluster scoped must supply at least one namespace");
        } else if (texts(namespaces).contains("*")) {
            alone(namespaces, "namespaces", where, findings);
        } else {
            for (int at = 0; at < namespaces.size(); at++) {
                String namespace = namespaces.get(at).asText();
                String one = where + "[" + at + "]";
                Names.label(namespace).forEach(wrong -> findings.invalid(one, namespace,
                        "each member of this list must be '*' or a DNS-1123 label; " + wrong));
            }
        }
    }

    private static void paths(JsonNode list, String path, Findings findings) {
        if (list.isEmpty()) {
            findings.required(path, "nonResourceURLs must contain at least one value");
        } else if (texts(list).contains("*")) {
            alone(list, "non-resource URLs", path, findings);
        } else {
            for (int at = 0; at < list.size(); at++) {
                String wrong = wrongPath(list.get(at).asText());
                if (!wrong.isEmpty()) {
                    findings.invalid(path + "[" + at + "]", list.get(at).asText(), wrong);
                }
            }
        }
    }

    private static String wrongPath(String path) {
        int star = path.indexOf('*');
        if (path.isEmpty()) {
            return "must not be empty";
        } else if (!path.startsWith("/")) {
            return "must start with slash";
        } else if (path.contains(" ")) {
            return "must not contain white-space";
        } else if (path.contains("//")) {
            return "must not contain double slash";
        }
        return star >= 0 && (star != path.length() - 1 || !path.endsWith("/*"))
                ? "wildcard can only do suffix matching"
                : "";
    }
}
