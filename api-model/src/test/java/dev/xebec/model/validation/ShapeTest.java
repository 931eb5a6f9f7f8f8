package dev.xebec.model.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeTest {
    private static final Kind DEPLOYMENT = KindRegistry.builtIn().byResource("apps", "v1", "deployments").orElseThrow();
    private static final Kind CONFIG_MAP = KindRegistry.builtIn().byResource("", "v1", "configmaps").orElseThrow();

    private static ObjectNode json(String text) {
        return Json.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{'spec':{'replicas':'3'}} | json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32",
            "{'spec':{'replicas':3000000000}} | json: cannot unmarshal number 3000000000 into Go struct field DeploymentSpec.spec.replicas of type int32",
            "{'spec':{'replicas':1.5}} | json: cannot unmarshal number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32",
            "{'spec':{'paused':1}} | json: cannot unmarshal number into Go struct field DeploymentSpec.spec.paused of type bool",
            "{'spec':[]} | json: cannot unmarshal array into Go struct field Deployment.spec of type v1.DeploymentSpec",
            "{'spec':{'template':{'spec':{'containers':[{'name':5}]}}}} | json: cannot unmarshal number into Go struct field Container.spec.template.spec.containers.name of type string",
            "{'spec':{'template':{'spec':{'containers':{}}}}} | json: cannot unmarshal object into Go struct field PodSpec.spec.template.spec.containers of type []v1.Container",
            "{'metadata':{'labels':{'a':1}}} | json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string",
            "{'spec':{'template':{'spec':{'containers':[{'resources':{'limits':{'cpu':'x'}}}]}}}} | quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"})
    void namesWrongTypesAsGoDoes(String object, String message) {
        assertThat(Shape.wrongType(DEPLOYMENT, json(object))).contains(message);
    }

    @Test
    void acceptsNullsAndOddTypesWhereTheyBelong() {
        assertThat(Shape.wrongType(DEPLOYMENT,
                json("{'metadata':{'creationTimestamp':null,'labels':null},'spec':{'replicas':null,"
                        + "'strategy':{'rollingUpdate':{'maxSurge':1,'maxUnavailable':'25%'}},"
                        + "'template':{'spec':{'containers':[{'resources':{'limits':{'cpu':1,'memory':'1Gi'}}}]}}}}")))
                .isEmpty();
        assertThat(Shape.wrongType(CONFIG_MAP, json("{'binaryData':{'a':'!'}}")))
                .contains("illegal base64 data at input byte 0");
    }

    @Test
    void reportsAndPrunesUnknownFields() {
        ObjectNode object = json("{'apiVersion':'apps/v1','kind':'Deployment','foo':1,'metadata':{'name':'a','bar':2},"
                + "'spec':{'replicas':null,'template':{'spec':{'containers':[{'name':'c','baz':{}}],'nodeSelector':{'x':null}}}}}");
        assertThat(Shape.unknownFields(DEPLOYMENT, object)).containsExactly("unknown field \"foo\"",
                "unknown field \"metadata.bar\"", "unknown field \"spec.template.spec.containers[0].baz\"");
        Shape.prune(DEPLOYMENT, object);
        assertThat(object).isEqualTo(json("{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'a'},"
                + "'spec':{'template':{'spec':{'containers':[{'name':'c'}],'nodeSelector':{'x':''}}}}}"));
        assertThat(Shape.unknownFields(DEPLOYMENT, object)).isEmpty();
    }

    @Test
    void creationTimestampNullIsNoUnknownField() {
        ObjectNode object = json(
                "{'metadata':{'creationTimestamp':null},'spec':{'template':{'metadata':{'creationTimestamp':null}}},'status':{}}");
        assertThat(Shape.unknownFields(DEPLOYMENT, object)).isEmpty();
        Shape.prune(DEPLOYMENT, object);
        assertThat(object).isEqualTo(json("{'metadata':{},'spec':{'template':{'metadata':{}}},'status':{}}"));
    }

    @Test
    void quantitiesAndTimesGetTheirCanonicalForm() {
        ObjectNode object = json(
                "{'metadata':{'creationTimestamp':'2026-01-01T01:00:00.5+01:00'},'spec':{'template':{'spec':"
                        + "{'containers':[{'resources':{'limits':{'cpu':1,'memory':'1024Mi'},'requests':{'cpu':'1000m'}}}]}}}}");
        Shape.prune(DEPLOYMENT, object);
        assertThat(object)
                .isEqualTo(json("{'metadata':{'creationTimestamp':'2026-01-01T00:00:00Z'},'spec':{'template':{'spec':"
                        + "{'containers':[{'resources':{'limits':{'cpu':'1','memory':'1Gi'},'requests':{'cpu':'1'}}}]}}}}"));
    }
}
