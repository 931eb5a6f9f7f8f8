package dev.xebec.gateway.api;

import static dev.xebec.gateway.testing.TestApi.CONFIG_MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.TestApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths and methods that are nearly right. */
class PathsTest {
    private final TestApi gateway = new TestApi();
    private final Api api = gateway.api();

    @BeforeEach
    void fill() {
        gateway.configMap("one");
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({"HEAD,", "OPTIONS,", "TRACE,", "PUT,", "PATCH,", "HEAD,/one", "OPTIONS,/one", "POST,/one"})
    void aMethodWithoutARouteIsNotAllowed(String method, String below) {
        Api.Reply refused = api.send(method, CONFIG_MAPS + (below == null ? "" : below), "application/json", "{}")
                .expect(405);
        assertThat(refused.reason()).isEqualTo("MethodNotAllowed");
        assertThat(refused.message()).isEqualTo("the server does not allow this method on the requested resource");
    }

    @Test
    void aKindThatIsOnlyPostedCannotBeRead() {
        api.get("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews").expect(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {CONFIG_MAPS + "/", "/" + CONFIG_MAPS, CONFIG_MAPS + "//", CONFIG_MAPS + "/one/",
            CONFIG_MAPS + "/one?watch=true", CONFIG_MAPS + "/one?ship=xebec", CONFIG_MAPS + "?watch=False",
            CONFIG_MAPS + "?watch=0"})
    void slashesAtTheEndsAndWhatIsNotKnownAreNoMatter(String path) {
        assertThat(api.get(path).expect(200).response().body().utf8()).contains("\"one\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api//v1/configmaps", "/api/v1/namespaces//configmaps",
            "/api/v1/namespaces/default//configmaps",
            "/api/v1/namespaces/default/configmaps//one", "/api/v1/configmaps/one",
            "/api/v2/configmaps", "/api/v1/namespaces/default/nodes", "/api/v1/namespaces/default/namespaces/default"})
    void pathsThatLeadNowhereAreNotFound(String path) {
        Api.Reply lost = api.get(path).expect(404);
        assertThat(lost.message()).isEqualTo("the server could not find the requested resource");
        assertThat(lost.reason()).isEqualTo("NotFound");
    }

    @ParameterizedTest
    @CsvSource({"..,may not be '..'", ".,may not be '.'", "a%b,may not contain '%'"})
    void aNameIsOnePartOfAPath(String name, String why) {
        for (String method : new String[]{"GET", "DELETE"}) {
            Api.Reply refused = api.send(method, CONFIG_MAPS + "/" + name, "", "").expect(400);
            assertThat(refused.message()).isEqualTo("Name parameter invalid: \"" + name + "\": " + why);
        }
        api.get("/api/v1/namespaces/default/configmaps/../secrets").expect(404);
    }
}
