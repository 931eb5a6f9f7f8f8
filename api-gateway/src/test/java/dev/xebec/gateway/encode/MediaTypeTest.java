package dev.xebec.gateway.encode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeTest {
    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json; charset=utf-8", "application/json;charset=\"utf-8\"",
            " application/json ", "application/json;", "application/json; ", "json", "*/*", "application/json;a=b;c=d"})
    void headersThatAreMediaTypes(String text) {
        assertThat(MediaType.isOne(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";", "/", "application/", "application/json;foo", "application/json;;",
            "application/json;=x", "application/json, application/yaml", "application/json;a=\"b", "a b/c"})
    void headersThatAreNone(String text) {
        assertThat(MediaType.isOne(text)).isFalse();
    }
}
