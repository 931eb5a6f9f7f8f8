package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.xebec.model.object.Json;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.validation.Findings.Occasion;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Walks an object along its schema: required fields, enumerations, and the rules that belong to the types on the way.
 * {@code metadata} and {@code status} of the object have rules of their own and are left out.
 */
final class SchemaRules {
    private static final Set<String> OWN_RULES = Set.of("metadata", "status");

    /** Parts of an object that are looked into though they are left out. */
    private static final Set<String> WHOLE = Set.of("spec", "template");
    /** Structures that Go holds by reference where they are required: nothing is not an empty one. */
    private static final Set<String> BY_REFERENCE = Set.of("meta.v1.LabelSelector", "networking.v1.ParentReference",
            "core.v1.NodeSelector", "runtime.RawExtension");

    /** Required by the published schema, though Kubernetes accepts them empty or absent. */
    private static final Set<String> MAY_BE_EMPTY = Set.of("core.v1.HTTPHeader.value", "core.v1.Sysctl.value",
            "core.v1.LimitRangeSpec.limits", "storage.v1.CSINodeSpec.drivers", "core.v1.ISCSIVolumeSource.lun",
            "core.v1.ISCSIPersistentVolumeSource.lun", "events.v1.Event.eventTime", "apps.v1.ControllerRevision.data",
            "core.v1.Event.involvedObject", "core.v1.ContainerPort.containerPort", "core.v1.ServicePort.port",
            "rbac.v1.PolicyRule.verbs", "authorization.v1.SubjectAccessReview.spec",
            "authorization.v1.SelfSubjectAccessReview.spec", "authorization.v1.SelfSubjectRulesReview.spec",
            "authorization.v1.LocalSubjectAccessReview.spec", "authentication.v1.TokenReview.spec",
            "authentication.v1.TokenRequestSpec.audiences", "authentication.v1.TokenRequest.spec",
            "storage.v1.TokenRequest.audience", "core.v1.PersistentVolumeClaimVolumeSource.claimName",
            "batch.v1.CronJobSpec.jobTemplate", "core.v1.SleepAction.seconds", "core.v1.DownwardAPIVolumeFile.path",
            "meta.v1.GroupResource.group");

    private static final String NO_EFFECTS = "must specify one of None, NoneOnDryRun";
    private static final String REVIEWS = "must specify one of v1, v1beta1";

    /** What is said of a required field beyond that it is required. */
    private static final Map<String, String> DETAILS = Map.ofEntries(
            Map.entry("core.v1.NodeSelector.nodeSelectorTerms", "must have at least one node selector term"),
            Map.entry("core.v1.PodAffinityTerm.topologyKey", "can not be empty"),
            Map.entry("core.v1.TopologySpreadConstraint.topologyKey", "can not be empty"),
            Map.entry("discovery.v1.Endpoint.addresses", "must contain at least 1 address"),
            Map.entry("meta.v1.GroupResource.resource", "resource is required to be set"),
            Map.entry("core.v1.SeccompProfile.type", "type is required when seccompProfile is set"),
            Map.entry("core.v1.AppArmorProfile.type", "type is required when appArmorProfile is set"),
            Map.entry("rbac.v1.AggregationRule.clusterRoleSelectors",
                    "at least one clusterRoleSelector required if aggregationRule is non-nil"),
            Map.entry("admissionregistration.v1.MutatingWebhook.sideEffects", NO_EFFECTS),
            Map.entry("admissionregistration.v1.MutatingWebhook.admissionReviewVersions", REVIEWS),
            Map.entry("admissionregistration.v1.ValidatingWebhook.sideEffects", NO_EFFECTS),
            Map.entry("admissionregistration.v1.ValidatingWebhook.admissionReviewVersions", REVIEWS));

    /** What is not looked into again when an object changes, because it cannot change. */
    private static final Set<String> ONCE = Set.of("apps.v1.StatefulSetSpec.volumeClaimTemplates",
            "apps.v1.StatefulSetSpec.selector");

    private SchemaRules() {}

    static void check(Schema schema, ObjectNode object, Findings findings) {
        if (schema instanceof Schema.Struct struct) {
            int known = findings.size();
            struct(struct, object, "", findings);
            findings.order(known);
        }
    }

    /** A structure on the way, of a type that is known by its path. */
    static void part(ObjectNode value, String path, Findings findings) {
        if (findings.type(path) instanceof Schema.Struct struct) {
            struct(struct, value, path, findings);
        }
    }

    private static void struct(Schema.Struct struct, ObjectNode stored, String path, Findings findings) {
        ObjectNode object = TypeViews.of(struct.typeName(), stored);
        boolean saysAll = TypeRules.saysAll(struct.typeName());
        TypeRule rule = TypeRules.of(struct.typeName());
        if (rule != null && TypeRules.saysAllBelow(struct.typeName())) {
            rule.check(object, path, findings);
            return;
        }
        for (Schema.Field field : struct.fields().values()) {
            if (saysAll && !(field.schema() instanceof Schema.Struct)) {
                continue;
            }
            if (path.isEmpty() && OWN_RULES.contains(field.jsonName())) {
                continue;
            }
            if (findings.occasion() == Occasion.UPDATE && ONCE.contains(struct.typeName() + "." + field.jsonName())) {
                continue;
            }
            if (UnreadParts.has(struct.typeName(), object, field.jsonName(), path)) {
                continue;
            }
            JsonNode value = object.path(field.jsonName());
            if (!value.isMissingNode() && !value.isNull()) {
                present(struct, field, value, TypeRule.at(path, field.jsonName()), findings);
            } else {
                absent(struct, field, path, findings);
            }
        }
        if (rule != null) {
            rule.check(object, path, findings);
        }
    }

    /**
     * A structure that is left out is an empty one where Go holds it by value: what it lacks is reported instead.
     */
    private static void absent(Schema.Struct struct, Schema.Field field, String path, Findings findings) {
        String where = TypeRule.at(path, field.jsonName());
        boolean whole = path.isEmpty() && WHOLE.contains(field.jsonName());
        if ((field.required() || whole) && field.schema() instanceof Schema.Struct below
                && !BY_REFERENCE.contains(below.typeName())) {
            if (!MAY_BE_EMPTY.contains(struct.typeName() + "." + field.jsonName())) {
                struct(below, Json.object(), where, findings);
            }
        } else if (field.required() && !MAY_BE_EMPTY.contains(struct.typeName() + "." + field.jsonName())) {
            findings.required(where, detail(struct, field));
        }
    }

    private static String detail(Schema.Struct struct, Schema.Field field) {
        return DETAILS.getOrDefault(struct.typeName() + "." + field.jsonName(), "");
    }

    private static void present(Schema.Struct struct, Schema.Field field, JsonNode value, String path,
            Findings findings) {
        boolean empty = (value.isTextual() && value.asText().isEmpty()) || (value.isArray() && value.isEmpty());
        if (empty && field.required()) {
            if (!MAY_BE_EMPTY.contains(struct.typeName() + "." + field.jsonName())) {
                findings.required(path, detail(struct, field));
            }
            return;
        }
        if (value instanceof TextNode text && !empty) {
            Set<String> allowed = field.enumeration();
            if (!allowed.isEmpty() && !allowed.contains(text.asText())) {
                findings.add(FieldError.notSupported(path, text.asText(),
                        List.copyOf(new java.util.TreeSet<>(allowed))));
            }
        } else if (value.isContainerNode()) {
            below(field.schema(), value, path, findings);
        } else if (value.isNumber() && NotNegative.contains(struct.typeName(), field.jsonName())) {
            findings.notNegative(path, value);
        }
    }

    private static void below(Schema schema, JsonNode value, String path, Findings findings) {
        if (schema instanceof Schema.Struct struct && value instanceof ObjectNode object) {
            struct(struct, object, path, findings);
        } else if (schema instanceof Schema.ListOf list && value instanceof ArrayNode array
                && !(list.items() instanceof Schema.Scalar)) {
            for (int at = 0; at < array.size(); at++) {
                below(list.items(), array.get(at), path + "[" + at + "]", findings);
            }
        } else if (schema instanceof Schema.MapOf map && value instanceof ObjectNode object
                && !(map.values() instanceof Schema.Scalar)) {
            for (Map.Entry<String, JsonNode> entry : object.properties()) {
                below(map.values(), entry.getValue(), path + "[" + entry.getKey() + "]", findings);
            }
        }
    }
}
