package dev.xebec.model.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.structure.TypeLines;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JudgingOrderTest {
    private static final Schema.Struct POD = KindRegistry.builtIn().type("core.v1.Pod").orElseThrow();

    private static List<String> ordered(FieldError... findings) {
        return JudgingOrder.of(POD, List.of(findings)).stream().map(FieldError::field).toList();
    }

    @Test
    void fieldsAreToldInTheOrderInWhichKubernetesLooksAtThem() {
        assertThat(ordered(FieldError.required("spec.hostname", ""),
                FieldError.required("spec.containers[1].image", ""),
                FieldError.required("spec.containers[0].resources", ""),
                FieldError.required("spec.containers[0].image", ""), FieldError.required("spec.volumes[0].name", ""),
                FieldError.required("metadata.name", "")))
                .containsExactly("metadata.name", "spec.volumes[0].name", "spec.containers[0].image",
                        "spec.containers[0].resources", "spec.containers[1].image", "spec.hostname");
    }

    @Test
    void whatIsSaidOfAListComesAfterItsElements() {
        assertThat(ordered(FieldError.forbidden("spec.ephemeralContainers", "no"),
                FieldError.required("spec.ephemeralContainers[0].image", "")))
                .containsExactly("spec.ephemeralContainers[0].image", "spec.ephemeralContainers");
    }

    @Test
    void thatANameIsTakenIsFoundLast() {
        assertThat(ordered(FieldError.duplicate("spec.containers[1].name", "a"),
                FieldError.required("spec.containers[1].image", "")))
                .containsExactly("spec.containers[1].image", "spec.containers[1].name");
    }

    @Test
    void aFieldMayBeMissedLaterThanItIsJudged() {
        Schema cronJob = KindRegistry.builtIn().type("batch.v1.CronJob").orElseThrow();
        FieldError template = FieldError.required("spec.jobTemplate.spec.template.spec.containers", "");
        FieldError missing = FieldError.required("spec.schedule", "");
        FieldError wrong = FieldError.invalid("spec.schedule", "x", "");
        assertThat(JudgingOrder.of(cronJob, List.of(missing, template))).containsExactly(template, missing);
        assertThat(JudgingOrder.of(cronJob, List.of(template, wrong))).containsExactly(wrong, template);
    }

    @Test
    void whereNoOrderIsSaidWhatWasFoundFirstComesFirst() {
        assertThat(ordered(FieldError.required("spec.affinity.podAffinity", ""),
                FieldError.required("spec.affinity.nodeAffinity", "")))
                .containsExactly("spec.affinity.podAffinity", "spec.affinity.nodeAffinity");
    }

    /** A field that nobody has would order nothing. */
    @Test
    void ordersNameFieldsOfTheirTypes() {
        TypeLines.of(JudgingOrder.class, "judging.order").forEach((type, fields) -> {
            Schema.Struct struct = KindRegistry.builtIn().type(type).orElseThrow();
            Stream.of(fields).flatMap(List::stream).filter(field -> !List.of(".", "*").contains(field))
                    .map(field -> field.replace("missing:", ""))
                    .filter(field -> !field.equals("deprecatedServiceAccount"))
                    .forEach(field -> assertThat(struct.field(field)).as(type + "." + field).isNotNull());
        });
    }
}
