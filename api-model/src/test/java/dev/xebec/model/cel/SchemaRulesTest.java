package dev.xebec.model.cel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.custom.Definitions;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.validation.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Rules of schemas, in the words of kube-apiserver. */
class SchemaRulesTest {

    private static List<String> create(Kind kind, String spec) {
        return Validation.create(kind, Definitions.object(spec)).stream().map(FieldError::toString).toList();
    }

    private static List<String> update(Kind kind, String now, String before) {
        return Validation.update(kind, Definitions.object(now), Definitions.object(before)).stream()
                .map(FieldError::toString).toList();
    }

    @Test
    void ruleThatIsFalseIsNamedByItselfOrItsMessage() {
        Kind kind = Definitions.kindWithSpec("""
                type: object
                x-kubernetes-validations:
                - {rule: self.min <= self.max}
                properties:
                  min: {type: integer}
                  max: {type: integer, x-kubernetes-validations: [{rule: self < 10, message: too large}]}
                """);
        assertThat(create(kind, "{min: 1, max: 2}")).isEmpty();
        assertThat(create(kind, "{min: 3, max: 2}"))
                .containsExactly("spec: Invalid value: failed rule: self.min <= self.max");
        assertThat(create(kind, "{min: 3, max: 12}")).containsExactly("spec.max: Invalid value: 12: too large");
        assertThat(create(kind, "{max: 2}"))
                .containsExactly(
                        "spec: Invalid value: \"object\": no such key: min evaluating rule: self.min <= self.max");
    }

    @Test
    void whatWasFalseBeforeIsLetBeAndTold() {
        Kind kind = Definitions.kindWithSpec("""
                type: object
                properties:
                  a: {type: integer, x-kubernetes-validations: [{rule: self != 50, message: not fifty}]}
                  b: {type: string}
                """);
        List<String> told = new ArrayList<>();
        assertThat(Validation.updateSubresource(kind, "", Definitions.object("{a: 50, b: x}"),
                Definitions.object("{a: 50}"), told::add)).isEmpty();
        assertThat(told).containsExactly("spec.a: Invalid value: 50: not fifty");
    }

    @Test
    void theOrderOfAListOfTypeMapIsNoChange() {
        Kind kind = Definitions.kindWithSpec("""
                type: object
                required: [w]
                properties:
                  l: {type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k], items: {type: object,
                    required: [k], properties: {k: {type: string}}}}
                  p: {type: array, items: {type: string, maxLength: 1}}
                """);
        assertThat(update(kind, "{l: [{k: b}, {k: a}]}", "{l: [{k: a}, {k: b}]}")).isEmpty();
        assertThat(update(kind, "{w: x, p: [aa, b]}", "{w: x, p: [aa]}"))
                .containsExactly("spec.p[0]: Too long: may not be more than 1 byte");
        assertThat(update(kind, "{w: x, p: [aa], q: 1}", "{w: x, p: [aa]}")).isEmpty();
    }

    @Test
    void listsAreCutSortedAndMadeDistinct() {
        Kind kind = Definitions.kindWithSpec(
                """
                        type: object
                        x-kubernetes-validations:
                        - {rule: 'self.l.distinct().size() == self.l.size()', message: twice}
                        - {rule: 'self.l.sort() == self.l && self.l.slice(0, 1).size() == 1 && lists.range(2).reverse() == [1, 0]',
                          message: unsorted}
                        properties: {l: {type: array, maxItems: 5, items: {type: string, maxLength: 5}}}
                        """);
        assertThat(create(kind, "{l: [a, b]}")).isEmpty();
        assertThat(create(kind, "{l: [a, a]}")).containsExactly("spec: Invalid value: twice");
        assertThat(create(kind, "{l: [b, a]}")).containsExactly("spec: Invalid value: unsorted");
    }

    @Test
    void reasonPathAndMessageExpression() {
        Kind kind = Definitions.kindWithSpec("""
                type: object
                x-kubernetes-validations:
                - {rule: self.a != 'x', reason: FieldValueForbidden, fieldPath: .a, messageExpression: "'no ' + self.a"}
                - {rule: self.a != 'y', reason: FieldValueRequired, message: wanted, messageExpression: "string(1/0)"}
                - {rule: self.a != 'z', reason: FieldValueDuplicate}
                properties: {a: {type: string}}
                """);
        assertThat(create(kind, "{a: x}")).containsExactly("spec.a: Forbidden: no x");
        assertThat(create(kind, "{a: y}")).containsExactly("spec: Required value: wanted");
        assertThat(create(kind, "{a: z}")).hasSize(1).first().asString().startsWith("spec: Duplicate value");
    }

    @Test
    void rulesAboutChangesAreAskedWhereSomethingChanged() {
        Kind kind = Definitions.kindWithSpec("""
                type: object
                properties:
                  fixed: {type: string, x-kubernetes-validations: [{rule: self == oldSelf, message: is immutable}]}
                  grows:
                    type: integer
                    x-kubernetes-validations:
                    - {rule: "!oldSelf.hasValue() || self >= oldSelf.value()", optionalOldSelf: true}
                    - {rule: "oldSelf.hasValue() || self == 1", optionalOldSelf: true, message: starts at 1}
                  list:
                    type: array
                    x-kubernetes-list-type: map
                    x-kubernetes-list-map-keys: [k]
                    items:
                      type: object
                      required: [k]
                      properties: {k: {type: string}, v: {type: integer}}
                      x-kubernetes-validations: [{rule: self.v >= oldSelf.v, message: must not shrink}]
                """);
        assertThat(create(kind, "{fixed: a, grows: 1}")).isEmpty();
        assertThat(create(kind, "{grows: 2}")).containsExactly("spec.grows: Invalid value: 2: starts at 1");
        assertThat(update(kind, "{fixed: b}", "{fixed: a}"))
                .containsExactly("spec.fixed: Invalid value: \"b\": is immutable");
        assertThat(update(kind, "{fixed: b}", "{}")).isEmpty();
        assertThat(update(kind, "{grows: 3}", "{grows: 4}")).hasSize(1);
        assertThat(update(kind, "{list: [{k: b, v: 1}, {k: a, v: 1}]}", "{list: [{k: a, v: 2}]}"))
                .containsExactly("spec.list[1]: Invalid value: must not shrink");
    }

    @Test
    void whatBrokeARuleBeforeAndHasNotChangedIsLetBe() {
        Kind kind = Definitions.kindWithSpec("""
                type: object
                properties:
                  a: {type: integer, x-kubernetes-validations: [{rule: self < 3}]}
                  b: {type: integer}
                """);
        assertThat(update(kind, "{a: 5, b: 1}", "{a: 5, b: 2}")).isEmpty();
        assertThat(update(kind, "{a: 6}", "{a: 5}")).hasSize(1);
    }

    @Test
    void namesThatCelCannotSayAreEscaped() {
        Kind kind = Definitions.kindWithSpec(
                """
                        type: object
                        x-kubernetes-validations:
                        - {rule: "self.a__dash__b == 1 && self.__namespace__ == 'n' && self.x__underscores__y && has(self.p__dot__q)"}
                        properties: {a-b: {type: integer}, namespace: {type: string}, x__y: {type: boolean}, p.q: {type: string}}
                        """);
        assertThat(create(kind, "{a-b: 1, namespace: n, x__y: true, p.q: ''}")).isEmpty();
        assertThat(create(kind, "{a-b: 2, namespace: n, x__y: true, p.q: ''}")).hasSize(1);
    }

    @Test
    void formatsAndAnythingTypesAreSeenAsWhatTheyAre() {
        Kind kind = Definitions.kindWithSpec("""
                type: object
                x-kubernetes-validations:
                - {rule: "self.t > timestamp('2020-01-01T00:00:00Z') && self.d < duration('1h') && self.b == b'hi'"}
                - {rule: "type(self.i) == string ? self.i == '50%' : self.i == 5"}
                - {rule: "self.m.all(k, self.m[k] > 0) && self.l.exists_one(e, e == 'a') && self.n == 2.0"}
                properties:
                  t: {type: string, format: date-time}
                  d: {type: string, format: duration}
                  b: {type: string, format: byte}
                  i: {x-kubernetes-int-or-string: true}
                  m: {type: object, additionalProperties: {type: integer}}
                  l: {type: array, items: {type: string}}
                  n: {type: number}
                """);
        assertThat(create(kind,
                "{t: '2026-01-02T00:00:00Z', d: 5m, b: aGk=, i: 50%, m: {x: 1}, l: [a, b], n: 2}")).isEmpty();
        assertThat(create(kind, "{t: '2026-01-02T00:00:00Z', d: 5m, b: aGk=, i: 5, m: {x: 1}, l: [a, b], n: 2}"))
                .isEmpty();
    }

    @Test
    void rulesAreNotAskedOfWhatIsOtherwiseBroken() {
        Kind kind = Definitions.kindWithSpec("{type: object, required: [a], properties: {a: {type: integer}}, "
                + "x-kubernetes-validations: [{rule: self.a == 1}]}");
        assertThat(create(kind, "{}")).containsExactly("spec.a: Required value",
                "<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; "
                        + "correct the existing errors to complete validation");
    }

    @Test
    void rulesThatCostTooMuchAreStopped() {
        Kind kind = Definitions.kindWithSpec("{type: object, properties: {l: {type: array, items: {type: integer}}}, "
                + "x-kubernetes-validations: [{rule: 'self.l.all(a, self.l.all(b, self.l.all(c, a + b + c >= 0)))'}]}");
        ObjectNode object = Definitions.object("{l: []}");
        for (int at = 0; at < 3_000; at++) {
            object.withObject("spec").withArray("l").add(at);
        }
        assertThat(Validation.create(kind, object)).extracting(FieldError::toString).containsExactly(
                "spec: Invalid value: \"object\": 'operation cancelled: actual cost limit exceeded': no further validation "
                        + "rules will be run due to call cost exceeds limit for rule: self.l.all(a, self.l.all(b, "
                        + "self.l.all(c, a + b + c >= 0)))");
    }

    @Test
    void manyThreadsAskAtOnce() throws Exception {
        Kind kind = Definitions.kindWithSpec("{type: object, properties: {a: {type: integer}}, "
                + "x-kubernetes-validations: [{rule: self.a % 2 == 0}]}");
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Integer>> asks = new java.util.ArrayList<>();
            for (int at = 0; at < 400; at++) {
                int value = at;
                asks.add(() -> create(kind, "{a: " + value + "}").size());
            }
            List<Future<Integer>> answers = threads.invokeAll(asks);
            for (int at = 0; at < answers.size(); at++) {
                assertThat(answers.get(at).get()).isEqualTo(at % 2);
            }
        }
    }

    @Test
    void wholeObjectsShowTheirNames() {
        ObjectNode schema = Definitions.yaml("{type: object, properties: {spec: {type: object}}, "
                + "x-kubernetes-validations: [{rule: \"self.metadata.name == 'a' && self.kind == 'Ship'\"}]}");
        Kind kind = dev.xebec.model.custom.CustomResourceKinds.of(Definitions.ship(schema)).get(0);
        assertThat(create(kind, "{}")).isEmpty();
        ObjectNode other = Definitions.object("{}");
        other.withObject("metadata").put("name", "b");
        assertThat(Validation.create(kind, other)).extracting(FieldError::toString).containsExactly(
                "<nil>: Invalid value: failed rule: self.metadata.name == 'a' && self.kind == 'Ship'");
    }
}
