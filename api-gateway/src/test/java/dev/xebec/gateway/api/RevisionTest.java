package dev.xebec.gateway.api;

import static dev.xebec.gateway.testing.TestApi.CONFIG_MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.TestApi;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What resourceVersion, resourceVersionMatch, limit and continue mean together. The table is that of the API concepts: in
 * the past there were {@code one} and {@code two}, now there is {@code three} as well.
 */
class RevisionTest {
    private final TestApi gateway = new TestApi();
    private final Api api = gateway.api();
    private long past;

    @BeforeEach
    void fill() {
        gateway.configMap("one");
        past = gateway.configMap("two").revision();
        gateway.configMap("wthree");
        api.get(CONFIG_MAPS).expect(200);
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private String query(String text) {
        return CONFIG_MAPS + "?" + text.replace("PAST", Long.toString(past)).replace(' ', '&');
    }

    @ParameterizedTest
    @CsvSource({"limit=0,now", "resourceVersion=0,now", "resourceVersion=PAST,now", "limit=10,now",
            "resourceVersion=0 limit=10,now", "resourceVersion=PAST limit=10,past",
            "resourceVersion=PAST limit=0,now", "resourceVersion=PAST limit=-1,now",
            "resourceVersion=0 resourceVersionMatch=NotOlderThan,now",
            "resourceVersion=PAST resourceVersionMatch=NotOlderThan,now",
            "resourceVersion=PAST resourceVersionMatch=NotOlderThan limit=10,now",
            "resourceVersion=PAST resourceVersionMatch=Exact,past",
            "resourceVersion=PAST resourceVersionMatch=Exact limit=10,past"})
    void aListShowsThePastOnlyToWhoAsksForExactlyThat(String options, String shown) {
        Api.Reply list = api.get(query(options)).expect(200);
        assertThat(list.names()).hasSize(shown.equals("past") ? 2 : 3);
        if (shown.equals("past")) {
            assertThat(list.revision()).isEqualTo(past);
        } else {
            assertThat(list.revision()).isGreaterThan(past);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "resourceVersionMatch=Exact | resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless "
                    + "resourceVersion is provided",
            "resourceVersionMatch=NotOlderThan | resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden "
                    + "unless resourceVersion is provided",
            "resourceVersion=0 resourceVersionMatch=Exact | resourceVersionMatch: Forbidden: resourceVersionMatch "
                    + "\"exact\" is forbidden for resourceVersion \"0\"",
            "resourceVersion=1 resourceVersionMatch=Best | resourceVersionMatch: Unsupported value: \"Best\": supported "
                    + "values: \"Exact\", \"NotOlderThan\", \"\"",
            "resourceVersion=1 resourceVersionMatch=Exact continue=x | resourceVersionMatch: Forbidden: "
                    + "resourceVersionMatch is forbidden when continue is provided",
            "sendInitialEvents=true | sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list",
            "watch=1 resourceVersionMatch=NotOlderThan | resourceVersionMatch: Forbidden: resourceVersionMatch is "
                    + "forbidden for watch unless sendInitialEvents is provided",
            "watch=1 sendInitialEvents=false | resourceVersionMatch: Forbidden: sendInitialEvents requires setting "
                    + "resourceVersionMatch to NotOlderThan",
            "watch=1 sendInitialEvents=true resourceVersionMatch=NotOlderThan continue=x | resourceVersionMatch: "
                    + "Forbidden: resourceVersionMatch is forbidden when continue is provided",
            "watch=1 sendInitialEvents=true resourceVersionMatch=Exact | [resourceVersionMatch: Forbidden: "
                    + "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan, resourceVersionMatch: "
                    + "Unsupported value: \"Exact\": supported values: \"NotOlderThan\"]"})
    void whatCannotStandTogetherIsInvalid(String options, String why) {
        Api.Reply refused = api.get(query(options)).expect(422);
        assertThat(refused.message()).isEqualTo("ListOptions.meta.k8s.io \"\" is invalid: " + why);
        assertThat(refused.reason()).isEqualTo("Invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-1", "+1", "1.0", "0x1", "99999999999999999999", "1e3"})
    void aRevisionIsAWholeNumber(String revision) {
        String why = "resourceVersion: Invalid value: \"" + revision + "\": strconv.ParseUint: parsing \"" + revision
                + "\": ";
        assertThat(api.get(CONFIG_MAPS + "?resourceVersion=" + revision).expect(400).message())
                .startsWith("invalid resource version: " + why);
        for (String path : new String[]{CONFIG_MAPS + "/one?", CONFIG_MAPS + "?watch=1&"}) {
            Api.Reply refused = api.get(path + "resourceVersion=" + revision).expect(500);
            assertThat(refused.message()).startsWith(why);
            assertThat(refused.reason()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/one", "?watch=true"})
    void aRevisionOfTheFutureIsWaitedForAndThenATimeout(String what) {
        String separator = what.startsWith("?") ? "&" : "?";
        Api.Reply late = api.get(CONFIG_MAPS + what + separator + "resourceVersion=18446744073709551615").expect(504);
        assertThat(late.reason()).isEqualTo("Timeout");
        assertThat(late.message()).startsWith("Timeout: Too large resource version: 9223372036854775807, current: ");
        assertThat(late.at("/details/causes/0/reason").asText()).isEqualTo("ResourceVersionTooLarge");
        assertThat(late.at("/details/causes/0/message").asText()).isEqualTo("Too large resource version");
        assertThat(late.at("/details/retryAfterSeconds").asInt()).isEqualTo(1);
        assertThat(late.response().headers()).containsEntry("Retry-After", "1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=x", "limit=1.5", "limit=99999999999999999999"})
    void aLimitIsAWholeNumber(String limit) {
        assertThat(api.get(query(limit)).expect(400).message()).startsWith("strconv.ParseInt: parsing \"");
    }

    private static String token(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "{'v':'meta.k8s.io/v2','rv':1,'start':'a'} | server does not recognize this encoded version meta.k8s.io/v2",
            "{'rv':1,'start':'a'} | server does not recognize this encoded version",
            "{'v':'meta.k8s.io/v1','rv':0,'start':'a'} | incorrect encoded start resourceVersion",
            "{'v':'meta.k8s.io/v1','rv':'1','start':'a'} | incorrect encoded start resourceVersion",
            "{'v':'meta.k8s.io/v1','rv':1e99,'start':'a'} | incorrect encoded start resourceVersion",
            "{'v':'meta.k8s.io/v1','rv':1,'start':''} | encoded start key empty",
            "{'v':'meta.k8s.io/v1','rv':1} | encoded start key empty",
            "{'v':'meta.k8s.io/v1','rv':1,'start':'../secrets/a'} | ../secrets/a",
            "{'v':'meta.k8s.io/v1','rv':1,'start':'a/./b'} | a/./b", "[1,2] | it is not JSON",
            "{ | unexpected end of JSON input"})
    void aTokenThatWasTamperedWithIsABadRequest(String json, String why) {
        Api.Reply refused = api.get(CONFIG_MAPS + "?continue=" + token(json)).expect(400);
        assertThat(refused.message()).startsWith("invalid continue token: continue key is not valid").contains(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"***", "abc.def", "a", "é"})
    void aTokenThatIsNoBase64IsABadRequest(String token) {
        assertThat(api.get(CONFIG_MAPS + "?continue=" + token).expect(400).reason()).isEqualTo("BadRequest");
    }

    @Test
    void aTokenHasTheFormThatKubernetesGivesItsOwn() {
        String token = api.get(query("limit=1")).at("/metadata/continue").asText();
        String json = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        assertThat(json).startsWith("{\"v\":\"meta.k8s.io/v1\",\"rv\":").endsWith("\"start\":\"one\\u0000\"}");
    }

    @Test
    void aTokenSaysWhereItGoesOnAndTheRequestWhatIsListed() {
        String token = api.get(query("limit=1")).at("/metadata/continue").asText();
        api.post("/api/v1/namespaces", "{'metadata':{'name':'other'}}").expect(201);
        api.post("/api/v1/namespaces/other/configmaps", "{'metadata':{'name':'two'}}").expect(201);
        assertThat(api.get("/api/v1/namespaces/other/configmaps?continue=" + token).expect(200).names())
                .as("of the moment of the token").isEmpty();
        assertThat(api.get(CONFIG_MAPS + "?fieldSelector=metadata.name=two&continue=" + token).names())
                .containsExactly("two");
        assertThat(api.get(CONFIG_MAPS + "?fieldSelector=metadata.name=one&continue=" + token).names()).isEmpty();
        assertThat(api.get(CONFIG_MAPS + "?labelSelector=none&continue=" + token).names()).isEmpty();
        api.get(CONFIG_MAPS + "?resourceVersion=0&continue=" + token).expect(200);
        assertThat(api.get(CONFIG_MAPS + "?resourceVersion=1&continue=" + token).expect(400).message())
                .isEqualTo("specifying resource version is not allowed when using continue");
    }

    @Test
    void pagesOfClusterScopedKindsAndOfAllNamespacesGoOn() {
        api.post("/api/v1/namespaces", "{'metadata':{'name':'other'}}").expect(201);
        api.post("/api/v1/namespaces/other/configmaps", "{'metadata':{'name':'four'}}").expect(201);
        for (String path : new String[]{"/api/v1/configmaps", "/api/v1/namespaces"}) {
            Api.Reply whole = api.get(path).expect(200);
            java.util.List<String> names = new java.util.ArrayList<>();
            String token = "";
            do {
                Api.Reply page = api.get(path + "?limit=1" + (token.isEmpty() ? "" : "&continue=" + token)).expect(200);
                names.addAll(page.names());
                token = page.at("/metadata/continue").asText("");
            } while (!token.isEmpty());
            assertThat(names).isEqualTo(whole.names());
        }
    }

    @Test
    void whatRemainsIsOnlyCountedWithoutSelectors() {
        assertThat(api.get(query("limit=1")).at("/metadata/remainingItemCount").asInt()).isEqualTo(2);
        assertThat(api.get(query("limit=3")).at("/metadata").has("remainingItemCount")).isFalse();
        assertThat(api.get(query("limit=1 labelSelector=!none")).at("/metadata").has("remainingItemCount")).isFalse();
        assertThat(api.get(query("limit=1 labelSelector=!none")).at("/metadata/continue").asText()).isNotEmpty();
    }

    @Test
    void aRevisionThatIsCompactedIsGone() {
        gateway.store().compact(dev.xebec.contracts.state.LogGroup.MAIN,
                gateway.store().currentRevision(dev.xebec.contracts.state.LogGroup.MAIN));
        try (TestApi other = new TestApi(gateway.store())) {
            Api.Reply gone = other.api().get(query("resourceVersion=PAST resourceVersionMatch=Exact")).expect(410);
            assertThat(gone.reason()).isEqualTo("Expired");
            assertThat(gone.message()).isEqualTo("The resourceVersion for the provided list is too old.");
        }
    }
}
