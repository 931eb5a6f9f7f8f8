package dev.xebec.gateway.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.gateway.testing.Https;
import dev.xebec.gateway.testing.TestGateway;
import dev.xebec.model.discovery.Discovery;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.Json;
import dev.xebec.model.openapi.OpenApiV3;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What the server says of itself, as a client with a certificate and one without see it. */
@TestInstance(Lifecycle.PER_CLASS)
class ServerPathsTest {
    private static final String V2 = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    private static final String V2_BETA = "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList";
    /** What kubectl 1.32 asks with. */
    private static final String KUBECTL = V2 + "," + V2_BETA + ",application/json";

    private TestGateway gateway;
    private Https admin;
    private Https nobody;

    @BeforeAll
    void start(@TempDir Path directory) {
        gateway = new TestGateway(directory);
        admin = new Https(gateway, "admin", Version.HTTP_2);
        nobody = new Https(gateway, null, Version.HTTP_1_1);
    }

    @AfterAll
    void stop() {
        admin.close();
        nobody.close();
        gateway.close();
    }

    private HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
        return admin.send(admin.request(path).header("Accept", accept));
    }

    private ObjectNode tree(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = admin.get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        assertThat(header(response, "Content-Type")).isEqualTo("application/json");
        return tree(response);
    }

    private static ObjectNode tree(HttpResponse<String> response) {
        return Json.parseObject(response.body().getBytes(StandardCharsets.UTF_8));
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void aggregatedDiscoverySaysThatItIsOne() throws Exception {
        for (String root : new String[]{"/api", "/apis"}) {
            HttpResponse<String> response = get(root, KUBECTL);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(header(response, "Content-Type")).isEqualTo(Discovery.AGGREGATED_MEDIA_TYPE);
            assertThat(header(response, "Vary")).isEqualTo("Accept");
            assertThat(tree(response).path("apiVersion").asText()).isEqualTo("apidiscovery.k8s.io/v2");
            assertThat(tree(response).path("kind").asText()).isEqualTo("APIGroupDiscoveryList");
        }
        assertThat(header(get("/apis", V2), "Cache-Control")).isEqualTo("public");
        assertThat(get("/apis", V2_BETA).statusCode()).isEqualTo(406);
        assertThat(header(get("/apis", V2_BETA + ",application/json"), "Content-Type")).isEqualTo("application/json");
    }

    @Test
    void bothFormsNameEveryServedKind() throws Exception {
        Set<String> served = KindRegistry.onByDefault().all().stream().map(Kind::resource).map(Object::toString)
                .collect(Collectors.toSet());
        Set<String> aggregated = new HashSet<>();
        for (String root : new String[]{"/api", "/apis"}) {
            for (JsonNode group : tree(get(root, V2)).path("items")) {
                for (JsonNode version : group.path("versions")) {
                    String name = group.path("metadata").path("name").asText("");
                    String prefix = (name.isEmpty() ? "" : name + "/") + version.path("version").asText() + "/";
                    version.path("resources")
                            .forEach(resource -> aggregated.add(prefix + resource.path("resource").asText()));
                }
            }
        }
        assertThat(aggregated).isEqualTo(served);

        Set<String> byVersion = new HashSet<>(resources("/api/v1"));
        for (JsonNode group : tree("/apis").path("groups")) {
            String name = group.path("name").asText();
            assertThat(tree("/apis/" + name)).isEqualTo(group.<ObjectNode>deepCopy().put("kind", "APIGroup")
                    .put("apiVersion", "v1"));
            for (JsonNode version : group.path("versions")) {
                byVersion.addAll(resources("/apis/" + version.path("groupVersion").asText()));
            }
        }
        assertThat(byVersion).isEqualTo(served);
    }

    private Set<String> resources(String path) throws IOException, InterruptedException {
        ObjectNode list = tree(path);
        assertThat(list.path("kind").asText()).isEqualTo("APIResourceList");
        return list.path("resources").valueStream().map(resource -> resource.path("name").asText())
                .filter(name -> !name.contains("/")).map(name -> list.path("groupVersion").asText() + "/" + name)
                .collect(Collectors.toSet());
    }

    @Test
    void theCoreSaysWhereTheServerIs() throws Exception {
        JsonNode versions = tree("/api");

        assertThat(versions.path("versions").get(0).asText()).isEqualTo("v1");
        assertThat("https://" + versions.at("/serverAddressByClientCIDRs/0/serverAddress").asText())
                .isEqualTo(gateway.url());
    }

    @Test
    void whoHasADocumentIsNotSentItAgain() throws Exception {
        for (String path : new String[]{"/apis", "/api/v1", "/openapi/v3"}) {
            String tag = header(admin.get(path), "ETag");
            assertThat(tag).startsWith("\"").endsWith("\"");

            HttpResponse<String> again = admin.send(admin.request(path).header("If-None-Match", tag));
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(header(again, "ETag")).isEqualTo(tag);
            assertThat(admin.send(admin.request(path).header("If-None-Match", "\"other\"")).statusCode())
                    .isEqualTo(200);
        }
        assertThat(header(get("/apis", V2), "ETag")).isNotEqualTo(header(admin.get("/apis"), "ETag"));
    }

    @Test
    void whatIsNotServedIsNotFoundAndWhatCannotBeSentNotAcceptable() throws Exception {
        for (String path : new String[]{"/apis/apps/v9", "/api/v2", "/api/v1/things"}) {
            HttpResponse<String> response = admin.get(path);
            assertThat(response.statusCode()).as(path).isEqualTo(404);
            assertThat(tree(response).path("reason").asText()).isEqualTo("NotFound");
            assertThat(tree(response).path("details").isObject()).isTrue();
        }
        for (String path : new String[]{"/apis/nowhere", "/apis/nowhere/v1/things", "/openapi/v2/nothing",
                "/nothing"}) {
            HttpResponse<String> response = admin.get(path);
            assertThat(response.statusCode()).as(path).isEqualTo(404);
            assertThat(header(response, "Content-Type")).isEqualTo("text/plain; charset=utf-8");
            assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(response.body()).isEqualTo("404 page not found\n");
        }
        assertThat(get("/apis", "application/vnd.kubernetes.protobuf").statusCode()).isEqualTo(406);
        assertThat(get("/apis", "application/vnd.kubernetes.protobuf, application/json").statusCode()).isEqualTo(200);
        assertThat(get("/api/v1", V2).statusCode()).isEqualTo(406);
        assertThat(get("/openapi/v3", "text/html").statusCode()).isEqualTo(406);
        assertThat(admin.post("/apis", "{}").statusCode()).isEqualTo(405);
        assertThat(admin.post("/apis/nowhere/v1/things", "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void versionTwoIsForThoseWhoAskByProtobufToo() throws Exception {
        String protobuf = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";
        assertThat(tree("/openapi/v2").path("definitions").has("io.k8s.api.core.v1.Pod")).isTrue();
        HttpResponse<String> message = get("/openapi/v2", protobuf);
        assertThat(message.statusCode()).isEqualTo(200);
        assertThat(header(message, "Content-Type"))
                .isEqualTo("application/com.github.proto-openapi.spec.v2.v1.0+protobuf");
        assertThat(message.body()).contains("io.k8s.api.core.v1.Pod");
        assertThat(get("/openapi/v2", "text/html").statusCode()).isEqualTo(406);
    }

    @Test
    void theOpenApiIndexLeadsToDocumentsThatStayAsTheyAre() throws Exception {
        JsonNode paths = tree("/openapi/v3").path("paths");
        assertThat(paths.size()).isEqualTo(KindRegistry.onByDefault().groupVersions().size()
                + OpenApiV3.serverDocuments(KindRegistry.onByDefault()).size());
        String url = paths.path("apis/apps/v1").path("serverRelativeURL").asText();

        HttpResponse<String> document = admin.get(url);

        assertThat(document.statusCode()).isEqualTo(200);
        assertThat(url).endsWith("?hash=" + OpenApiV3.hash(document.body().getBytes(StandardCharsets.UTF_8)));
        assertThat(header(document, "Cache-Control")).isEqualTo("public, immutable");
        assertThat(header(document, "Expires")).contains("2049");
        assertThat(tree(document).path("paths").has("/apis/apps/v1/namespaces/{namespace}/deployments/{name}"))
                .isTrue();
        HttpResponse<String> plain = admin.get("/openapi/v3/apis/apps/v1");
        assertThat(plain.body()).isEqualTo(document.body());
        assertThat(header(plain, "Cache-Control")).contains("no-cache");
        HttpResponse<String> moved = admin.get("/openapi/v3/apis/apps/v1?hash=OLD");
        assertThat(moved.statusCode()).isEqualTo(301);
        assertThat(header(moved, "Location")).isEqualTo(url);
    }

    @Test
    void theVersionIsOneThatClientsCanParse() throws Exception {
        ObjectNode version = tree("/version");

        assertThat(version.path("gitVersion").asText()).matches("v(0|[1-9]\\d*)\\.\\d+\\.\\d+\\+[0-9A-Za-z.-]+");
        assertThat(version.path("gitVersion").asText())
                .startsWith("v" + version.path("major").asText() + "." + version.path("minor").asText() + ".");
    }

    @Test
    void healthIsToldToEverybodyInKubernetesForm() throws Exception {
        for (String path : new String[]{"/healthz", "/livez", "/readyz", "/readyz/ping", "/readyz/cache-synced"}) {
            HttpResponse<String> response = nobody.get(path);
            assertThat(response.statusCode()).as(path).isEqualTo(200);
            assertThat(response.body()).isEqualTo("ok");
            assertThat(header(response, "Content-Type")).startsWith("text/plain");
        }
        assertThat(nobody.get("/readyz?verbose").body()).isEqualTo(
                "[+]ping ok\n[+]cache-synced ok\n[+]system-namespaces ok\n[+]shutdown ok\nreadyz check passed\n");
        assertThat(nobody.get("/readyz?verbose&exclude=ping").body()).startsWith("[+]ping excluded: ok\n");
        assertThat(nobody.get("/readyz/unknown").statusCode()).isEqualTo(404);
    }

    @Test
    void everythingElseIsForThoseWhoAreSomebody() throws Exception {
        for (String path : new String[]{"/api", "/apis", "/openapi/v3", "/metrics", "/"}) {
            assertThat(nobody.get(path).statusCode()).as(path).isEqualTo(401);
        }
        HttpResponse<String> metrics = admin.get("/metrics");
        assertThat(header(metrics, "Content-Type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(metrics.body()).contains("# TYPE apiserver_request_total counter");
    }

    @Test
    void theRootNamesPathsThatCanBeRead() throws Exception {
        JsonNode paths = tree("/").path("paths");

        assertThat(paths.valueStream().map(JsonNode::asText)).contains("/api/v1", "/apis/apps", "/apis/apps/v1",
                "/metrics", "/readyz", "/version", "/openapi/v3/apis/apps/v1");
        for (JsonNode path : paths) {
            assertThat(admin.get(path.asText()).statusCode()).as(path.asText()).isEqualTo(200);
        }
    }

    @Test
    void aHeadIsAGetWithoutItsBody() throws Exception {
        for (Version version : Version.values()) {
            try (Https client = new Https(gateway, "admin", version)) {
                HttpResponse<String> head = client
                        .send(client.request("/version").method("HEAD", HttpRequest.BodyPublishers.noBody()));
                assertThat(head.statusCode()).isEqualTo(200);
                assertThat(head.body()).isEmpty();
                assertThat(header(head, "Content-Length"))
                        .isEqualTo(Integer.toString(client.get("/version").body().length()));
            }
        }
    }
}
