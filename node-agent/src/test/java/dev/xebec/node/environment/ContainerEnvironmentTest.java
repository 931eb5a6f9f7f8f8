package dev.xebec.node.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerEnvironmentTest {
    private final Map<String, ObjectNode> objects = new HashMap<>();
    private final ObjectNode pod = json("{'metadata':{'name':'p','namespace':'ns','uid':'u','labels':{'a.b/c':'l'}},"
            + "'spec':{'nodeName':'n'}}");

    private static ObjectNode json(String text) {
        return Json.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private PodFacts facts() {
        return new PodFacts(ApiObject.of(pod), "127.64.0.1", "127.0.0.1", 4_000, 8L << 30);
    }

    private Map<String, String> environment(String container) {
        return ContainerEnvironment.of(
                json(container), facts(), (resource, namespace, name) -> Optional
                        .ofNullable(objects.get(resource.resource() + "/" + name)).map(ApiObject::of),
                Map.of("GIVEN", "g"));
    }

    @ParameterizedTest
    @CsvSource({"$(A), a", "x$(A)y$(B), xaybb", "$$(A), $(A)", "$(NO), $(NO)", "$, $", "$A, $A", "$(A, $(A",
            "$$$(A), $a"})
    void variablesAreFilledIn(String text, String expected) {
        assertThat(Expansion.expand(text, Map.of("A", "a", "B", "bb"))).isEqualTo(expected);
    }

    @Test
    void laterVariablesUseEarlierOnes() {
        assertThat(environment("{'env':[{'name':'A','value':'$(GIVEN)1'},{'name':'B','value':'$(A)2'}]}"))
                .containsEntry("A", "g1").containsEntry("B", "g12");
    }

    @Test
    void fieldsOfThePod() {
        assertThat(environment("{'env':["
                + "{'name':'IP','valueFrom':{'fieldRef':{'fieldPath':'status.podIP'}}},"
                + "{'name':'NODE','valueFrom':{'fieldRef':{'fieldPath':'spec.nodeName'}}},"
                + "{'name':'L','valueFrom':{'fieldRef':{'fieldPath':'metadata.labels[\\u0027a.b/c\\u0027]'}}}]}"))
                .containsEntry("IP", "127.64.0.1").containsEntry("NODE", "n").containsEntry("L", "l");
    }

    @Test
    void resourcesInUnitsOfTheDivisor() {
        assertThat(environment("{'resources':{'limits':{'cpu':'1500m','memory':'64Mi'}},'env':["
                + "{'name':'CPU','valueFrom':{'resourceFieldRef':{'resource':'limits.cpu'}}},"
                + "{'name':'MILLI','valueFrom':{'resourceFieldRef':{'resource':'limits.cpu','divisor':'1m'}}},"
                + "{'name':'MEM','valueFrom':{'resourceFieldRef':{'resource':'limits.memory','divisor':'1Mi'}}},"
                + "{'name':'REQ','valueFrom':{'resourceFieldRef':{'resource':'requests.cpu'}}}]}"))
                .containsEntry("CPU", "2").containsEntry("MILLI", "1500").containsEntry("MEM", "64")
                .containsEntry("REQ", "0");
        assertThat(environment("{'env':[{'name':'CPU','valueFrom':{'resourceFieldRef':{'resource':'limits.cpu'}}}]}"))
                .as("what the node has").containsEntry("CPU", "4");
    }

    @Test
    void configMapsAndSecrets() {
        objects.put("configmaps/c", json("{'data':{'k':'v'}}"));
        objects.put("secrets/s", json("{'data':{'k':'c2VjcmV0'}}"));
        assertThat(environment("{'envFrom':[{'configMapRef':{'name':'c'},'prefix':'C_'},{'secretRef':{'name':'no',"
                + "'optional':true}}],'env':[{'name':'S','valueFrom':{'secretKeyRef':{'name':'s','key':'k'}}}]}"))
                .containsEntry("C_k", "v").containsEntry("S", "secret");
    }

    @Test
    void whatIsMissingIsNamed() {
        objects.put("configmaps/c", json("{'data':{}}"));
        assertThatThrownBy(() -> environment("{'envFrom':[{'secretRef':{'name':'no'}}]}"))
                .isInstanceOf(MissingReferenceException.class).hasMessage("secret \"no\" not found");
        assertThatThrownBy(() -> environment(
                "{'env':[{'name':'A','valueFrom':{'configMapKeyRef':{'name':'c','key':'k'}}}]}"))
                .hasMessage("couldn't find key k in ConfigMap ns/c");
    }

    @Test
    void argumentsWithoutACommandAreNoCommand() {
        assertThat(ContainerEnvironment.command(json("{'args':['a']}"), Map.of())).isEmpty();
        assertThat(ContainerEnvironment.command(json("{'command':['$(X)'],'args':['a']}"), Map.of("X", "run")))
                .containsExactly("run", "a");
    }
}
