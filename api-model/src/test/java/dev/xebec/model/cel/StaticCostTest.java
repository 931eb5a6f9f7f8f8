package dev.xebec.model.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.model.custom.Definitions;
import dev.xebec.model.structural.StructuralReader;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rules can cost, where kube-apiserver's own tests say what it estimates. */
class StaticCostTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "{type: object, additionalProperties: {type: number}}; self.all(x, true); 1348169",
            "{type: object, maxProperties: 10, additionalProperties: {type: number}}; self.all(x, true); 32",
            "{type: object, additionalProperties: {type: string}}; self.all(x, true); 1179647",
            "{type: object, additionalProperties: {type: boolean}}; self.all(x, true); 943718",
            "{type: object, additionalProperties: {type: string, format: date}}; self.all(x, true); 524288",
            "{type: object, additionalProperties: {type: string, format: date-time}}; self.all(x, true); 349526",
            "{type: object, additionalProperties: {type: string, format: duration}}; self.all(x, true); 1048577",
            "{type: object, additionalProperties: {x-kubernetes-int-or-string: true}}; self.all(x, true); 1348169",
            "{type: string}; self.contains('test'); 314574", "{type: string, maxLength: 10}; self.contains('test'); 5",
            "{type: string}; self.startsWith('test'); 2",
            "{type: string}; size(self + 'hello') > size('hello'); 314578",
            "{type: string, maxLength: 4}; size(self + 'hello') > size('hello'); 7",
            "{type: array, items: {type: number}}; self[1] == 0.0; 2",
            "{type: array, items: {type: string}}; self[1] == self[1]; 314577",
            "{type: array, maxItems: 10, items: {type: number}}; self.all(x, self.all(y, true)); 352",
            "{type: array, maxItems: 10, items: {type: number}}; self.all(x, self.all(y, self.all(z, true))); 3552",
            "{type: string}; self.matches('x'); 314574", "{type: string, maxLength: 50}; self.matches('x'); 22",
            "{type: string}; ''.matches('(((((((((())))))))))[0-9]'); 7", "{type: string}; self.matches(''); 1",
            "{type: string, maxLength: 0}; self == 'x'; 1", "{type: string}; self == 'x'; 2",
            "{type: array, items: {type: number}}; self.all(x, x == 0.0); 6291454",
            "{type: array, items: {x-kubernetes-int-or-string: true}}; self.all(x, true); 4718591",
            "{type: array, items: {x-kubernetes-int-or-string: true}}; self[0] == 5; 3",
            "{type: array, items: {type: boolean}}; self[0] == false; 2",
            "{type: array, items: {type: array, items: {type: number}}}; self[0][0] == -1.0; 3",
            "{type: array, maxItems: 12, items: {type: object, additionalProperties: {type: number}}}; self.all(x, x.y == 25.2); 74",
            "{type: array, items: {type: object, additionalProperties: {type: number}}}; self[0].x > 2.0; 4",
            "{type: array, items: {type: string, format: duration}}; self[0].getHours() == 2; 4",
            "{type: string}; self.find('[0-9]+') == ''; 629147",
            "{type: string, maxLength: 10}; self.find('[0-9]+') == ''; 11",
            "{type: array, maxItems: 10, items: {type: string, maxLength: 10}}; self.join(' ') == 'aa bb'; 43",
            "{type: array, maxItems: 10, items: {type: string, maxLength: 10}}; self.isSorted() == true; 52",
            "{type: object, properties: {str: {type: string, maxLength: 4}, before: {type: string, maxLength: 2}, after: {type: string, maxLength: 4}}}; self.str.replace(self.before, self.after) == 'does not matter'; 12",
            "{type: object, properties: {str: {type: string}, separator: {type: string}}}; self.str.split(self.separator) == []; 629160",
            "{type: string}; self.lowerAscii() == 'lower!'; 314575",
            "{type: object, additionalProperties: {type: integer}}; oldSelf.size() == self.size(); 5",
            "{type: object, additionalProperties: {type: string, format: date-time}}; self['a'] == self['b']; 8",
            "{type: object, additionalProperties: {type: string, format: duration}}; self['c'] == self['d']; 8",
            "{type: string, enum: [A, B, C, LongValue]}; self.contains('A'); 2"}, quoteCharacter = '`')
    void estimatesAsUpstream(String schema, String rule, long cost) {
        com.fasterxml.jackson.databind.node.ObjectNode node = Definitions.yaml(schema);
        node.putArray("x-kubernetes-validations").addObject().put("rule", rule);
        List<RuleCompilation> compiled = RuleCompilation.of(StructuralReader.read(node), false, 1);
        assertThat(compiled).singleElement().satisfies(one -> {
            assertThat(one.error()).isEmpty();
            assertThat(one.cost()).isEqualTo(cost);
        });
    }
}
