package dev.xebec.model.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.model.cel.PolicyExpression.Wanted;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyExpressionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "object.spec.replicas <= 5 | false | BOOL | ``", "object.spec.replicas <= params.max | true | BOOL | ``",
            "variables.limit > 3 | false | BOOL | ``", "'a' + string(object.spec.replicas) | false | TEXT | ``",
            "authorizer.group('').resource('pods').check('get').allowed() | false | BOOL | ``",
            "object.metadata.name | false | BOOL | ``", "1 + 2 | false | ANYTHING | ``",
            "namespaceObject.metadata.name == 'a' && request.operation == 'CREATE' | false | BOOL | ``",
            "1 + 2 | false | BOOL | must evaluate to bool but got int",
            "1 | false | TEXT | must evaluate to string but got int"})
    void aPolicySaysWhatItSaysOfWhatItIsGiven(String expression, boolean params, Wanted wanted, String problem) {
        assertThat(PolicyExpression.problem(expression, params, wanted)).isEqualTo(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "params.max > 1 | compilation failed: ERROR: <input>:1:1: undeclared reference to 'params' (in container '')",
            "a! | compilation failed: ERROR: <input>:1:2: Syntax error: extraneous input '!' expecting <EOF>"})
    void whatItIsNotGivenIsNotThere(String expression, String problem) {
        assertThat(PolicyExpression.problem(expression, false, Wanted.BOOL)).startsWith(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"device.driver == 'a.b' | ``",
            "device.attributes['a.b'].model == 'x' | ``",
            "device.capacity['a.b'].memory.isGreaterThan(quantity('1Gi')) | ``",
            "cel.bind(dra, device.attributes['a.b'], dra.one && dra.two) | ``", "device.allowMultipleAllocations | ``",
            "device.driver | must evaluate to bool or the unknown type, not string"})
    void aDeviceIsChosenByWhatIsSaidOfIt(String expression, String problem) {
        assertThat(DeviceExpression.problem(expression)).isEqualTo(problem);
    }
}
