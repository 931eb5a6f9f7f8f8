package dev.xebec.model.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.RejectedException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPatchTest {

    private static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{'a':1}         | [{'op':'add','path':'/b','value':2}]                     | {'a':1,'b':2}",
            "{'a':[1,3]}     | [{'op':'add','path':'/a/1','value':2}]                   | {'a':[1,2,3]}",
            "{'a':[1]}       | [{'op':'add','path':'/a/-','value':2}]                   | {'a':[1,2]}",
            "{'a':[1,2]}     | [{'op':'remove','path':'/a/0'}]                          | {'a':[2]}",
            "{'a':{'b/c':1}} | [{'op':'replace','path':'/a/b~1c','value':{'x':1}}]      | {'a':{'b/c':{'x':1}}}",
            "{'a':1}         | [{'op':'move','from':'/a','path':'/b'}]                  | {'b':1}",
            "{'a':{'x':1}}   | [{'op':'copy','from':'/a','path':'/b'},{'op':'remove','path':'/a/x'}] | {'a':{},'b':{'x':1}}",
            "{'a':1}         | [{'op':'test','path':'/a','value':1}]                    | {'a':1}",
            "{'a':1}         | [{'op':'test','path':'/b','value':null}]                 | {'a':1}",
            "{'a':1}         | [{'op':'replace','path':'','value':{'b':2}}]             | {'b':2}",
            "{'a':1}         | [{'op':'add','path':'/a','value':null}]                  | {'a':null}",
            "{'a':1}         | [{'op':'add','path':'/a'}]                               | {'a':null}",
            "{'a':1}         | []                                                       | {'a':1}"})
    void patches(String before, String patch, String after) {
        ObjectNode object = (ObjectNode) json(before);
        assertThat(Patches.json(object, json(patch))).isEqualTo(json(after));
        assertThat(object).isEqualTo(json(before));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "[{'op':'test','path':'/a','value':2}]           | 422",
            "[{'op':'remove','path':'/nope'}]                | 422",
            "[{'op':'replace','path':'/nope/x','value':1}]   | 422",
            "[{'op':'replace','path':'/l/0','value':1}]      | 422",
            "[{'op':'copy','from':'/nope/x','path':'/b'}]    | 422",
            "[{'op':'add','path':'/nope/x','value':1}]       | 422",
            "[{'op':'add','path':'/l/9','value':1}]          | 422",
            "[{'op':'remove','path':'/l/-'}]                 | 422",
            "[{'op':'move','from':'/l','path':'/l/0'}]       | 422",
            "[{'op':'add','path':'','value':[]}]             | 422",
            "[{'op':'remove','path':''}]                     | 422",
            "[{'op':'fly','path':'/a'}]                      | 422",
            "[{'op':'add','value':1}]                        | 422",
            "[{'op':'add','path':'a','value':1}]             | 422",
            "[1]                                             | 400",
            "{'a':1}                                         | 400"})
    void refuses(String patch, int code) {
        ObjectNode object = (ObjectNode) json("{'a':1,'l':[]}");
        assertThatThrownBy(() -> Patches.json(object, json(patch))).isInstanceOfSatisfying(RejectedException.class,
                thrown -> assertThat(thrown.status().code()).isEqualTo(code));
    }

    @Test
    void boundsTheNumberOfOperations() {
        ArrayNode patch = Json.MAPPER.createArrayNode();
        for (int at = 0; at <= Patches.MAX_JSON_PATCH_OPERATIONS; at++) {
            patch.addObject().put("op", "add").put("path", "/a").put("value", 1);
        }
        assertThatThrownBy(() -> Patches.json(Json.object(), patch)).isInstanceOfSatisfying(RejectedException.class,
                thrown -> assertThat(thrown.status().code()).isEqualTo(413));
        patch.remove(0);
        assertThat(Patches.json(Json.object(), patch)).isEqualTo(json("{'a':1}"));
    }

    @Test
    void boundsWhatCopiesAdd_CVE_2019_1002100() {
        ArrayNode patch = Json.MAPPER.createArrayNode();
        patch.addObject().put("op", "add").put("path", "/a0").put("value", "x".repeat(1000));
        for (int at = 0; at < 64; at++) {
            patch.addObject().put("op", "copy").put("from", "").put("path", "/a" + (at + 1));
        }
        assertThatThrownBy(() -> Patches.json(Json.object(), patch)).isInstanceOfSatisfying(RejectedException.class,
                thrown -> assertThat(thrown).hasMessageContaining("exceeding the limit").satisfies(
                        refused -> assertThat(((RejectedException) refused).status().code()).isEqualTo(422)));
    }
}
