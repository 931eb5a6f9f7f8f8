package dev.xebec.gateway.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.selector.LabelSelector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One webhook of a configuration, read once for all requests.
 *
 * @param id names the webhook among those of its type
 * @param exact whether only the resource that a rule names matches, not the same in another version
 * @param ignoresFailure whether a write goes on where the webhook cannot be asked
 * @param sideEffectFree whether it may be asked about a dry run
 * @param reviewVersions the forms of the question that it understands, best first
 * @param reinvoked whether it wants to see what others made of the object after it
 * @param conditions all of which have to hold; empty for none
 */
record Webhook(String id, String name, List<Rule> rules, LabelSelector namespaces, LabelSelector objects, boolean exact,
        boolean ignoresFailure, Duration timeout, boolean sideEffectFree, List<String> reviewVersions,
        boolean reinvoked, Endpoint endpoint, MatchConditions conditions) {
    private static final int DEFAULT_TIMEOUT_SECONDS = 10;
    private static final Set<String> WITHOUT_SIDE_EFFECTS = Set.of("None", "NoneOnDryRun");

    /** The webhooks of a configuration, in its order. */
    static List<Webhook> of(ObjectNode configuration) {
        String owner = configuration.path("metadata").path("name").asText("");
        List<Webhook> webhooks = new ArrayList<>();
        for (JsonNode webhook : configuration.path("webhooks")) {
            webhooks.add(of(owner + "/" + webhook.path("name").asText("") + "/" + webhooks.size(), webhook));
        }
        return webhooks;
    }

    private static Webhook of(String id, JsonNode webhook) {
        List<Rule> rules = new ArrayList<>();
        webhook.path("rules").forEach(rule -> rules.add(Rule.of(rule)));
        List<String> versions = new ArrayList<>();
        webhook.path("admissionReviewVersions").forEach(version -> versions.add(version.asText()));
        boolean ignores = webhook.path("failurePolicy").asText("").equals("Ignore");
        return new Webhook(id, webhook.path("name").asText(""), List.copyOf(rules),
                selector(webhook.path("namespaceSelector")), selector(webhook.path("objectSelector")),
                webhook.path("matchPolicy").asText("").equals("Exact"), ignores,
                Duration.ofSeconds(webhook.path("timeoutSeconds").asInt(DEFAULT_TIMEOUT_SECONDS)),
                WITHOUT_SIDE_EFFECTS.contains(webhook.path("sideEffects").asText("")), List.copyOf(versions),
                webhook.path("reinvocationPolicy").asText("").equals("IfNeeded"),
                Endpoint.of(webhook.path("clientConfig")),
                MatchConditions.of(webhook.path("matchConditions"), ignores));
    }

    /** No selector is one of everything. */
    private static LabelSelector selector(JsonNode selector) {
        return selector.isObject() && !selector.isEmpty() ? LabelSelector.of(selector) : LabelSelector.everything();
    }
}
