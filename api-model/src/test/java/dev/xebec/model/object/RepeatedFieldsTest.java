package dev.xebec.model.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatedFieldsTest {
    private final List<String> told = new ArrayList<>();

    private JsonNode parse(String json) {
        return RepeatedFields.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), told);
    }

    @Test
    void theLastOneCountsAndAllAreTold() {
        JsonNode tree = parse("{'a':{'x':1,'x':2},'l':[{'y':1},{'y':1,'y':{'z':1,'z':null}}],'a':{'x':3},'a':4}");
        assertThat(tree.toString()).isEqualTo("{\"a\":4,\"l\":[{\"y\":1},{\"y\":{\"z\":null}}]}");
        assertThat(told).containsExactly("duplicate field \"a.x\"", "duplicate field \"l[1].y\"",
                "duplicate field \"l[1].y.z\"", "duplicate field \"a\"", "duplicate field \"a\"");
    }

    @Test
    void nothingIsToldOfWhatStandsOnce() {
        assertThat(parse("{'a':9007199254740993,'b':[1.5,'x',true,null]}").toString())
                .isEqualTo("{\"a\":9007199254740993,\"b\":[1.5,\"x\",true,null]}");
        assertThat(told).isEmpty();
    }

    @Test
    void valuesKeepTheirPrecisionBesideARepeatedField() {
        assertThat(parse("{'a':1,'a':9007199254740993,'b':0.1000000000000000000001}").toString())
                .isEqualTo("{\"a\":9007199254740993,\"b\":0.1000000000000000000001}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{'a':1,'a':", "{'a':1,'a':2} x", "{'a':1,'a':2}{}", "{'a' 1}", "nul"})
    void whatIsNoJsonIsAnIllegalArgument(String json) {
        assertThatThrownBy(() -> parse(json)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellingIsBounded() {
        parse("{" + "'a':1,".repeat(1_000) + "'b':1}");
        assertThat(told).hasSize(100);
    }
}
