package dev.xebec.system.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.system.TestCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The programs of {@code src/test/go}: client-go, typed and untyped, and an operator of controller-runtime
 * with a definition and webhooks. Needs Go on the PATH and the Go module proxy.
 */
@Timeout(1800)
@ExtendWith(SharedCluster.class)
class GoClientTest {
    private static final Pattern VERDICT = Pattern.compile("(?m)^--- (PASS|FAIL|SKIP): (\\w+)");

    @TestFactory
    Stream<DynamicTest> clientGo(TestCluster cluster) throws Exception {
        return verdicts("client", cluster);
    }

    @TestFactory
    Stream<DynamicTest> controllerRuntime(TestCluster cluster) throws Exception {
        return verdicts("operator", cluster);
    }

    private static Stream<DynamicTest> verdicts(String name, TestCluster cluster) throws Exception {
        Path tests = GoPrograms.tests(name);
        GoPrograms.Ran ran = GoPrograms.run(List.of(tests.toString(), "-test.v", "-test.timeout=10m"),
                Map.of("KUBECONFIG", cluster.kubeconfig().toString()));
        List<DynamicTest> found = VERDICT.matcher(ran.output()).results().map(verdict -> verdict(verdict, ran))
                .toList();
        assertThat(found).as(ran.output()).isNotEmpty();
        DynamicTest end = DynamicTest.dynamicTest("the program ends well",
                () -> assertThat(ran.exit()).as(ran.output()).isZero());
        return Stream.concat(found.stream(), Stream.of(end));
    }

    private static DynamicTest verdict(java.util.regex.MatchResult verdict, GoPrograms.Ran ran) {
        return DynamicTest.dynamicTest(verdict.group(2),
                () -> assertThat(verdict.group(1)).as(said(verdict.group(2), ran.output())).isEqualTo("PASS"));
    }

    /** What was said from a test's beginning to the next one's. */
    private static String said(String test, String output) {
        Matcher section = Pattern.compile("=== RUN   " + test + "\\R(.*?)(?==== RUN|\\z)", Pattern.DOTALL)
                .matcher(output);
        return section.find() ? section.group(1) : output;
    }
}
