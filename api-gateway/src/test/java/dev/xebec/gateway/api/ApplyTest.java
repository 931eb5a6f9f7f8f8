package dev.xebec.gateway.api;

import static dev.xebec.gateway.testing.TestApi.CONFIG_MAPS;
import static dev.xebec.gateway.testing.TestApi.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.TestApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApplyTest {
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private final TestApi test = new TestApi();
    private final Api api = test.api();

    @AfterEach
    void close() {
        test.close();
    }

    private Api.Reply apply(String pathAndQuery, String config) {
        return api.send("PATCH", pathAndQuery, "application/apply-patch+yaml", config.replace('\'', '"'));
    }

    private Api.Reply configMap(String query, String data) {
        return apply(CONFIG_MAPS + "/c?" + query,
                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'c'},'data':" + data + "}");
    }

    /** What a manager owns, through the subresource. */
    private static String owned(Api.Reply reply, String manager, String subresource) {
        for (JsonNode entry : reply.at("/metadata/managedFields")) {
            if (entry.path("manager").asText().equals(manager)
                    && entry.path("subresource").asText("").equals(subresource)) {
                return entry.path("operation").asText() + " "
                        + entry.path("fieldsV1").toString().replace('"', '\'');
            }
        }
        return "nothing";
    }

    @Test
    void appliesYamlAndCreatesWhatIsAbsent() {
        Api.Reply made = apply(CONFIG_MAPS + "/c?fieldManager=me", """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: c
                data:
                  a: "1"
                """).expect(201);
        assertThat(owned(made, "me", "")).isEqualTo("Apply {'f:data':{'f:a':{}}}");
        assertThat(made.at("/metadata/uid").asText()).isNotEmpty();
        assertThat(configMap("fieldManager=me", "{'a':'2'}").expect(200).at("/data/a").asText()).isEqualTo("2");
    }

    @Test
    void applyingTheSameAgainWritesNothing() {
        long revision = configMap("fieldManager=me", "{'a':'1'}").expect(201).revision();
        assertThat(configMap("fieldManager=me", "{'a':'1'}").expect(200).revision()).isEqualTo(revision);
        assertThat(configMap("fieldManager=me&force=true", "{'a':'1'}").expect(200).revision()).isEqualTo(revision);
        assertThat(configMap("fieldManager=you", "{'a':'1'}").expect(200).revision()).isGreaterThan(revision);
    }

    @Test
    void conflictsAreToldAndCanBeForced() {
        configMap("fieldManager=one", "{'a':'1','b':'1'}").expect(201);
        Api.Reply refused = configMap("fieldManager=two", "{'a':'2'}").expect(409);
        assertThat(refused.reason()).isEqualTo("Conflict");
        assertThat(refused.message()).isEqualTo("Apply failed with 1 conflict: conflict with \"one\": .data.a");
        assertThat(refused.at("/details")).isEqualTo(dev.xebec.model.object.Json.parse(
                "{\"causes\":[{\"reason\":\"FieldManagerConflict\",\"message\":\"conflict with \\\"one\\\"\",\"field\":\".data.a\"}]}"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        Api.Reply forced = configMap("fieldManager=two&force=true", "{'a':'2'}").expect(200);
        assertThat(owned(forced, "one", "")).isEqualTo("Apply {'f:data':{'f:b':{}}}");
        assertThat(owned(forced, "two", "")).isEqualTo("Apply {'f:data':{'f:a':{}}}");
    }

    @Test
    void everyWriteIsAccountedForByItsManagerOrUserAgent() {
        Api.Reply made = test.configMap("c");
        assertThat(owned(made, "test", "")).isEqualTo("Update {'f:data':{'.':{},'f:a':{}}}");
        Api.Reply patched = api.merge(CONFIG_MAPS + "/c?fieldManager=editor", "{'data':{'b':'2'}}").expect(200);
        assertThat(owned(patched, "editor", "")).isEqualTo("Update {'f:data':{'f:b':{}}}");
        Api.Reply replaced = api.put(CONFIG_MAPS + "/c", "{'metadata':{'name':'c'},'data':{'a':'3','b':'2'}}")
                .expect(200);
        assertThat(owned(replaced, "editor", "")).isEqualTo("Update {'f:data':{'f:b':{}}}");
        assertThat(owned(replaced, "test", "")).isEqualTo("Update {'f:data':{'.':{},'f:a':{}}}");
    }

    @Test
    void whatTheServerAddsBelongsToNobody() {
        Api.Reply pod = test.pod("p");
        assertThat(owned(pod, "test", "")).contains("'f:dnsPolicy'").doesNotContain("toleration", "serviceAccount",
                "status", "qosClass");
    }

    @Test
    void aStatusIsAccountedForByItself() {
        test.pod("p");
        Api.Reply running = api.merge(PODS + "/p/status?fieldManager=kubelet",
                "{'metadata':{'managedFields':[]},'spec':{'nodeName':'n'},'status':{'phase':'Running'}}").expect(200);
        assertThat(owned(running, "kubelet", "status")).isEqualTo("Update {'f:status':{'f:phase':{}}}");
        assertThat(owned(running, "test", "")).contains("'f:containers'");
        long revision = running.revision();
        assertThat(api.merge(PODS + "/p/status?fieldManager=kubelet", "{'status':{'phase':'Running'}}").expect(200)
                .revision()).isEqualTo(revision);
        Api.Reply applied = apply(PODS + "/p/status?fieldManager=me", "{'apiVersion':'v1','kind':'Pod','metadata':{"
                + "'name':'p'},'spec':{'nodeName':'x'},'status':{'message':'m'}}").expect(200);
        assertThat(owned(applied, "me", "status")).isEqualTo("Apply {'f:status':{'f:message':{}}}");
        assertThat(applied.at("/spec/nodeName").isMissingNode()).isTrue();
        apply(PODS + "/absent/status?fieldManager=me",
                "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'absent'}}").expect(404);
    }

    @Test
    void aDryRunTellsAndStoresNothing() {
        assertThat(owned(configMap("fieldManager=me&dryRun=All", "{'a':'1'}").expect(201), "me", ""))
                .isEqualTo("Apply {'f:data':{'f:a':{}}}");
        api.get(CONFIG_MAPS + "/c").expect(404);
    }

    @Test
    void optionsAreCheckedTogether() {
        String body = "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'c'}}";
        assertThat(apply(CONFIG_MAPS + "/c", body).expect(422).message()).isEqualTo("PatchOptions.meta.k8s.io \"\" is"
                + " invalid: fieldManager: Required value: is required for apply patch");
        test.configMap("c");
        assertThat(api.merge(CONFIG_MAPS + "/c?force=true", "{}").expect(422).message()).isEqualTo(
                "PatchOptions.meta.k8s.io \"\" is invalid: force: Forbidden: may not be specified for non-apply patch");
        assertThat(api.merge(CONFIG_MAPS + "/c?fieldManager=" + "x".repeat(129), "{}").expect(422).message())
                .contains("fieldManager: Too long: may not be more than 128 bytes");
        assertThat(api.merge(CONFIG_MAPS + "/c?fieldManager=é\n", "{}").expect(422).message()).isEqualTo(
                "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Invalid value: \"é\\n\": invalid character"
                        + " U+000A (at position 2)");
        assertThat(api.post(CONFIG_MAPS + "?fieldManager=\t&dryRun=x", "{}").expect(422).message())
                .startsWith("CreateOptions.meta.k8s.io \"\" is invalid: [fieldManager: ").contains(", dryRun: ");
        assertThat(api.send("PATCH", CONFIG_MAPS + "/c?fieldManager=x", "application/apply-patch+cbor", "{}")
                .expect(415).message()).isEqualTo("415: Unsupported Media Type");
    }

    @Test
    void aConfigurationMayBeYamlInFlowStyle() {
        assertThat(apply(CONFIG_MAPS + "/flow?fieldManager=me",
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: flow}, data: {a: yes it is}}").expect(201)
                .at("/data/a").asText()).isEqualTo("yes it is");
        assertThat(apply(CONFIG_MAPS + "/flow?fieldManager=me", "{apiVersion: v1, apiVersion: v1").expect(400)
                .message()).startsWith("error decoding YAML: ");
    }

    @Test
    void whatDoesNotFitThePathIsRefused() {
        String path = CONFIG_MAPS + "/c?fieldManager=me";
        assertThat(apply(path, "{'apiVersion':'v1','kind':'Secret','metadata':{'name':'c'}}").expect(400).message())
                .isEqualTo("invalid object type: /v1, Kind=Secret");
        assertThat(apply(path, "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'d'}}").expect(400).message())
                .isEqualTo("the name of the object (d) does not match the name on the URL (c)");
        assertThat(apply(path, "{'apiVersion':'v1','kind':'ConfigMap','metadata':{}}").expect(400).message()).isEqualTo(
                "the name of the object (c based on URL) was undeterminable: name must be provided");
        assertThat(apply(path, "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'c','namespace':'x'}}")
                .expect(400).message()).isEqualTo(
                        "the namespace of the provided object does not match the namespace sent on the request");
        assertThat(apply(path, "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'c','uid':'u'}}").expect(409)
                .message()).isEqualTo("Operation cannot be fulfilled on configmaps \"c\": uid mismatch: the provided"
                        + " object specified uid u, and no existing object was found");
        assertThat(apply(path, "a: [").expect(400).message()).startsWith("error decoding YAML: ");
        assertThat(apply(path, "[]").expect(400).message()).startsWith("error decoding YAML: ");
        Api.Reply unknown = apply(path,
                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'c'},'datum':{}}").expect(500);
        assertThat(unknown.message()).isEqualTo("failed to create typed patch object (/c; /v1, Kind=ConfigMap):"
                + " .datum: field not declared in schema");
        assertThat(unknown.tree().has("reason")).isFalse();
    }

    @Test
    void aRevisionInTheConfigurationIsACondition() {
        String revision = Long.toString(configMap("fieldManager=me", "{'a':'1'}").expect(201).revision());
        String config = "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'c','resourceVersion':'%s'},"
                + "'data':{'a':'%s'}}";
        apply(CONFIG_MAPS + "/c?fieldManager=me", String.format(config, revision, "2")).expect(200);
        assertThat(apply(CONFIG_MAPS + "/c?fieldManager=me", String.format(config, revision, "3")).expect(409)
                .message()).contains("the object has been modified");
    }

    @Test
    void aDeploymentIsAppliedScaledAndAppliedAgain() {
        String config = "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'d'},'spec':{'replicas':1,"
                + "'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},'spec':{"
                + "'containers':[{'name':'c','image':'i'}]}}}}";
        Api.Reply made = apply(DEPLOYMENTS + "/d?fieldManager=me", config).expect(201);
        assertThat(made.at("/spec/strategy/type").asText()).isEqualTo("RollingUpdate");
        assertThat(owned(made, "me", "")).isEqualTo("Apply {'f:spec':{'f:replicas':{},'f:selector':{},'f:template':{"
                + "'f:metadata':{'f:labels':{'f:a':{}}},'f:spec':{'f:containers':{'k:{\\'name\\':\\'c\\'}':{'.':{},"
                + "'f:image':{},'f:name':{}}}}}}}");
        api.merge(DEPLOYMENTS + "/d/scale?fieldManager=hpa", "{'spec':{'replicas':3}}").expect(200);
        Api.Reply scaled = api.get(DEPLOYMENTS + "/d");
        assertThat(scaled.at("/metadata/generation").asLong()).isEqualTo(2);
        assertThat(owned(scaled, "hpa", "scale")).isEqualTo("Update {'f:spec':{'f:replicas':{}}}");
        assertThat(owned(scaled, "me", "")).doesNotContain("replicas");
        assertThat(apply(DEPLOYMENTS + "/d?fieldManager=me", config).expect(409).message()).isEqualTo("Apply failed"
                + " with 1 conflict: conflict with \"hpa\" with subresource \"scale\" using apps/v1: .spec.replicas");
        Api.Reply without = apply(DEPLOYMENTS + "/d?fieldManager=me", config.replace("'replicas':1,", ""))
                .expect(200);
        assertThat(without.at("/spec/replicas").asInt()).isEqualTo(3);
    }

    @Test
    void aScaleIsAppliedToo() {
        api.post(DEPLOYMENTS + "?fieldManager=creator", "{'metadata':{'name':'d'},'spec':{'selector':{'matchLabels':{"
                + "'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'}"
                + "]}}}}").expect(201);
        String scale = "{'apiVersion':'autoscaling/v1','kind':'Scale','metadata':{'name':'d'},'spec':{'replicas':4}}";
        assertThat(apply(DEPLOYMENTS + "/d/scale?fieldManager=me", scale).expect(409).message()).isEqualTo(
                "Apply failed with 1 conflict: conflict with \"creator\" using autoscaling/v1: .spec.replicas");
        assertThat(apply(DEPLOYMENTS + "/d/scale?fieldManager=me&force=true", scale).expect(200).at("/spec/replicas")
                .asInt()).isEqualTo(4);
        assertThat(owned(api.get(DEPLOYMENTS + "/d"), "me", "scale")).isEqualTo("Apply {'f:spec':{'f:replicas':{}}}");
        apply(DEPLOYMENTS + "/d/scale", scale).expect(422);
    }

    @Test
    void managedFieldsAloneAreAChange() {
        Api.Reply made = test.configMap("c");
        Api.Reply reset = api.merge(CONFIG_MAPS + "/c", "{'metadata':{'managedFields':[{}]}}").expect(200);
        assertThat(reset.at("/metadata/managedFields").isMissingNode()).isTrue();
        assertThat(reset.revision()).isGreaterThan(made.revision());
        Api.Reply later = api.merge(CONFIG_MAPS + "/c", "{'data':{'b':'2'}}").expect(200);
        assertThat(later.at("/metadata/managedFields").isMissingNode()).isTrue();
        assertThat(owned(configMap("fieldManager=me", "{'c':'3'}").expect(200), "before-first-apply", ""))
                .isEqualTo("Update {'f:data':{'.':{},'f:a':{},'f:b':{}}}");
    }

    @Test
    void aUserAgentWithoutANameIsUnknown() {
        var reply = test.gateway().api().send(new dev.xebec.contracts.api.ApiRequest("POST", CONFIG_MAPS,
                java.util.Map.of(), "application/json", "",
                Bytes.utf8("{\"metadata\":{\"name\":\"u\"},\"data\":{\"a\":\"1\"}}"),
                new dev.xebec.contracts.api.ApiRequest.User("tester", java.util.List.of()), "/1.0"));
        assertThat(reply.body().utf8()).contains("\"manager\":\"unknown\"");
    }
}
