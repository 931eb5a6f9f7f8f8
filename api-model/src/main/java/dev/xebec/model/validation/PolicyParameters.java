package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.names.Names;
import dev.xebec.model.status.FieldError;
import java.util.List;

/** Which objects a policy's binding takes its parameters from. Source: as {@link WebhookRules}. */
final class PolicyParameters {
    private static final String EITHER = "name and selector are mutually exclusive";
    private static final List<String> ACTIONS = List.of("Deny", "Allow");

    private PolicyParameters() {}

    static void check(JsonNode reference, String path, Findings findings) {
        if (!reference.isObject()) {
            return;
        }
        String name = Findings.text(reference, "name");
        boolean selects = reference.path("selector").isObject();
        if (!name.isEmpty()) {
            findings.invalid(path + ".name", name, Names.pathSegment(name));
        }
        if (!name.isEmpty() && selects) {
            findings.forbidden(path + ".name", EITHER);
            findings.forbidden(path + ".selector", EITHER);
        } else if (name.isEmpty() && !selects) {
            findings.required(path, "one of name or selector must be specified");
        }
        String action = Findings.text(reference, "parameterNotFoundAction");
        if (action.isEmpty()) {
            findings.required(path + ".parameterNotFoundAction", "");
        } else if (!ACTIONS.contains(action)) {
            findings.add(FieldError.notSupported(path + ".parameterNotFoundAction", action, ACTIONS));
        }
    }
}
