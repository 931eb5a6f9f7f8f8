package dev.xebec.model.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersionResource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrictReadingTest {
    private static final Kind POD = KindRegistry.builtIn().byResource(GroupVersionResource.PODS).orElseThrow();

    private static List<String> read(String json) {
        return StrictReading.of(POD.schema(), json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void findingsComeInTheDocumentsOrder() {
        assertThat(read("{'kind':'Pod','a':1,'spec':{'nodeName':'x','b':2,'nodeName':'y','containers':[{},{'c':3,"
                + "'image':'i','image':'j'}]},'kind':'Pod','metadata':{'labels':{'l':'1','l':'2'}}}")).containsExactly(
                        "unknown field \"a\"", "unknown field \"spec.b\"", "duplicate field \"spec.nodeName\"",
                        "unknown field \"spec.containers[1].c\"", "duplicate field \"spec.containers[1].image\"",
                        "duplicate field \"kind\"", "duplicate field \"metadata.labels.l\"");
    }

    @Test
    void eachIsToldOnceAndNothingBelowWhatIsUnknown() {
        assertThat(read("{'a':{'x':1,'x':2},'a':3,'spec':{'nodeName':'x','nodeName':'y','nodeName':'z'}}"))
                .containsExactly("unknown field \"a\"", "duplicate field \"spec.nodeName\"");
    }

    @Test
    void whatIsOfAnotherTypeIsPassedOver() {
        assertThat(read("{'spec':[{'b':1}],'metadata':'m','status':null}")).isEmpty();
    }

    @Test
    void noMoreIsToldThanTheLimit() {
        StringBuilder many = new StringBuilder("{'z0':0");
        for (int at = 1; at < 200; at++) {
            many.append(",'z").append(at).append("':0");
        }
        assertThat(read(many + "}")).hasSize(Shape.MAX_REPORTED);
    }

    @Test
    void whatIsNoJsonIsRefused() {
        assertThatThrownBy(() -> read("{'spec':")).isInstanceOf(IllegalArgumentException.class);
    }
}
