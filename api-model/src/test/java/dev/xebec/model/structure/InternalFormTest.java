package dev.xebec.model.structure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GoJson;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.yaml.YamlDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InternalFormTest {

    private static Schema.Struct type(String name) {
        return KindRegistry.builtIn().type(name).orElseThrow();
    }

    private static JsonNode value(String yaml) {
        return YamlDecoder.decode(("v: " + yaml).getBytes(StandardCharsets.UTF_8)).path("v");
    }

    private static String shown(String type, String yaml) {
        return GoJson.compact(InternalForm.of(type(type), value(yaml)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            // Names and order of Kubernetes' own structures, with all that is not there.
            "rbac.v1.RoleRef | {kind: Role} | {\"APIGroup\":\"\",\"Kind\":\"Role\",\"Name\":\"\"}",
            "core.v1.Toleration | {} | {\"Key\":\"\",\"Operator\":\"\",\"Value\":\"\",\"Effect\":\"\",\"TolerationSeconds\":null}",
            "core.v1.FCVolumeSource | {wwids: [a]} "
                    + "| {\"TargetWWNs\":null,\"Lun\":null,\"FSType\":\"\",\"ReadOnly\":false,\"WWIDs\":[\"a\"]}",
            // A structure that is held by value is there though nobody gave it.
            "resource.v1.ResourceClaimTemplateSpec | {metadata: {labels: {b: x, a: y}}} "
                    + "| {\"labels\":{\"a\":\"y\",\"b\":\"x\"},\"Spec\":{\"Devices\":{\"Requests\":null,\"Constraints\":null,\"Config\":null}}}",
            // Published types keep their names, and leave out what says nothing.
            "meta.v1.LabelSelector | {matchExpressions: [{operator: Exists, key: a}], matchLabels: {}} "
                    + "| {\"matchExpressions\":[{\"key\":\"a\",\"operator\":\"Exists\"}]}"})
    void showsValuesAsKubernetesHoldsThem(String type, String yaml, String wanted) {
        assertThat(shown(type, yaml)).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource({"FSType,fsType", "HTTPGet,httpGet", "IP,ip", "Name,name", "GCEPersistentDisk,gcePersistentDisk",
            "SELinuxOptions,seLinuxOptions", "apiVersion,apiVersion", "DNSPolicy,dnsPolicy"})
    void namesFollowFromEachOther(String inside, String published) {
        assertThat(InternalFields.jsonName(inside)).isEqualTo(published);
    }

    /** A field that the descriptions do not have would be shown as nothing for ever. */
    @Test
    void everyFieldIsOneOfItsType() {
        TypeLines.of(InternalFields.class, "internal.fields").keySet().stream()
                .filter(name -> !name.equals("core.v1.PersistentVolumeSource")).forEach(name -> {
                    Schema.Struct struct = type(name);
                    InternalFields.of(name).stream().map(InternalFields.Field::jsonName)
                            .filter(field -> !field.equals("-"))
                            .forEach(field -> assertThat(struct.field(field)).as(name + "." + field).isNotNull());
                });
    }

    @Test
    void differencesAreShownInLines() {
        JsonNode before = InternalForm.of(type("core.v1.NFSVolumeSource"), value("{server: a, path: /}"));
        JsonNode now = InternalForm.of(type("core.v1.NFSVolumeSource"), value("{server: b, path: /}"));
        assertThat(InternalForm.difference(before, now)).isEqualTo("""
                @@ -1,5 +1,5 @@
                 {
                - "Server": "a",
                + "Server": "b",
                  "Path": "/",
                  "ReadOnly": false
                 }
                """);
        assertThat(InternalForm.difference(now, now)).isEmpty();
    }
}
