package dev.xebec.model.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSelectorTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "app=web                 | app=web,tier=front | true",
            "app==web                | app=web            | true",
            "app=web                 | app=db             | false",
            "app!=web                | app=db             | true",
            "app!=web                | tier=front         | true",
            "app notin (web,db)      | tier=front         | true",
            "app notin (web,db)      | app=db             | false",
            "app in (web , db)       | app=db             | true",
            "app in (web,db)         | tier=front         | false",
            "app                     | app=               | true",
            "!app                    | app=               | false",
            "!app                    | tier=x             | true",
            "app=                    | app=               | true",
            "app=,tier=front         | app=,tier=front    | true",
            "size>5                  | size=10            | true",
            "size>5                  | size=5             | false",
            "size<5                  | size=4             | true",
            "size<5                  | tier=4             | false",
            "a=b,c!=d,e in (x,y),f notin (z),g,!h | a=b,e=y,g=1 | true",
            "a=b,c!=d,e in (x,y),f notin (z),g,!h | a=b,e=y,g=1,h=2 | false",
            "in=notin                | in=notin           | true",
            "x in (,a)               | x=                 | true",
            "example.com/role=ui     | example.com/role=ui| true"})
    void matchesAsKubernetesDoes(String query, String labels, boolean matches) {
        Map<String, String> map = new HashMap<>();
        for (String label : labels.split(",")) {
            String[] parts = label.split("=", 2);
            map.put(parts[0], parts[1]);
        }
        assertThat(LabelSelector.parse(query).matches(map)).isEqualTo(matches);
        LabelSelector again = LabelSelector.parse(LabelSelector.parse(query).toString());
        assertThat(again).isEqualTo(LabelSelector.parse(query));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "a b       | unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
            "a=b,      | found '', expected: identifier after ','",
            "=b        | found '=', expected: !, identifier, or 'end of string'",
            "a in b    | unable to parse requirement: found 'b' expected: '('",
            "a in (b   | unable to parse requirement: found '', expected: ',' or ')'",
            "a=b=c     | found '=', expected: ',' or 'end of string'",
            "!         | unable to parse requirement: found '', expected: identifier"})
    void refusesInKubernetesWords(String query, String message) {
        assertThatThrownBy(() -> LabelSelector.parse(query)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void nothingInParenthesesIsTheEmptyValue() {
        assertThat(LabelSelector.parse("a in ()").matches(java.util.Map.of("a", ""))).isTrue();
        assertThat(LabelSelector.parse("a in ()").matches(java.util.Map.of("a", "b"))).isFalse();
    }

    @Test
    void refusesBadKeysAndValues() {
        assertThatThrownBy(() -> LabelSelector.parse("-a=b")).hasMessageStartingWith(
                "unable to parse requirement: <nil>: Invalid value: \"-a\": name part must consist of");
        assertThatThrownBy(() -> LabelSelector.parse("a/b/c")).hasMessageContaining("a valid label key must consist");
        assertThatThrownBy(() -> LabelSelector.parse("a=b/c")).hasMessageContaining("a valid label must be");
        assertThatThrownBy(() -> LabelSelector.parse("a>x")).hasMessageContaining("the value must be an integer");
    }

    @Test
    void readsTheObjectForm() {
        LabelSelector selector = LabelSelector.of(Json.parse("""
                {"matchLabels":{"app":"web"},"matchExpressions":[
                 {"key":"tier","operator":"In","values":["b","a"]},{"key":"old","operator":"DoesNotExist"}]}"""
                .getBytes(StandardCharsets.UTF_8)));
        assertThat(selector).hasToString("app=web,!old,tier in (a,b)");
        assertThat(selector.matches(Map.of("app", "web", "tier", "a"))).isTrue();
        assertThat(selector.matches(Map.of("app", "web", "tier", "a", "old", "1"))).isFalse();
        assertThat(LabelSelector.of(Json.object()).isEmpty()).isTrue();
        assertThat(LabelSelector.of(Json.object().path("absent")).matches(Map.of())).isFalse();
    }
}
