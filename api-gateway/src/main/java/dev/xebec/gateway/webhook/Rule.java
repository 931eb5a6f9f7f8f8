package dev.xebec.gateway.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.GroupVersionResource;
import java.util.ArrayList;
import java.util.List;

/**
 * One of a webhook's rules: operations, groups, versions and resources, of which one each has to match.
 *
 * <p>Source: apiserver {@code pkg/admission/plugin/webhook/predicates/rules/rules.go}.
 */
record Rule(List<String> operations, List<String> groups, List<String> versions, List<String> resources, String scope) {
    private static final String ANY = "*";

    static Rule of(JsonNode rule) {
        return new Rule(texts(rule.path("operations")), texts(rule.path("apiGroups")),
                texts(rule.path("apiVersions")), texts(rule.path("resources")), rule.path("scope").asText(ANY));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>(list.size());
        list.forEach(text -> texts.add(text.asText()));
        return List.copyOf(texts);
    }

    /** @param resource the request's own, or one that means the same in another version */
    boolean matches(Attributes asked, GroupVersionResource resource) {
        return matchesOperation(asked) && has(groups, resource.group()) && has(versions, resource.version())
                && matchesResource(resource.resource(), asked.subresource()) && matchesScope(asked);
    }

    /** Whether it would match if the resource had a version that it names. */
    boolean matchesVersionAside(Attributes asked) {
        return matchesOperation(asked) && has(groups, asked.resource().group())
                && matchesResource(asked.resource().resource(), asked.subresource()) && matchesScope(asked);
    }

    private boolean matchesOperation(Attributes asked) {
        return has(operations, asked.operation().name());
    }

    private static boolean has(List<String> list, String value) {
        for (String one : list) {
            if (one.equals(ANY) || one.equals(value)) {
                return true;
            }
        }
        return false;
    }

    /** {@code pods} is the object alone, {@code pods/*} its subresources and {@code *} every object alone. */
    private boolean matchesResource(String name, String subresource) {
        for (String one : resources) {
            int slash = one.indexOf('/');
            String wanted = slash < 0 ? one : one.substring(0, slash);
            String part = slash < 0 ? "" : one.substring(slash + 1);
            if ((wanted.equals(ANY) || wanted.equals(name)) && (part.equals(ANY) || part.equals(subresource))) {
                return true;
            }
        }
        return false;
    }

    /** A Namespace has its own name for a namespace and is cluster-scoped all the same. */
    private boolean matchesScope(Attributes asked) {
        boolean cluster = asked.ofNamespace() || asked.namespace().isEmpty();
        return switch (scope) {
            case "Namespaced" -> !cluster;
            case "Cluster" -> cluster;
            default -> true;
        };
    }
}
