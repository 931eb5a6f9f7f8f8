package dev.xebec.model.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlEncoderTest {

    private static ObjectNode json(String json) {
        return Json.parseObject(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String yaml(ObjectNode tree) {
        return new String(YamlEncoder.encode(tree), StandardCharsets.UTF_8);
    }

    @Test
    void keysAreSortedAndListsStandUnderTheirKey() {
        assertThat(yaml(json("{\"kind\":\"Pod\",\"a\":{},\"list\":[{\"b\":1,\"a\":[]}],\"apiVersion\":\"v1\"}")))
                .isEqualTo("a: {}\napiVersion: v1\nkind: Pod\nlist:\n- a: []\n  b: 1\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "yes", "on", "~", "null", "1", "1.5", "0x1f", "1e3", "0o7", "12:30:45",
            "2023-11-14T22:13:20Z", "", " leading", "a: b", "# no comment", "- no list", "line\nline\n", "\ttab", "é ☃",
            "*alias", "&anchor", "%x", "@x", "'", "\"",
            "a very long text of more than eighty characters that may not be "
                    + "broken into several lines by anybody",
            "=", "<<"})
    void textStaysText(String text) {
        ObjectNode tree = Json.object().put("value", text);
        assertThat(YamlDecoder.decode(YamlEncoder.encode(tree))).isEqualTo(tree);
    }

    @Test
    void numbersNullsAndDeepTreesComeBackAsTheyWere() {
        ObjectNode tree = json("{\"big\":9007199254740993,\"neg\":-1,\"float\":1.5,\"none\":null,\"no\":false,"
                + "\"deep\":[[[{\"x\":[1,[2]]}]]]}");
        assertThat(YamlDecoder.decode(YamlEncoder.encode(tree)).toString()).isEqualTo(
                "{\"big\":9007199254740993,\"deep\":[[[{\"x\":[1,[2]]}]]],\"float\":1.5,\"neg\":-1,\"no\":false,"
                        + "\"none\":null}");
    }
}
