package dev.xebec.model.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.names.Names;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How objects are turned from one version into another, and which webhook does so. */
final class ConversionRules {
    private static final String PATH = "spec.conversion";
    private static final String CLIENT = PATH + ".webhookClientConfig";
    private static final String REVIEWS = PATH + ".conversionReviewVersions";
    private static final List<String> STRATEGIES = List.of("None", "Webhook");
    private static final Set<String> UNDERSTOOD = Set.of("v1", "v1beta1");

    private ConversionRules() {}

    static void check(JsonNode conversion, @Nullable JsonNode before, Problems problems) {
        if (!conversion.isObject()) {
            return;
        }
        String strategy = DefinitionRules.text(conversion, "strategy");
        if (strategy.isEmpty()) {
            problems.required(PATH + ".strategy", "");
        } else if (!STRATEGIES.contains(strategy)) {
            problems.notSupported(PATH + ".strategy", strategy, STRATEGIES);
        }
        JsonNode webhook = conversion.path("webhook");
        JsonNode client = webhook.path("clientConfig");
        JsonNode reviews = webhook.path("conversionReviewVersions");
        if (!strategy.equals("Webhook")) {
            if (client.isObject()) {
                problems.forbidden(CLIENT, "should not be set when strategy is not set to Webhook");
            }
            if (!reviews.isEmpty()) {
                problems.forbidden(REVIEWS, "should not be set when strategy is not set to Webhook");
            }
            return;
        }
        if (!client.isObject()) {
            problems.required(CLIENT, "required when strategy is set to Webhook");
        } else if (client.has("url") == client.path("service").isObject()) {
            problems.required(CLIENT, "exactly one of url or service is required");
        } else if (client.has("url")) {
            url(client.path("url").asText(), problems);
        } else {
            service(client.path("service"), problems);
        }
        boolean recognized = before == null || isUnderstood(before.path("webhook").path("conversionReviewVersions"));
        reviews(reviews, recognized, problems);
    }

    /** Source: apiserver {@code pkg/util/webhook/validation.go}. */
    private static void url(String text, Problems problems) {
        String path = CLIENT + ".url";
        String form = "; desired format: https://host[/path]";
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException malformed) {
            problems.required(path, "url must be a valid URL: " + malformed.getMessage() + form);
            return;
        }
        if (!"https".equals(uri.getScheme())) {
            problems.invalid(path, uri.getScheme() == null ? "" : uri.getScheme(),
                    "'https' is the only allowed URL scheme" + form);
        }
        if (uri.getHost() == null || uri.getHost().isEmpty()) {
            problems.invalid(path, "", "host must be specified" + form);
        }
        if (uri.getUserInfo() != null) {
            problems.invalid(path, uri.getUserInfo(), "user information is not permitted in the URL");
        }
        if (uri.getFragment() != null) {
            problems.invalid(path, uri.getFragment(), "fragments are not permitted in the URL");
        }
        if (uri.getQuery() != null) {
            problems.invalid(path, uri.getRawQuery(), "query parameters are not permitted in the URL");
        }
    }

    private static void service(JsonNode service, Problems problems) {
        String path = CLIENT + ".service";
        for (String field : List.of("name", "namespace")) {
            if (DefinitionRules.text(service, field).isEmpty()) {
                problems.required(path + "." + field, "service " + field + " is required");
            }
        }
        long port = service.path("port").asLong(443);
        if (port < 1 || port > 65_535) {
            problems.invalid(path + ".port", service.path("port"),
                    "port is not valid: must be between 1 and 65535, inclusive");
        }
        String below = DefinitionRules.text(service, "path");
        if (below.isEmpty()) {
            return;
        }
        if (!below.startsWith("/")) {
            problems.invalid(path + ".path", below, "must start with a '/'");
        }
        if (below.equals("/")) {
            return;
        }
        String[] segments = (below.endsWith("/") ? below.substring(0, below.length() - 1) : below).substring(1)
                .split("/", -1);
        for (int at = 0; at < segments.length; at++) {
            if (segments[at].isEmpty()) {
                problems.invalid(path + ".path", below, "segment[" + at + "] may not be empty");
                continue;
            }
            for (String wrong : Names.subdomain(segments[at])) {
                problems.invalid(path + ".path", below, "segment[" + at + "]: " + wrong);
            }
        }
    }

    private static void reviews(JsonNode versions, boolean recognized, Problems problems) {
        if (versions.isEmpty()) {
            problems.required(REVIEWS, "");
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int at = 0; at < versions.size(); at++) {
            String version = versions.get(at).asText();
            if (!seen.add(version)) {
                problems.invalid(REVIEWS + "[" + at + "]", version, "duplicate version");
                continue;
            }
            for (String wrong : Names.label1035(version)) {
                problems.invalid(REVIEWS + "[" + at + "]", version, wrong);
            }
        }
        if (recognized && !isUnderstood(versions)) {
            problems.invalid(REVIEWS, versions, "must include at least one of v1, v1beta1");
        }
    }

    private static boolean isUnderstood(JsonNode versions) {
        if (versions.isEmpty()) {
            return true;
        }
        for (JsonNode version : versions) {
            if (UNDERSTOOD.contains(version.asText())) {
                return true;
            }
        }
        return false;
    }
}
