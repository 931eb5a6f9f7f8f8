package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Rules of webhook configurations.
 *
 * <p>Source: k/k {@code pkg/apis/admissionregistration/validation/validation.go}, apiserver {@code pkg/util/webhook}.
 */
final class WebhookRules {
    private static final String FORM = "; desired format: https://host[/path]";
    private static final List<String> REVIEWS = List.of("v1", "v1beta1");
    private static final int MAX_TIMEOUT_SECONDS = 30;
    private static final int MAX_PORT = 65_535;

    private WebhookRules() {}

    static void configuration(ObjectNode object, String path, Findings findings) {
        Set<String> names = new HashSet<>();
        JsonNode webhooks = object.path("webhooks");
        for (int at = 0; at < webhooks.size(); at++) {
            String where = TypeRule.at(path, "webhooks", at);
            JsonNode webhook = webhooks.get(at);
            String name = Findings.text(webhook, "name");
            webhook(webhook, where, findings);
            if (!name.isEmpty() && !names.add(name)) {
                findings.duplicate(where + ".name", name);
            }
        }
    }

    private static void webhook(JsonNode webhook, String where, Findings findings) {
        name(Findings.text(webhook, "name"), where + ".name", findings);
        for (int at = 0; at < webhook.path("rules").size(); at++) {
            WebhookMatchRules.rule(webhook.path("rules").get(at), where + ".rules[" + at + "]", findings);
        }
        JsonNode timeout = webhook.path("timeoutSeconds");
        if (timeout.isNumber() && (timeout.asLong() < 1 || timeout.asLong() > MAX_TIMEOUT_SECONDS)) {
            findings.invalid(where + ".timeoutSeconds", timeout,
                    "the timeout value must be between 1 and 30 seconds");
        }
        client(webhook.path("clientConfig"), where + ".clientConfig", findings);
        WebhookMatchRules.conditions(webhook.path("matchConditions"), where + ".matchConditions", findings);
        versions(webhook.path("admissionReviewVersions"), where + ".admissionReviewVersions", findings);
    }

    /** A missing name is the schema's to miss. */
    private static void name(String name, String where, Findings findings) {
        if (name.isEmpty()) {
            return;
        }
        List<String> wrong = Names.subdomain(name);
        if (!wrong.isEmpty()) {
            findings.invalid(where, name, String.join(",", wrong));
        } else if (name.split("\\.", -1).length < 3) {
            findings.invalid(where, name, "should be a domain with at least three segments separated by dots");
        }
    }

    private static void versions(JsonNode versions, String where, Findings findings) {
        Set<String> seen = new HashSet<>();
        boolean known = false;
        for (int at = 0; at < versions.size(); at++) {
            String version = versions.get(at).asText("");
            if (!seen.add(version)) {
                findings.invalid(where + "[" + at + "]", version, "duplicate version");
                continue;
            }
            findings.invalid(where + "[" + at + "]", version, Names.label1035(version));
            known |= REVIEWS.contains(version);
        }
        if (!versions.isEmpty() && !known) {
            findings.invalid(where, versions, "must include at least one of " + String.join(", ", REVIEWS));
        }
    }

    private static void client(JsonNode client, String where, Findings findings) {
        boolean url = client.hasNonNull("url");
        boolean service = client.hasNonNull("service");
        if (url == service) {
            findings.required(where, "exactly one of url or service is required");
        } else if (url) {
            url(client.path("url").asText(""), where + ".url", findings);
        } else {
            service(client.path("service"), where + ".service", findings);
        }
    }

    private static void url(String text, String where, Findings findings) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException malformed) {
            findings.required(where, "url must be a valid URL: " + malformed.getMessage() + FORM);
            return;
        }
        String scheme = url.getScheme() == null ? "" : url.getScheme();
        if (!scheme.equals("https")) {
            findings.invalid(where, scheme, "'https' is the only allowed URL scheme" + FORM);
        }
        if (url.getRawAuthority() == null) {
            findings.invalid(where, "", "host must be specified" + FORM);
        }
        if (url.getRawUserInfo() != null) {
            findings.invalid(where, url.getRawUserInfo(), "user information is not permitted in the URL");
        }
        if (url.getRawFragment() != null && !url.getRawFragment().isEmpty()) {
            findings.invalid(where, url.getRawFragment(), "fragments are not permitted in the URL");
        }
        if (url.getRawQuery() != null && !url.getRawQuery().isEmpty()) {
            findings.invalid(where, url.getRawQuery(), "query parameters are not permitted in the URL");
        }
    }

    private static void service(JsonNode service, String where, Findings findings) {
        JsonNode port = service.path("port");
        if (port.isNumber() && (port.asLong() < 1 || port.asLong() > MAX_PORT)) {
            findings.invalid(where + ".port", port, "port is not valid: must be between 1 and 65535, inclusive");
        }
        path(Findings.text(service, "path"), where + ".path", findings);
    }

    private static void path(String path, String where, Findings findings) {
        if (path.isEmpty() || path.equals("/")) {
            return;
        }
        if (path.equals("//")) {
            findings.invalid(where, path, "segment[0] may not be empty");
            return;
        }
        if (!path.startsWith("/")) {
            findings.invalid(where, path, "must start with a '/'");
        }
        String inner = path.substring(1);
        String[] steps = (inner.endsWith("/") ? inner.substring(0, inner.length() - 1) : inner).split("/", -1);
        List<String> wrong = new ArrayList<>();
        for (int at = 0; at < steps.length; at++) {
            if (steps[at].isEmpty()) {
                wrong.add("segment[" + at + "] may not be empty");
            } else {
                for (String failure : Names.subdomain(steps[at])) {
                    wrong.add("segment[" + at + "]: " + failure);
                }
            }
        }
        findings.invalid(where, path, wrong);
    }
}
