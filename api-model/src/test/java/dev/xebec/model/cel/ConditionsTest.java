package dev.xebec.model.cel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.cel.Conditions.Source;
import dev.xebec.model.cel.Conditions.Verdict;
import dev.xebec.model.custom.Definitions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionsTest {
    private static final ObjectNode OBJECT = Definitions.yaml("""
            metadata: {name: a, labels: {app: web}}
            spec: {replicas: 3, ratio: 0.5, image: 'r.io/x:v1.2.3', ports: [80, 443], when: '2026-01-02T03:04:05Z'}
            """);
    private static final ObjectNode REQUEST = Definitions
            .yaml("{operation: CREATE, userInfo: {username: jane, groups: [a, b]}}");

    private static Verdict verdict(String... expressions) {
        List<Source> sources = java.util.Arrays.stream(expressions).map(one -> new Source(one, one)).toList();
        return Conditions.compile(sources).evaluate(OBJECT, null, REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"object.spec.replicas == 3", "object.spec.ratio < 1", "has(object.metadata.labels.app)",
            "!has(object.metadata.annotations)", "oldObject == null", "request.userInfo.groups.exists(g, g == 'b')",
            "request.operation == 'CREATE' || object.nothing.here", "object.spec.ports.sum() == 523",
            "object.spec.ports.isSorted() && object.spec.ports.max() == 443", "object.spec.ports.indexOf(443) == 1",
            "object.spec.image.find('v[0-9.]+') == 'v1.2.3'", "object.spec.image.matches('^r[.]io/')",
            "'a1b22'.findAll('[0-9]+') == ['1', '22']", "'a1b22'.findAll('[0-9]+', 1) == ['1']",
            "quantity('1.5Gi').isGreaterThan(quantity('1G'))", "quantity('50k').add(20) == quantity('50020')",
            "quantity('2').asInteger() == 2 && !isQuantity('200K')", "sign(quantity('-1')) == -1",
            "ip('10.0.0.1').family() == 4 && isIP('::1') && !isIP('1.2.3')",
            "cidr('10.0.0.0/8').containsIP('10.1.2.3') && !cidr('10.0.0.0/8').containsIP(ip('11.0.0.1'))",
            "cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16') && cidr('10.1.2.3/8').masked() == cidr('10.0.0.0/8')",
            "ip.isCanonical('2001:db8::abcd') && !ip.isCanonical('2001:DB8::ABCD')",
            "string(ip('2001:db8:0:0::1')) == '2001:db8::1'", "cidr('10.0.0.0/8').prefixLength() == 8",
            "url('https://a.b:8443/p/q?x=1&x=2').getPort() == '8443'",
            "url('https://a.b:8443/p/q?x=1&x=2').getQuery()['x'] == ['1', '2']", "isURL('/x') && !isURL('x y')",
            "semver('1.2.3').isLessThan(semver('1.10.0')) && isSemver('v1.0', true) && !isSemver('v1.0')",
            "semver('1.0.0-alpha.1').compareTo(semver('1.0.0')) == -1 && semver('v2.1', true).minor() == 1",
            "format.dns1123Label().validate('my-name') == optional.none()",
            "format.named('uuid').value().validate('x').value() == ['does not match the UUID format']",
            "sets.contains([1, 2, 3], [2]) && sets.intersects([1], [1, 2]) && sets.equivalent([1, 2], [2, 1])",
            "'%s-%d-%.2f'.format(['a', 3, 1.5]) == 'a-3-1.50'", "'a,b'.split(',').join('-') == 'a-b'",
            "'aXbX'.replace('X', '-') == 'a-b-' && ' x '.trim() == 'x' && 'AbC'.lowerAscii() == 'abc'",
            "'hello'.indexOf('l') == 2 && 'hello'.lastIndexOf('l') == 3 && 'hello'.substring(1, 3) == 'el'",
            "object.?spec.?missing.orValue('d') == 'd'", "object.metadata.labels[?'app'].hasValue()",
            "object.metadata.labels.all(k, v, k == 'app' && v == 'web')",
            "object.spec.ports.transformList(i, v, v + i) == [80, 444]",
            "timestamp(object.spec.when).getFullYear() == 2026 && duration('90s') == duration('1m30s')",
            "strings.quote('a') == '\"a\"'", "1 < 1.5 && 2 in [1, 2] && type(1) == int"})
    void matches(String expression) {
        assertThat(verdict(expression)).isEqualTo(new Verdict.Matched());
    }

    @Test
    void oneThatIsFalseDecidesWhateverFails() {
        assertThat(verdict("object.spec.missing == 1", "object.spec.replicas == 4"))
                .isEqualTo(new Verdict.NotMatched("object.spec.replicas == 4"));
        assertThat(verdict("object.spec.missing == 1", "true")).isEqualTo(new Verdict.Failed(
                List.of("expression 'object.spec.missing == 1' resulted in error: no such key: missing")));
        assertThat(verdict("1 / (object.spec.replicas - 3) == 1")).isEqualTo(new Verdict.Failed(List
                .of("expression '1 / (object.spec.replicas - 3) == 1' resulted in error: division by zero")));
        assertThat(verdict("object.spec.ports[7] == 1")).isEqualTo(new Verdict.Failed(
                List.of("expression 'object.spec.ports[7] == 1' resulted in error: index out of bounds: 7")));
    }

    @Test
    void refusesWhatDoesNotCompileOrIsNoTruth() {
        List<Conditions.CompileError> errors = Conditions.check(
                List.of(new Source("a", "object.x =="), new Source("b", "'text'"), new Source("c", "true"),
                        new Source("d", "unknown.x"), new Source("e", "(".repeat(5_000) + ")".repeat(5_000))));
        assertThat(errors).extracting(Conditions.CompileError::index).containsExactly(0, 1, 3, 4);
        assertThat(errors.get(1).message()).isEqualTo("must evaluate to bool but got string");
        assertThat(errors.get(2).message()).contains("undeclared reference to 'unknown'");
    }

    /** A webhook whose condition asks for it would never be called, or for every write. */
    @Test
    void knowsWhatARequestHas() {
        assertThat(Conditions.check(List.of(new Source("a", "request.uid != ''"),
                new Source("b", "request.kind.knd == 'Pod'"), new Source("c", "request.userInfo.groups == 1"),
                new Source("d", "request.options.fieldManager == 'x' && request.userInfo.extra['k'][0] == 'v'"),
                new Source("e", "request.dryRun"), new Source("f", "has(request.subResource)"))))
                .extracting(Conditions.CompileError::index).containsExactly(0, 1, 2);
        assertThat(Conditions.check(List.of(new Source("a", "request.uid != ''"))).get(0).message()).isEqualTo(
                "compilation failed: ERROR: <input>:1:8: undefined field 'uid'\n | request.uid != ''\n | .......^");
        assertThat(verdict("has(request.subResource) || request.operation != ''", "!has(request.dryRun)"))
                .isNotInstanceOf(Verdict.Failed.class);
    }

    @Test
    void stopsWhatCostsTooMuch() {
        ObjectNode object = Definitions.json("{\"l\":[]}");
        for (int at = 0; at < 2_000; at++) {
            object.withArray("l").add(at);
        }
        Conditions costly = Conditions.compile(
                List.of(new Source("x", "object.l.all(a, object.l.all(b, object.l.all(c, a + b + c >= 0)))")));
        assertThat(costly.evaluate(object, null, REQUEST)).isInstanceOfSatisfying(Verdict.Failed.class,
                failed -> assertThat(failed.errors().get(0)).contains("actual cost limit exceeded"));
        Conditions large = Conditions.compile(List.of(new Source("x",
                "object.t.replace('', object.t).replace('', object.t).size() > 0")));
        assertThat(large.evaluate(Definitions.json("{\"t\":\"" + "x".repeat(10_000) + "\"}"), null, REQUEST))
                .isInstanceOf(Verdict.Failed.class);
        Conditions pattern = Conditions.compile(List.of(new Source("x", "'a'.matches(object.p)")));
        assertThat(pattern.evaluate(Definitions.json("{\"p\":\"((a{1000}){1000}){1000}\"}"), null, REQUEST))
                .isInstanceOf(Verdict.Failed.class);
    }
}
