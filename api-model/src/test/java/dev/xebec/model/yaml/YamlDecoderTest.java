package dev.xebec.model.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlDecoderTest {

    private static ObjectNode decode(String yaml) {
        return YamlDecoder.decode(yaml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void decodesToTheJsonThatItStandsFor() {
        assertThat(decode("""
                a: 1
                b: "1"
                c: true
                d: 2026-01-01T00:00:00Z
                e: 0644
                f: [1.5, null, ~, "", 9007199254740993]
                g: &anchor {x: y}
                h: *anchor
                i: {<<: *anchor, z: 1}
                1: number key
                j: |
                  lines
                k: 1Gi
                """)).isEqualTo(Json.parse("""
                {"a":1,"b":"1","c":true,"d":"2026-01-01T00:00:00Z","e":420,"f":[1.5,null,null,"",9007199254740993],
                 "g":{"x":"y"},"h":{"x":"y"},"i":{"z":1,"x":"y"},"1":"number key","j":"lines\\n","k":"1Gi"}"""
                .getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void alsoReadsJson() {
        assertThat(decode("{\"a\": {\"b\": [1, \"x\"]}}")).hasToString("{\"a\":{\"b\":[1,\"x\"]}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "- a", "just text", "a: [", "a: 1\na: 2", "? [x]\n: y", "a: *nowhere", "\u0001: x"})
    void refusesWhatIsNoMapping(String yaml) {
        assertThatThrownBy(() -> decode(yaml)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void boundsWhatAliasesUnfoldTo_CVE_2019_11253() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int at = 1; at < 12; at++) {
            bomb.append("a").append(at).append(": &a").append(at).append(" [")
                    .append(("*a" + (at - 1) + ",").repeat(9)).append("x]\n");
        }
        assertThatThrownBy(() -> decode(bomb.toString())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("excessive aliasing");
    }

    @Test
    void boundsNestingAndSelfReference_CVE_2019_11254() {
        assertThatThrownBy(() -> decode("a: " + "[".repeat(10_000))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> decode("a: &a [*a]")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> decode("a: " + "x".repeat(YamlDecoder.MAX_BYTES))).hasMessageContaining("bytes");
    }
}
