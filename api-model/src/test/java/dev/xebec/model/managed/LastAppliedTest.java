package dev.xebec.model.managed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class LastAppliedTest {
    private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";
    private final Live live = new Live();

    /** As client-side apply leaves an object. */
    private void clientSide(String spec) {
        ObjectNode object = Live.json("{'metadata':{'name':'x','annotations':{}},'spec':" + spec + "}");
        ObjectNode said = object.deepCopy().put("apiVersion", "test.dev/v1").put("kind", "Sample");
        ((ObjectNode) object.path("metadata").path("annotations")).put(ANNOTATION, said.toString());
        live.update("kubectl-client-side-apply", object.toString());
    }

    @Test
    void kubectlTakesOverWhatItSaidByClientSideApply() {
        clientSide("{'text':'a','numeric':1}");
        live.apply("kubectl", "{'text':'b','numeric':1}");
        assertThat(live.spec().path("text").asText()).isEqualTo("b");
        assertThat(live.owned("kubectl")).isEqualTo("{'f:spec':{'f:numeric':{},'f:text':{}}}");
    }

    @Test
    void theAnnotationIsKeptUpToDate() {
        clientSide("{'text':'a'}");
        live.apply("kubectl", "{'text':'a','map':{'z':'<','b':'2'}}");
        assertThat(live.object().path("metadata").path("annotations").path(ANNOTATION).asText())
                .isEqualTo("{\"apiVersion\":\"test.dev/v1\",\"kind\":\"Sample\",\"metadata\":{\"name\":\"x\"},"
                        + "\"spec\":{\"map\":{\"b\":\"2\",\"z\":\"\\u003c\"},\"text\":\"a\"}}\n");
    }

    @Test
    void whatSomebodyChangedSinceIsStillInConflict() {
        clientSide("{'text':'a','numeric':1}");
        String annotation = live.object().path("metadata").path("annotations").toString();
        live.update("editor", "{'metadata':{'name':'x','annotations':" + annotation
                + "},'spec':{'text':'c','numeric':1}}");
        assertThat(live.refused(() -> live.apply("kubectl", "{'text':'b','numeric':2}")).message()).isEqualTo(
                "Apply failed with 1 conflict: conflict with \"editor\" using test.dev/v1: .spec.text");
    }

    @Test
    void otherManagersTakeNothingOver() {
        clientSide("{'text':'a'}");
        String before = live.object().path("metadata").path("annotations").toString();
        live.refused(() -> live.apply("other", "{'text':'b'}"));
        live.apply("other", "{'flag':true}");
        assertThat(live.object().path("metadata").path("annotations").toString()).isEqualTo(before);
    }

    @Test
    void withoutTheAnnotationNothingIsTakenOverAndNoneIsMade() {
        live.set("kubectl-client-side-apply", "{'text':'a'}");
        live.refused(() -> live.apply("kubectl", "{'text':'b'}"));
        live.force("kubectl", "{'text':'b'}");
        assertThat(live.object().path("metadata").has("annotations")).isFalse();
    }
}
