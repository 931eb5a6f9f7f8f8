package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.definition.DefinitionRules;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.validation.Findings.Occasion;
import java.util.List;
import java.util.function.Consumer;

/**
 * Judges whether a defaulted object may be created, or may take another's place. Returns what is wrong in Kubernetes'
 * own words; an empty list is a yes.
 */
public final class Validation {

    private Validation() {}

    public static List<FieldError> create(Kind kind, ObjectNode object) {
        Findings findings = findings(kind, Occasion.CREATE);
        if (kind.stored()) {
            MetadataRules.create(kind, MetadataRules.object(object, "metadata"), findings);
        }
        if (kind.custom() != null) {
            CustomRules.check(kind.custom(), object, null, findings);
            return findings.list();
        }
        if (typeName(kind).equals(DefinitionRules.TYPE)) {
            DefinitionRules.create(object).forEach(findings::add);
            return findings.list();
        }
        SchemaRules.check(kind.schema(), object, findings);
        CreateRules.check(typeName(kind), object, findings);
        return findings.list();
    }

    public static List<FieldError> update(Kind kind, ObjectNode now, ObjectNode before) {
        return update(kind, now, before, tolerated -> {});
    }

    private static List<FieldError> update(Kind kind, ObjectNode now, ObjectNode before, Consumer<String> warned) {
        Findings findings = metadata(kind, now, before);
        if (kind.custom() != null) {
            CustomRules.check(kind.custom(), now, before, findings);
            findings.tolerated().forEach(error -> warned.accept(error.toString()));
            return findings.list();
        }
        if (typeName(kind).equals(DefinitionRules.TYPE)) {
            DefinitionRules.update(now, before).forEach(findings::add);
            return findings.list();
        }
        MetadataRules.prefixAgain(kind, MetadataRules.object(now, "metadata"), findings);
        SchemaRules.check(kind.schema(), now, findings);
        UpdateRules.check(typeName(kind), now, before, findings);
        return findings.list();
    }

    public static List<FieldError> updateStatus(Kind kind, ObjectNode now, ObjectNode before) {
        return updateStatus(kind, now, before, tolerated -> {});
    }

    private static List<FieldError> updateStatus(Kind kind, ObjectNode now, ObjectNode before,
            Consumer<String> warned) {
        Findings findings = metadata(kind, now, before);
        if (kind.custom() != null) {
            CustomRules.checkStatus(kind.custom(), now, before, findings);
            findings.tolerated().forEach(error -> warned.accept(error.toString()));
            return findings.list();
        }
        if (typeName(kind).equals(DefinitionRules.TYPE)) {
            DefinitionRules.updateStatus(now).forEach(findings::add);
            return findings.list();
        }
        StatusRules.check(typeName(kind), now, before, findings);
        if (kind.schema() instanceof Schema.Struct struct && struct.field("status") instanceof Schema.Field status) {
            ConditionRules.check(status.schema(), now.path("status"), findings);
        }
        return findings.list();
    }

    /**
     * An update through a subresource that may change what the main resource may not: {@code ephemeralcontainers} and
     * {@code resize} of pods. Others are judged as {@link #update}.
     *
     * @param warned told of what is wrong and was so before
     */
    public static List<FieldError> updateSubresource(Kind kind, String subresource, ObjectNode now, ObjectNode before,
            Consumer<String> warned) {
        return switch (subresource) {
            case "status" -> updateStatus(kind, now, before, warned);
            case "ephemeralcontainers" -> {
                Findings findings = metadata(kind, now, before);
                SchemaRules.check(kind.schema(), now, findings);
                PodUpdateRules.ephemeral(now, before, findings);
                yield findings.list();
            }
            case "resize" -> {
                Findings findings = metadata(kind, now, before);
                SchemaRules.check(kind.schema(), now, findings);
                PodResizeRules.check(now, before, findings);
                yield findings.list();
            }
            case "approval" -> {
                Findings findings = metadata(kind, now, before);
                CertificateRequestRules.approval(now, before, findings);
                yield findings.list();
            }
            case "finalize" -> {
                Findings findings = metadata(kind, now, before);
                MetadataRules.standardFinalizers(now.path("spec").path("finalizers"), "spec.finalizers", findings);
                yield findings.list();
            }
            default -> update(kind, now, before, warned);
        };
    }

    /** The same where nobody is told of what was wrong before. */
    public static List<FieldError> updateSubresource(Kind kind, String subresource, ObjectNode now, ObjectNode before) {
        return updateSubresource(kind, subresource, now, before, tolerated -> {});
    }

    private static Findings findings(Kind kind, Occasion occasion) {
        return new Findings(kind.custom() == null ? kind.schema() : null, occasion);
    }

    private static Findings metadata(Kind kind, ObjectNode now, ObjectNode before) {
        Findings findings = findings(kind, Occasion.UPDATE);
        MetadataRules.update(kind, MetadataRules.object(now, "metadata"), MetadataRules.object(before, "metadata"),
                findings);
        return findings;
    }

    private static String typeName(Kind kind) {
        return kind.schema() instanceof Schema.Struct struct ? struct.typeName() : "";
    }
}
