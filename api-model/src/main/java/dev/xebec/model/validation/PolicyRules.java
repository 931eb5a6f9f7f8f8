package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.cel.PolicyExpression;
import dev.xebec.model.cel.PolicyExpression.Wanted;
import dev.xebec.model.names.Names;
import dev.xebec.model.status.FieldError;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What admission policies say. Source: {@code pkg/apis/admissionregistration/validation/validation.go} of Kubernetes. */
final class PolicyRules {
    private static final int MAX_CONDITIONS = 64;
    private static final int MAX_ANNOTATIONS = 20;
    private static final int MAX_VALUE_BYTES = 5 * 1024;
    private static final Pattern IDENTIFIER = Pattern.compile("[_a-zA-Z][_a-zA-Z0-9]*");
    /** Words of CEL that name nothing else. */
    private static final Set<String> RESERVED = Set.of("true", "false", "null", "in", "as", "break", "const",
            "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return",
            "var", "void", "while");
    private static final List<String> REASONS = List.of("Forbidden", "Invalid", "RequestEntityTooLarge");
    private static final List<String> MUTATED = List.of("*", "CONNECT", "CREATE", "UPDATE");
    private static final List<String> AGAIN = List.of("IfNeeded", "Never");

    private final Findings findings;
    private final boolean params;

    private PolicyRules(JsonNode spec, Findings findings) {
        this.findings = findings;
        this.params = spec.path("paramKind").isObject();
    }

    static void validating(ObjectNode object, String path, Findings findings) {
        JsonNode spec = object.path("spec");
        PolicyRules rules = new PolicyRules(spec, findings);
        rules.shared(spec, false);
        JsonNode validations = spec.path("validations");
        JsonNode annotations = spec.path("auditAnnotations");
        if (validations.isEmpty() && annotations.isEmpty()) {
            for (String field : List.of("validations", "auditAnnotations")) {
                findings.required("spec." + field, "validations or auditAnnotations must contain at least one item");
            }
            return;
        }
        for (int at = 0; at < validations.size(); at++) {
            rules.validation(validations.get(at), "spec.validations[" + at + "]");
        }
        if (annotations.size() > MAX_ANNOTATIONS) {
            findings.invalid("spec.auditAnnotations", annotations,
                    "must not have more than " + MAX_ANNOTATIONS + " auditAnnotations");
        }
        Set<String> keys = new HashSet<>();
        for (int at = 0; at < annotations.size(); at++) {
            String where = "spec.auditAnnotations[" + at + "]";
            rules.annotation(annotations.get(at), Findings.text(object.path("metadata"), "name"), where);
            if (!keys.add(Findings.text(annotations.get(at), "key"))) {
                findings.duplicate(where + ".key", Findings.text(annotations.get(at), "key"));
            }
        }
    }

    static void mutating(ObjectNode object, String path, Findings findings) {
        JsonNode spec = object.path("spec");
        PolicyRules rules = new PolicyRules(spec, findings);
        rules.shared(spec, true);
        JsonNode mutations = spec.path("mutations");
        if (mutations.isEmpty()) {
            findings.required("spec.mutations", "mutations must contain at least one item");
        }
        for (int at = 0; at < mutations.size(); at++) {
            rules.mutation(mutations.get(at), "spec.mutations[" + at + "]");
        }
        String again = Findings.text(spec, "reinvocationPolicy");
        if (again.isEmpty()) {
            findings.required("spec.reinvocationPolicy", "");
        } else if (!AGAIN.contains(again)) {
            findings.add(FieldError.notSupported("spec.reinvocationPolicy", again, AGAIN));
        }
    }

    private void shared(JsonNode spec, boolean mutates) {
        supported(spec, "failurePolicy", List.of("Fail", "Ignore"), "spec");
        if (params) {
            parameters(spec.path("paramKind"));
        }
        if (spec.path("matchConstraints") instanceof ObjectNode constraints) {
            constraints(constraints, mutates);
        } else {
            findings.required("spec.matchConstraints", "");
        }
        conditions(spec.path("matchConditions"));
        JsonNode variables = spec.path("variables");
        for (int at = 0; at < variables.size(); at++) {
            String where = "spec.variables[" + at + "]";
            String name = Findings.text(variables.get(at), "name");
            if (name.isBlank()) {
                findings.required(where + ".name", "name is not specified");
            } else if (!IDENTIFIER.matcher(name).matches() || RESERVED.contains(name)) {
                findings.invalid(where + ".name", name, "must be a valid CEL identifier");
            }
            expression(Findings.text(variables.get(at), "expression"), "expression is not specified",
                    Wanted.ANYTHING, where + ".expression");
        }
    }

    private void supported(JsonNode object, String field, List<String> values, String path) {
        String value = Findings.text(object, field);
        if (object.has(field) && !values.contains(value)) {
            findings.add(FieldError.notSupported(path + "." + field, value, values));
        }
    }

    private void constraints(ObjectNode constraints, boolean mutates) {
        String path = "spec.matchConstraints";
        supported(constraints, "matchPolicy", List.of("Equivalent", "Exact"), path);
        for (String selector : List.of("namespaceSelector", "objectSelector")) {
            if (constraints.path(selector) instanceof ObjectNode selected) {
                SchemaRules.part(selected, path + "." + selector, findings);
            }
        }
        WebhookMatchRules.matched(constraints, path, findings);
        for (String list : List.of("resourceRules", "excludeResourceRules")) {
            for (int at = 0; at < constraints.path(list).size(); at++) {
                supported(constraints.path(list).get(at), "scope", List.of("*", "Cluster", "Namespaced"),
                        path + "." + list + "[" + at + "]");
            }
        }
        JsonNode rules = constraints.path("resourceRules");
        if (rules.isEmpty()) {
            findings.required(path + ".resourceRules", "");
        }
        for (JsonNode rule : mutates ? rules : Findings.NOTHING) {
            for (JsonNode operation : rule.path("operations")) {
                if (!MUTATED.contains(operation.asText())) {
                    findings.add(FieldError.notSupported(path + ".resourceRules.operations", operation.asText(),
                            MUTATED));
                }
            }
        }
    }

    private void parameters(JsonNode kind) {
        String path = "spec.paramKind";
        String version = Findings.text(kind, "apiVersion");
        String[] parts = version.equals("/") ? new String[]{""} : version.split("/", -1);
        if (version.isEmpty()) {
            findings.required(path + ".apiVersion", "");
        } else if (parts.length > 2) {
            findings.invalid(path + ".apiVersion", version, "unexpected GroupVersion string: " + version);
        } else {
            if (parts.length == 2 && !parts[0].isEmpty() && !Names.subdomain(parts[0]).isEmpty()) {
                findings.invalid(path + ".apiVersion", parts[0], String.join(",", Names.subdomain(parts[0])));
            }
            String last = parts[parts.length - 1];
            if (last.isEmpty()) {
                findings.invalid(path + ".apiVersion", version, "version must be specified");
            } else if (!Names.label1035(last).isEmpty()) {
                findings.invalid(path + ".apiVersion", last, String.join(",", Names.label1035(last)));
            }
        }
        String name = Findings.text(kind, "kind");
        List<String> wrong = name.isEmpty() ? List.of() : Names.label1035(name.toLowerCase(Locale.ROOT));
        if (name.isEmpty()) {
            findings.required(path + ".kind", "");
        } else if (!wrong.isEmpty()) {
            findings.invalid(path + ".kind", name,
                    "may have mixed case, but should otherwise match: " + String.join(",", wrong));
        }
    }

    private void conditions(JsonNode conditions) {
        findings.tooMany(conditions, MAX_CONDITIONS, "spec.matchConditions");
        Set<String> names = new HashSet<>();
        for (int at = 0; at < conditions.size(); at++) {
            String where = "spec.matchConditions[" + at + "]";
            expression(Findings.text(conditions.get(at), "expression").strip(), "", Wanted.BOOL,
                    where + ".expression");
            String name = Findings.text(conditions.get(at), "name");
            if (name.isEmpty()) {
                findings.required(where + ".name", "");
            } else {
                findings.invalid(where + ".name", name, Names.qualified(name));
                if (!names.add(name)) {
                    findings.duplicate(where + ".name", name);
                }
            }
        }
    }

    private void expression(String expression, String missing, Wanted wanted, String path) {
        if (expression.isBlank()) {
            findings.required(path, missing);
            return;
        }
        String wrong = PolicyExpression.problem(expression, params, wanted);
        if (!wrong.isEmpty()) {
            findings.invalid(path, expression, wrong);
        }
    }

    private void validation(JsonNode validation, String path) {
        expression(Findings.text(validation, "expression"), "expression is not specified", Wanted.BOOL,
                path + ".expression");
        String said = Findings.text(validation, "messageExpression");
        if (!said.isEmpty() && said.isBlank()) {
            findings.invalid(path + ".messageExpression", said, "must be non-empty if specified");
        } else if (!said.isEmpty()) {
            expression(said, "", Wanted.TEXT, path + ".messageExpression");
        }
        String message = Findings.text(validation, "message");
        if (!message.isEmpty() && message.isBlank()) {
            findings.invalid(path + ".message", message, "must be non-empty if specified");
        } else if (message.strip().indexOf('\n') >= 0 || message.strip().indexOf('\r') >= 0) {
            findings.invalid(path + ".message", message, "must not contain line breaks");
        }
        supported(validation, "reason", REASONS, path);
    }

    private void annotation(JsonNode annotation, String policy, String path) {
        String key = Findings.text(annotation, "key");
        if (policy.isEmpty()) {
            findings.invalid(path + ".key", key, "requires metadata.name be non-empty");
        } else {
            findings.invalid(path + ".key", policy + "/" + key, Names.qualified(policy + "/" + key));
        }
        String value = Findings.text(annotation, "valueExpression");
        if (MetadataRules.utf8(value.strip()) > MAX_VALUE_BYTES) {
            findings.required(path + ".valueExpression", "must not exceed " + MAX_VALUE_BYTES + " bytes in length");
        } else {
            expression(value, "valueExpression is not specified", Wanted.TEXT, path + ".valueExpression");
        }
    }

    /** The types of what a mutation makes are not known here: its expression only has to be there. */
    private void mutation(JsonNode mutation, String path) {
        String type = Findings.text(mutation, "patchType");
        switch (type) {
            case "JSONPatch" -> patch(mutation, "jsonPatch", "applyConfiguration", type, path);
            case "ApplyConfiguration" -> patch(mutation, "applyConfiguration", "jsonPatch", type, path);
            case "" -> findings.required(path + ".patchType", "");
            default -> findings.add(FieldError.notSupported(path + ".patchType", type,
                    List.of("ApplyConfiguration", "JSONPatch")));
        }
    }

    private void patch(JsonNode mutation, String wanted, String other, String type, String path) {
        if (!mutation.path(wanted).isObject()) {
            findings.required(path + "." + wanted, "must be specified when patchType is " + type);
        } else if (Findings.text(mutation.path(wanted), "expression").isBlank()) {
            findings.required(path + "." + wanted + ".expression", "");
        }
        if (mutation.path(other).isObject()) {
            findings.invalid(path + "." + other, "{" + other + "}", "must not be specified when patchType is " + type);
        }
    }
}
