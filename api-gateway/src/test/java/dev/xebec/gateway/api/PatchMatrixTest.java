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

/** Patches that cannot be, in the words that clients match on. */
class PatchMatrixTest {
    private static final String JSON = "application/json-patch+json";
    private static final String MERGE = "application/merge-patch+json";
    private static final String STRATEGIC = "application/strategic-merge-patch+json";
    private static final String GENERIC = "the server rejected our request due to an error in our request";
    private final TestApi gateway = new TestApi();
    private final Api api = gateway.api();
    private String one = "";

    @BeforeEach
    void fill() {
        gateway.configMap("one");
        one = CONFIG_MAPS + "/one";
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private Api.Reply patch(String type, String patch) {
        return api.send("PATCH", one, type, patch.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "json|{}|400|error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp",
            "json|['x']|400|error decoding patch: json: cannot unmarshal string into Go value of type handlers.jsonPatchOp",
            "json|[{'op':'test','path':'/data/a','value':'2'}]|422|" + GENERIC,
            "json|[{'op':'remove','path':'/data/none'}]|422|" + GENERIC,
            "json|[{'op':'add','path':'/none/x','value':1}]|422|" + GENERIC,
            "json|[{'op':'fly','path':'/data'}]|422|" + GENERIC, "json|[{'op':'add','value':1}]|422|" + GENERIC,
            "json|[{'op':'add','path':'data','value':1}]|422|" + GENERIC,
            "merge|[]|400|error decoding patch: json: cannot unmarshal array into Go value of type "
                    + "map[string]interface {}",
            "strategic|{'$patch':'fly'}|500|unknown patch type: fly in map: map[$patch:fly]",
            "strategic|{'metadata':{'ownerReferences':[{'name':'x'}]}}|422|*",
            "merge|{'metadata':{'name':'two'}}|400|the name of the object (two) does not match the name on the URL (one)",
            "merge|{'metadata':{'namespace':'two'}}|400|the namespace of the provided object does not match the "
                    + "namespace sent on the request",
            "json|[{'op':'replace','path':'/metadata/name','value':'two'}]|400|the name of the object (two) does not "
                    + "match the name on the URL (one)",
            "merge|{'metadata':{'resourceVersion':'1'}}|409|Operation cannot be fulfilled on configmaps \"one\": the "
                    + "object has been modified; please apply your changes to the latest version and try again"})
    void refusals(String type, String patch, int code, String message) {
        String mediaType = switch (type) {
            case "json" -> JSON;
            case "merge" -> MERGE;
            default -> STRATEGIC;
        };
        Api.Reply refused = patch(mediaType, patch).expect(code);
        if (!message.equals("*")) {
            assertThat(refused.message()).isEqualTo(message);
        }
        assertThat(refused.reason()).isEqualTo(switch (code) {
            case 400 -> "BadRequest";
            case 500 -> "";
            case 409 -> "Conflict";
            default -> "Invalid";
        });
        assertThat(api.get(one).at("/data").toString()).as("nothing has changed").isEqualTo("{\"a\":\"1\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON, MERGE, STRATEGIC})
    void malformedPatchesAreBadRequests(String type) {
        for (String patch : new String[]{"", "{", "[", "nul", "{} x"}) {
            assertThat(patch(type, patch).expect(400).reason()).isEqualTo("BadRequest");
        }
    }

    @Test
    void aPatchOfWhatIsNotThereIsNotFound() {
        for (String type : new String[]{JSON, MERGE, STRATEGIC}) {
            Api.Reply lost = api.send("PATCH", CONFIG_MAPS + "/none", type, type.equals(JSON) ? "[]" : "{}")
                    .expect(404);
            assertThat(lost.message()).isEqualTo("configmaps \"none\" not found");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "application/yaml",
            "application/vnd.kubernetes.protobuf"})
    void otherTypesAreConsumedByNobody(String type) {
        assertThat(patch(type, "{}").expect(415).message()).isEqualTo("415: Unsupported Media Type");
    }

    @Test
    void tenThousandOperationsAreDoneAndOneMoreIsTooMany() {
        String operation = "{'op':'add','path':'/data/a','value':'2'}";
        assertThat(
                patch(JSON, "[" + (operation + ",").repeat(9_999) + operation + "]").expect(200).at("/data/a").asText())
                .isEqualTo("2");
        Api.Reply refused = patch(JSON, "[" + (operation + ",").repeat(10_000) + operation + "]").expect(413);
        assertThat(refused.reason()).isEqualTo("RequestEntityTooLarge");
        assertThat(refused.message()).isEqualTo("Request entity too large: The allowed maximum operations in a JSON "
                + "patch is 10000, got 10001");
    }

    @Test
    void copiesThatGrowWithoutBoundsAreRefused_CVE_2019_1002100() {
        String patch = "[{'op':'add','path':'/data/b','value':'" + "x".repeat(10_000) + "'},"
                + "{'op':'copy','from':'/data','path':'/data/c'},".repeat(60)
                + "{'op':'copy','from':'/data','path':'/data/d'}]";
        assertThat(patch(JSON, patch).expect(422).message()).isEqualTo(GENERIC);
    }

    @Test
    void strictPatchesNameWhatIsUnknown() {
        for (String[] patch : new String[][]{{MERGE, "{'ship':1}"}, {STRATEGIC, "{'ship':1}"},
                {JSON, "[{'op':'add','path':'/ship','value':1}]"}}) {
            Api.Reply refused = api.send("PATCH", one + "?fieldValidation=Strict", patch[0],
                    patch[1].replace('\'', '"'));
            assertThat(refused.message()).as(patch[0]).contains("strict decoding error: unknown field \"ship\"");
            Api.Reply warned = patch(patch[0], patch[1]).expect(200);
            assertThat(warned.response().headers().get("Warning")).isEqualTo("299 - \"unknown field \\\"ship\\\"\"");
        }
    }

    @Test
    void aDryRunOfAPatchShowsAndDoesNot() {
        long revision = api.get(one).revision();
        for (String[] patch : new String[][]{{MERGE, "{'data':{'a':'2'}}"}, {STRATEGIC, "{'data':{'a':'2'}}"},
                {JSON, "[{'op':'replace','path':'/data/a','value':'2'}]"}}) {
            Api.Reply dry = api.send("PATCH", one + "?dryRun=All", patch[0], patch[1].replace('\'', '"')).expect(200);
            assertThat(dry.at("/data/a").asText()).isEqualTo("2");
        }
        assertThat(api.get(one).revision()).isEqualTo(revision);
    }
}
