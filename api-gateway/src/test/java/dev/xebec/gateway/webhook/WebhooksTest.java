package dev.xebec.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.TestApi;
import dev.xebec.model.object.Json;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.HashSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks against a real HTTPS server: what they are asked, and what follows from their answers. */
final class WebhooksTest {
    private static final String MUTATING = "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations";
    private static final String VALIDATING = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations";

    private final Vertx vertx = Vertx.vertx();
    private final TestApi gateway = new TestApi(new VertxWebhookTransport(vertx));
    private final Api api = gateway.api();
    private WebhookServer server;

    @BeforeEach
    void start(@TempDir Path directory) {
        server = new WebhookServer(directory, "hook.default.svc");
    }

    @AfterEach
    void stop() {
        server.close();
        gateway.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** A configuration of one webhook; {@code more} are further fields of it. */
    private void configure(String path, String name, String hookPath, String rule, String more) {
        api.post(path, "{'metadata':{'name':'" + name + "'},'webhooks':[{'name':'" + name
                + ".example.com','sideEffects':'None','admissionReviewVersions':['v1'],'rules':[" + rule
                + "],'clientConfig':{'url':'https://127.0.0.1:" + server.port() + hookPath + "','caBundle':'"
                + server.caBundle() + "'}" + (more.isEmpty() ? "" : "," + more) + "}]}").expect(201);
        // Whoever has not seen it is told by the store, after it has asked those that it knew: not what is counted here.
        gateway.gateway().registry().newest();
    }

    private static String rule(String operation, String resource) {
        return "{'operations':['" + operation + "'],'apiGroups':['*'],'apiVersions':['*'],'resources':['" + resource
                + "']}";
    }

    private Api.Reply create(String name) {
        return api.post(TestApi.CONFIG_MAPS, "{'metadata':{'name':'" + name + "'},'data':{'a':'1'}}");
    }

    @Test
    void aWebhookIsToldTheWholeRequest() {
        server.on("/allow", response -> response);
        configure(VALIDATING, "all", "/allow", rule("*", "configmaps"), "");
        create("told").expect(201);
        ObjectNode request = server.asked().get(0);
        assertThat(server.reviews().get(0).path("apiVersion").asText()).isEqualTo("admission.k8s.io/v1");
        assertThat(request.path("kind")).isEqualTo(tree("{'group':'','version':'v1','kind':'ConfigMap'}"));
        assertThat(request.path("requestKind")).isEqualTo(request.path("kind"));
        assertThat(request.path("resource")).isEqualTo(tree("{'group':'','version':'v1','resource':'configmaps'}"));
        assertThat(request.path("name").asText()).isEqualTo("told");
        assertThat(request.path("namespace").asText()).isEqualTo("default");
        assertThat(request.path("operation").asText()).isEqualTo("CREATE");
        assertThat(request.path("userInfo")).isEqualTo(tree("{'username':'tester','groups':['system:masters']}"));
        assertThat(request.at("/object/data/a").asText()).isEqualTo("1");
        assertThat(request.path("oldObject").isNull()).isTrue();
        assertThat(request.path("dryRun").isBoolean()).isTrue();
        assertThat(request.path("options"))
                .isEqualTo(tree("{'kind':'CreateOptions','apiVersion':'meta.k8s.io/v1'}"));
        assertThat(request.has("subResource")).isFalse();
    }

    /** CVE-2021-25735: an old object that a webhook is shown is the stored one, whatever the request says. */
    @Test
    void theOldObjectIsTheStoredOne() {
        server.on("/allow", response -> response);
        create("old").expect(201);
        configure(VALIDATING, "all", "/allow", rule("*", "configmaps"), "");
        api.put(TestApi.CONFIG_MAPS + "/old", "{'metadata':{'name':'old','labels':{'x':'y'}},'data':{'a':'2'}}")
                .expect(200);
        api.delete(TestApi.CONFIG_MAPS + "/old").expect(200);
        ObjectNode update = server.asked().get(0);
        assertThat(update.path("operation").asText()).isEqualTo("UPDATE");
        assertThat(update.at("/oldObject/data/a").asText()).isEqualTo("1");
        assertThat(update.at("/oldObject/metadata").has("labels")).isFalse();
        assertThat(update.at("/object/data/a").asText()).isEqualTo("2");
        ObjectNode delete = server.asked().get(1);
        assertThat(delete.path("operation").asText()).isEqualTo("DELETE");
        assertThat(delete.path("object").isNull()).isTrue();
        assertThat(delete.at("/oldObject/data/a").asText()).isEqualTo("2");
        assertThat(delete.at("/options/kind").asText()).isEqualTo("DeleteOptions");
    }

    @Test
    void aDenialIsTheWebhooksOwnStatus() {
        server.on("/deny", response -> {
            response.put("allowed", false).putArray("warnings").add("mind the gap");
            response.putObject("status").put("code", 403).put("reason", "Forbidden").put("message", "not today");
            return response;
        }).on("/silent", response -> response.put("allowed", false));
        configure(VALIDATING, "deny", "/deny", rule("CREATE", "configmaps"), "");
        Api.Reply denied = create("denied").expect(403);
        assertThat(denied.message())
                .isEqualTo("admission webhook \"deny.example.com\" denied the request: not today");
        assertThat(denied.reason()).isEqualTo("Forbidden");
        assertThat(server.asked()).hasSize(1);
        configure(VALIDATING, "always", "/silent", rule("CREATE", "secrets"), "");
        Api.Reply silent = api.post("/api/v1/namespaces/default/secrets", "{'metadata':{'name':'s'}}").expect(400);
        assertThat(silent.message())
                .isEqualTo("admission webhook \"always.example.com\" denied the request without explanation");
        assertThat(silent.reason()).isEmpty();
    }

    @Test
    void aDeniedUpdateIsAskedAboutOnce() {
        server.on("/deny", response -> response.put("allowed", false));
        create("kept").expect(201);
        configure(VALIDATING, "deny", "/deny", rule("UPDATE", "configmaps"), "");
        api.merge(TestApi.CONFIG_MAPS + "/kept", "{'data':{'a':'2'}}").expect(400);
        assertThat(server.asked()).hasSize(1);
        assertThat(api.get(TestApi.CONFIG_MAPS + "/kept").at("/data/a").asText()).isEqualTo("1");
    }

    @Test
    void patchesApplyInTheOrderOfNamesAndArePrunedAndDefaulted() {
        server.on("/first", response -> WebhookServer.patching(response,
                "[{'op':'add','path':'/metadata/labels','value':{'order':'1'}},"
                        + "{'op':'add','path':'/spec/noSuchField','value':1},"
                        + "{'op':'add','path':'/spec/containers/-','value':{'name':'side','image':'s:1'}}]"))
                .on("/second", response -> WebhookServer.patching(response,
                        "[{'op':'test','path':'/metadata/labels/order','value':'1'},"
                                + "{'op':'replace','path':'/metadata/labels/order','value':'2'}]"));
        configure(MUTATING, "b", "/second", rule("CREATE", "pods"), "");
        configure(MUTATING, "a", "/first", rule("CREATE", "pods"), "");
        Api.Reply pod = api.post(TestApi.PODS, "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c',"
                + "'image':'i'}]}}").expect(201);
        assertThat(pod.at("/metadata/labels/order").asText()).isEqualTo("2");
        assertThat(pod.at("/spec").has("noSuchField")).isFalse();
        assertThat(pod.at("/spec/containers/1/imagePullPolicy").asText()).isEqualTo("IfNotPresent");
        assertThat(pod.at("/metadata/uid").asText()).isNotEmpty();
        assertThat(server.asked().get(0).at("/object/metadata").has("uid")).isFalse();
    }

    @Test
    void whoWantsItIsAskedOnceMoreAfterAChange() {
        server.on("/again", response -> response)
                .on("/change", response -> WebhookServer.patching(response,
                        "[{'op':'add','path':'/data/added','value':'x'}]"));
        configure(MUTATING, "a", "/again", rule("CREATE", "configmaps"), "'reinvocationPolicy':'IfNeeded'");
        configure(MUTATING, "b", "/change", rule("CREATE", "configmaps"), "'reinvocationPolicy':'IfNeeded'");
        create("twice").expect(201);
        assertThat(server.asked().stream().map(request -> request.at("/object/data").toString())).containsExactly(
                "{\"a\":\"1\"}", "{\"a\":\"1\"}", "{\"a\":\"1\",\"added\":\"x\"}");
    }

    @Test
    void aRedirectIsNotFollowed() {
        server.on("/target", response -> response).raw("/redirect", (exchange, review) -> {
            exchange.getResponseHeaders().add("Location", "https://127.0.0.1:" + server.port() + "/target");
            WebhookServer.send(exchange, 302, new byte[0]);
        });
        configure(VALIDATING, "r", "/redirect", rule("CREATE", "configmaps"), "");
        Api.Reply refused = create("redirected").expect(500);
        assertThat(refused.message()).isEqualTo("Internal error occurred: failed calling webhook \"r.example.com\": "
                + "failed to call webhook: the server responded with the status code 302 but did not return more "
                + "information");
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void aSlowWebhookStopsAWriteOrIsIgnored() {
        server.raw("/slow", (exchange, review) -> {
            // never answers: the client gives up
        });
        configure(VALIDATING, "slow", "/slow", rule("CREATE", "configmaps"), "'timeoutSeconds':1");
        Api.Reply late = create("late").expect(500);
        assertThat(late.message()).isEqualTo("Internal error occurred: failed calling webhook \"slow.example.com\": "
                + "failed to call webhook: Post \"https://127.0.0.1:" + server.port()
                + "/slow?timeout=1s\": context deadline exceeded");
        assertThat(late.reason()).isEqualTo("InternalError");
        api.merge(VALIDATING + "/slow", "{'webhooks':[{'name':'slow.example.com','sideEffects':'None',"
                + "'admissionReviewVersions':['v1'],'failurePolicy':'Ignore','timeoutSeconds':1,'rules':["
                + rule("CREATE", "configmaps") + "],'clientConfig':{'url':'https://127.0.0.1:" + server.port()
                + "/slow','caBundle':'" + server.caBundle() + "'}}]}").expect(200);
        create("open").expect(201);
    }

    @Test
    void aCertificateOfAnotherAuthorityIsNotTrusted(@TempDir Path other) {
        try (WebhookServer stranger = new WebhookServer(other, "other.example.com")) {
            stranger.on("/allow", response -> response);
            api.post(VALIDATING, "{'metadata':{'name':'s'},'webhooks':[{'name':'s.example.com','sideEffects':'None',"
                    + "'admissionReviewVersions':['v1'],'rules':[" + rule("CREATE", "configmaps")
                    + "],'clientConfig':{'url':'https://127.0.0.1:" + stranger.port() + "/allow','caBundle':'"
                    + server.caBundle() + "'}}]}").expect(201);
            assertThat(create("distrusted").expect(500).message())
                    .endsWith("tls: failed to verify certificate: x509: certificate signed by unknown authority");
            assertThat(stranger.asked()).isEmpty();
        }
    }

    @Test
    void answersThatAreNoneAreFailures() {
        server.raw("/text", (exchange, review) -> WebhookServer.send(exchange, 200, "hello".getBytes()))
                .raw("/huge", (exchange, review) -> WebhookServer.send(exchange, 200,
                        new byte[VertxWebhookTransport.MAX_ANSWER_BYTES + 1]))
                .raw("/broken", (exchange, review) -> WebhookServer.send(exchange, 500, "oh \"no\"".getBytes()))
                .on("/uid", response -> response.put("uid", "other"))
                .on("/patch", response -> WebhookServer.patching(response, "[]"))
                .raw("/empty", (exchange, review) -> WebhookServer.send(exchange, 200,
                        "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\"}".getBytes()));
        String[][] cases = {{"/text", "failed to call webhook: couldn't get version/kind; json parse error: "},
                {"/huge", "the answer has more than 8388608 bytes"},
                {"/broken", "an error on the server (\"oh \\\"no\\\"\") has prevented the request from succeeding"},
                {"/uid", "received invalid webhook response: expected response.uid="},
                {"/patch", "received invalid webhook response: validating webhook may not return response.patch"},
                {"/empty", "received invalid webhook response: webhook response was absent"}};
        for (String[] one : cases) {
            String name = one[0].substring(1);
            configure(VALIDATING, name, one[0], rule("CREATE", "configmaps"), "");
            assertThat(create(name).expect(500).message()).contains(one[1]);
            api.delete(VALIDATING + "/" + name).expect(200);
        }
        create("fine").expect(201);
    }

    @Test
    void aDryRunIsRefusedWhereAWebhookHasSideEffects() {
        server.on("/allow", response -> response);
        configure(VALIDATING, "dry", "/allow", rule("*", "configmaps"), "");
        api.post(TestApi.CONFIG_MAPS + "?dryRun=All", "{'metadata':{'name':'d'}}").expect(201);
        assertThat(server.asked().get(0).path("dryRun").asBoolean()).isTrue();
        assertThat(server.asked().get(0).at("/options/dryRun/0").asText()).isEqualTo("All");
    }

    @Test
    void selectorsExemptObjectsAndNamespaces() {
        server.on("/allow", response -> response);
        configure(VALIDATING, "o", "/allow", rule("*", "configmaps"),
                "'objectSelector':{'matchLabels':{'guard':'on'}}");
        configure(VALIDATING, "n", "/allow", rule("*", "*"),
                "'namespaceSelector':{'matchLabels':{'kubernetes.io/metadata.name':'default'}}");
        api.post("/api/v1/namespaces", "{'metadata':{'name':'other'}}").expect(201);
        api.post("/api/v1/namespaces/other/configmaps", "{'metadata':{'name':'c'}}").expect(201);
        assertThat(server.asked()).isEmpty();
        api.post("/api/v1/namespaces/other/configmaps", "{'metadata':{'name':'d','labels':{'guard':'on'}}}")
                .expect(201);
        assertThat(server.asked()).hasSize(1);
        api.merge("/api/v1/namespaces/other/configmaps/d", "{'metadata':{'labels':null}}").expect(200);
        assertThat(server.asked()).as("the old object had the label").hasSize(2);
        api.merge("/api/v1/namespaces/default", "{'metadata':{'labels':{'x':'y'}}}").expect(200);
        assertThat(server.asked().get(2).path("namespace").asText()).isEqualTo("default");
    }

    @Test
    void configurationsOfWebhooksAreNotPutToWebhooks() {
        server.on("/deny", response -> response.put("allowed", false));
        configure(VALIDATING, "deny", "/deny", rule("*", "*/*"), "");
        api.delete(VALIDATING + "/deny").expect(200);
        create("free").expect(201);
    }

    @Test
    void connectionsAreUsedAgain() {
        server.on("/allow", response -> response);
        configure(VALIDATING, "all", "/allow", rule("*", "configmaps"), "");
        for (int at = 0; at < 10; at++) {
            create("again-" + at).expect(201);
        }
        assertThat(new HashSet<>(server.clients())).hasSize(1);
    }

    @Test
    void aServiceIsFoundThroughItsEndpointsAndIsWhoItsCertificateSays() {
        server.on("/allow", response -> response);
        api.post("/api/v1/namespaces/default/services", "{'metadata':{'name':'hook'},'spec':{'ports':[{'name':'https',"
                + "'port':443,'targetPort':8443}]}}").expect(201);
        api.post(VALIDATING, "{'metadata':{'name':'svc'},'webhooks':[{'name':'svc.example.com','sideEffects':'None',"
                + "'admissionReviewVersions':['v1'],'rules':[" + rule("CREATE", "configmaps")
                + "],'clientConfig':{'service':{'name':'hook','namespace':'default','path':'/allow'},'caBundle':'"
                + server.caBundle() + "'}}]}").expect(201);
        assertThat(create("nobody").expect(500).message()).endsWith(
                "Post \"https://hook.default.svc:443/allow?timeout=10s\": no endpoints available for service \"hook\"");
        api.post("/apis/discovery.k8s.io/v1/namespaces/default/endpointslices",
                "{'metadata':{'name':'hook-1','labels':{'kubernetes.io/service-name':'hook'}},'addressType':'IPv4',"
                        + "'ports':[{'name':'https','port':" + server.port()
                        + "}],'endpoints':[{'addresses':['127.0.0.1'],'conditions':{'ready':true}}]}")
                .expect(201);
        create("somebody").expect(201);
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void subresourcesArePutToWebhooksInTheirOwnWords() {
        server.on("/allow", response -> response);
        String deployments = "/apis/apps/v1/namespaces/default/deployments";
        api.post(deployments, "{'metadata':{'name':'d'},'spec':{'selector':{'matchLabels':{'a':'b'}},'template':"
                + "{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'}]}}}}").expect(201);
        gateway.pod("p");
        gateway.gateway().routes().subresource("pods/proxy", call -> Answer.text(200, "through"));
        configure(VALIDATING, "all", "/allow", rule("*", "*/*"), "");
        api.merge(deployments + "/d/scale", "{'spec':{'replicas':3}}").expect(200);
        api.merge(deployments + "/d/status", "{'status':{'replicas':1}}").expect(200);
        api.get(TestApi.PODS + "/p/proxy/some/path").expect(200);
        api.post(TestApi.PODS + "/p/eviction", "{'metadata':{'name':'p'}}").expect(201);
        assertThat(server.asked().stream().map(request -> request.path("operation").asText() + " "
                + request.at("/resource/resource").asText() + "/" + request.path("subResource").asText() + " "
                + request.at("/kind/kind").asText() + " " + request.at("/object/kind").asText()))
                .containsExactly("UPDATE deployments/scale Scale Scale",
                        "UPDATE deployments/status Deployment Deployment",
                        "CONNECT pods/proxy PodProxyOptions PodProxyOptions", "CREATE pods/eviction Eviction Eviction");
        assertThat(server.asked().get(0).at("/oldObject/spec/replicas").asInt()).isEqualTo(1);
        assertThat(server.asked().get(2).at("/object/path").asText()).isEqualTo("/some/path");
    }

    @Test
    void conditionsAreEvaluatedAndFailAsTheFailurePolicySays() {
        server.on("/deny", response -> response.put("allowed", false));
        configure(VALIDATING, "some", "/deny", rule("CREATE", "configmaps"),
                "'matchConditions':[{'name':'marked','expression':'object.metadata.name.startsWith(\\'bad\\')'}]"
                        .replace("\\'", "\\\""));
        create("good").expect(201);
        create("bad").expect(400);
        configure(VALIDATING, "broken", "/deny", rule("CREATE", "secrets"),
                "'matchConditions':[{'name':'no','expression':'object.noSuchField == 1'}]");
        Api.Reply refused = api.post("/api/v1/namespaces/default/secrets", "{'metadata':{'name':'s'}}").expect(403);
        assertThat(refused.message()).startsWith(
                "secrets \"s\" is forbidden: expression 'object.noSuchField == 1' resulted in error: ");
    }

    /** A gateway whose cache has not seen the configuration must not let a write past it. */
    @Test
    void aConfigurationHoldsFromItsAcknowledgementOn() {
        server.on("/deny", response -> response.put("allowed", false));
        try (TestApi other = new TestApi(gateway.store(), new VertxWebhookTransport(vertx))) {
            for (int at = 0; at < 20; at++) {
                configure(VALIDATING, "now", "/deny", rule("CREATE", "configmaps"), "");
                other.api().post(TestApi.CONFIG_MAPS, "{'metadata':{'name':'late'}}").expect(400);
                api.delete(VALIDATING + "/now").expect(200);
                other.api().post(TestApi.CONFIG_MAPS, "{'metadata':{'name':'late-" + at + "'}}").expect(201);
            }
        }
    }

    private static ObjectNode tree(String json) {
        return Json.parseObject(json.replace('\'', '"').getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
