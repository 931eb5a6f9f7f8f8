package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.names.Names;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.status.FieldError;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Rules of the conditions that all newer kinds share. Source: apimachinery {@code meta/v1/validation}, ValidateConditions. */
final class ConditionRules {
    private static final String TYPE = "meta.v1.Condition";
    /** Statuses whose conditions Kubernetes does not look into. Its own ServiceCIDR has one without a reason. */
    private static final Set<String> UNJUDGED = Set.of("networking.v1.ServiceCIDRStatus", "core.v1.ServiceStatus");
    private static final List<String> STATES = List.of("False", "True", "Unknown");
    private static final Pattern REASON = Pattern.compile("[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?");
    private static final int MAX_REASON_BYTES = 1024;
    private static final int MAX_MESSAGE_BYTES = 32 * 1024;

    private ConditionRules() {}

    /** Of the lists of conditions among a status' own fields. */
    static void check(Schema status, JsonNode object, Findings findings) {
        if (status instanceof Schema.Struct struct && !UNJUDGED.contains(struct.typeName())) {
            for (Schema.Field field : struct.fields().values()) {
                if (field.schema() instanceof Schema.ListOf list && list.items() instanceof Schema.Struct item
                        && item.typeName().equals(TYPE)) {
                    conditions(object.path(field.jsonName()), "status." + field.jsonName(), findings);
                }
            }
        }
    }

    static void conditions(JsonNode conditions, String path, Findings findings) {
        Set<String> types = new HashSet<>();
        for (int at = 0; at < conditions.size(); at++) {
            String where = path + "[" + at + "]";
            String type = Findings.text(conditions.get(at), "type");
            if (!types.add(type)) {
                findings.duplicate(where, type);
            }
            condition(conditions.get(at), type, where, findings);
        }
    }

    private static void condition(JsonNode condition, String type, String path, Findings findings) {
        if (type.isEmpty()) {
            findings.required(path + ".type", "is required");
        } else {
            findings.invalid(path + ".type", type, Names.qualified(type));
        }
        String state = Findings.text(condition, "status");
        if (state.isEmpty()) {
            findings.required(path + ".status", "");
        } else if (!STATES.contains(state)) {
            findings.add(FieldError.notSupported(path + ".status", state, STATES));
        }
        JsonNode generation = condition.path("observedGeneration");
        if (generation.asLong(0) < 0) {
            findings.invalid(path + ".observedGeneration", generation, "must be greater than or equal to zero");
        }
        if (!condition.path("lastTransitionTime").isTextual()) {
            findings.required(path + ".lastTransitionTime", "");
        }
        reason(Findings.text(condition, "reason"), path + ".reason", findings);
        if (MetadataRules.utf8(Findings.text(condition, "message")) > MAX_MESSAGE_BYTES) {
            findings.add(FieldError.tooLong(path + ".message", MAX_MESSAGE_BYTES));
        }
    }

    private static void reason(String reason, String path, Findings findings) {
        if (reason.isEmpty()) {
            findings.required(path, "");
        } else if (!REASON.matcher(reason).matches()) {
            findings.invalid(path, reason, "a condition reason must start with alphabetic character, optionally "
                    + "followed by a string of alphanumeric characters or '_,:', and must end with an alphanumeric "
                    + "character or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName',  or 'ReasonA,ReasonB',  or "
                    + "'ReasonA:ReasonB', regex used for validation is '[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?')");
        }
        if (MetadataRules.utf8(reason) > MAX_REASON_BYTES) {
            findings.add(FieldError.tooLong(path, MAX_REASON_BYTES));
        }
    }
}
