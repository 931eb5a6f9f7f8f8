package dev.xebec.model.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.Json;
import dev.xebec.model.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldSelectorTest {
    private static final Kind KIND = new Kind(new GroupVersionKind("", "v1", "Pod"), "pods", "pod", "PodList", true,
            Set.of("get"), List.of(), List.of(), Map.of(), new Schema.Scalar(Schema.Scalar.Type.ANY), List.of(),
            Set.of("spec.nodeName", "status.phase", "status.podIP", "spec.hostNetwork", "spec.unschedulable", "source",
                    "reportingComponent", "involvedObject.name", "status.successful"),
            true, true, false, Kind.DeletePropagation.BACKGROUND);

    private static ObjectNode json(String text) {
        return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "spec.nodeName=n1            | {\"spec\":{\"nodeName\":\"n1\"}}                   | true",
            "spec.nodeName=              | {\"spec\":{}}                                       | true",
            "spec.nodeName!=             | {\"spec\":{}}                                       | false",
            "spec.nodeName==n1,status.phase!=Failed | {\"spec\":{\"nodeName\":\"n1\"}}         | true",
            "metadata.name=a\\,b         | {\"metadata\":{\"name\":\"a,b\"}}                   | true",
            "spec.unschedulable=false    | {}                                                  | true",
            "spec.unschedulable=true     | {\"spec\":{\"unschedulable\":true}}                 | true",
            "spec.hostNetwork=true       | {}                                                  | false",
            "status.podIP=10.0.0.1       | {\"status\":{\"podIPs\":[{\"ip\":\"10.0.0.1\"}]}}   | true",
            "source=kubelet              | {\"source\":{\"component\":\"kubelet\"}}            | true",
            "source=xebec                | {\"reportingComponent\":\"xebec\"}                  | true",
            "source=xebec                | {\"reportingController\":\"xebec\"}                 | true",
            "involvedObject.name=p       | {\"regarding\":{\"name\":\"p\"}}                    | true",
            "status.successful=3         | {\"status\":{\"succeeded\":3}}                      | true",
            "status.successful=0         | {}                                                  | true"})
    void matchesAsKubernetesDoes(String query, String object, boolean matches) {
        assertThat(FieldSelector.parse(query, KIND).matches(json(object))).isEqualTo(matches);
    }

    @Test
    void refusesUnknownFields() {
        assertThatThrownBy(() -> FieldSelector.parse("spec.foo=1", KIND))
                .hasMessage("field label not supported: spec.foo");
        assertThatThrownBy(() -> FieldSelector.parse("spec.nodeName", KIND))
                .hasMessage("invalid selector: 'spec.nodeName'; can't understand 'spec.nodeName'");
    }

    @Test
    void knowsExactTermsAndItsText() {
        FieldSelector selector = FieldSelector.parse("metadata.name=a,status.phase!=b", KIND);
        assertThat(selector.exact("metadata.name")).contains("a");
        assertThat(selector.exact("status.phase")).isEmpty();
        assertThat(FieldSelector.parse(selector.toString(), KIND)).isEqualTo(selector);
        assertThat(FieldSelector.parse("", KIND).isEmpty()).isTrue();
    }
}
