package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.cel.Conditions;
import dev.xebec.model.cel.Conditions.Source;
import dev.xebec.model.names.Names;
import dev.xebec.model.status.FieldError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a webhook is asked about: its rules and match conditions. Source: as {@link WebhookRules}. */
final class WebhookMatchRules {
    private static final List<String> OPERATIONS = List.of("*", "CONNECT", "CREATE", "DELETE", "UPDATE");
    private static final int MAX_CONDITIONS = 64;
    private static final String ANY = "*";

    private WebhookMatchRules() {}

    /** What policies match: rules for some names, and those that are left out. */
    static void matched(JsonNode resources, String where, Findings findings) {
        for (String field : List.of("resourceRules", "excludeResourceRules")) {
            JsonNode rules = resources.path(field);
            for (int at = 0; at < rules.size(); at++) {
                String place = where + "." + field + "[" + at + "]";
                names(rules.get(at).path("resourceNames"), place + ".resourceNames", findings);
                rule(rules.get(at), place, findings);
            }
        }
    }

    private static void names(JsonNode names, String where, Findings findings) {
        Set<String> seen = new HashSet<>();
        for (int at = 0; at < names.size(); at++) {
            String name = names.get(at).asText();
            findings.invalid(where + "[" + at + "]", name, Names.pathSegment(name));
            if (!seen.add(name)) {
                findings.duplicate(where + "[" + at + "]", name);
            }
        }
    }

    static void rule(JsonNode rule, String where, Findings findings) {
        list(rule.path("operations"), where + ".operations", "operations", findings);
        for (int at = 0; at < rule.path("operations").size(); at++) {
            String operation = rule.path("operations").get(at).asText("");
            if (!OPERATIONS.contains(operation)) {
                findings.add(FieldError.notSupported(where + ".operations[" + at + "]", operation, OPERATIONS));
            }
        }
        list(rule.path("apiGroups"), where + ".apiGroups", "API groups", findings);
        list(rule.path("apiVersions"), where + ".apiVersions", "API versions", findings);
        for (int at = 0; at < rule.path("apiVersions").size(); at++) {
            if (rule.path("apiVersions").get(at).asText("").isEmpty()) {
                findings.required(where + ".apiVersions[" + at + "]", "");
            }
        }
        resources(rule.path("resources"), where + ".resources", findings);
    }

    /** One at least; {@code *} stands alone. */
    private static void list(JsonNode list, String where, String what, Findings findings) {
        if (list.isEmpty()) {
            findings.required(where, "");
        }
        if (list.size() > 1 && list.valueStream().anyMatch(one -> one.asText("").equals(ANY))) {
            findings.invalid(where, list, "if '*' is present, must not specify other " + what);
        }
    }

    private static void resources(JsonNode resources, String where, Findings findings) {
        if (resources.isEmpty()) {
            findings.required(where, "");
        }
        Set<String> allParts = new HashSet<>();
        Set<String> allResources = new HashSet<>();
        boolean plain = false;
        for (int at = 0; at < resources.size(); at++) {
            String one = resources.get(at).asText("");
            String place = where + "[" + at + "]";
            int slash = one.indexOf('/');
            if (one.isEmpty()) {
                findings.required(place, "");
            } else if (slash < 0) {
                plain = !one.equals(ANY);
            } else {
                String resource = one.substring(0, slash);
                String part = one.substring(slash + 1);
                if (allParts.contains(resource)) {
                    findings.invalid(place, one,
                            "if '" + resource + "/*' is present, must not specify " + one);
                }
                if (allResources.contains(part)) {
                    findings.invalid(place, one, "if '*/" + part + "' is present, must not specify " + one);
                }
                if (part.equals(ANY)) {
                    allParts.add(resource);
                }
                if (resource.equals(ANY)) {
                    allResources.add(part);
                }
            }
        }
        if (resources.size() > 1 && has(resources, "*/*")) {
            findings.invalid(where, resources, "if '*/*' is present, must not specify other resources");
        }
        if (has(resources, ANY) && plain) {
            findings.invalid(where, resources,
                    "if '*' is present, must not specify other resources without subresources");
        }
    }

    private static boolean has(JsonNode list, String value) {
        return list.valueStream().anyMatch(one -> one.asText("").equals(value));
    }

    static void conditions(JsonNode conditions, String where, Findings findings) {
        if (conditions.size() > MAX_CONDITIONS) {
            findings.add(new FieldError(FieldError.Type.TOO_MANY, where, "Too many: " + conditions.size()
                    + ": must have at most " + MAX_CONDITIONS + " items"));
            return;
        }
        Set<String> names = new HashSet<>();
        List<Source> sources = new ArrayList<>();
        List<String> places = new ArrayList<>();
        for (int at = 0; at < conditions.size(); at++) {
            String place = where + "[" + at + "]";
            String name = Findings.text(conditions.get(at), "name");
            String expression = Findings.text(conditions.get(at), "expression");
            // That a name or an expression is not there is the schema's to say.
            if (!name.isEmpty()) {
                List<String> wrong = Names.qualified(name);
                if (!wrong.isEmpty()) {
                    findings.invalid(place + ".name", name, String.join(",", wrong));
                }
                if (!names.add(name)) {
                    findings.duplicate(place + ".name", name);
                }
            }
            if (!expression.isEmpty() && expression.isBlank()) {
                findings.required(place + ".expression", "");
            } else if (!expression.isEmpty()) {
                sources.add(new Source(name, expression));
                places.add(place + ".expression");
            }
        }
        Conditions.check(sources).forEach(error -> findings.invalid(places.get(error.index()),
                sources.get(error.index()).expression(), error.message()));
    }
}
