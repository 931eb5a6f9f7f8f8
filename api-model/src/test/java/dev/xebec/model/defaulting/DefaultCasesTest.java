package dev.xebec.model.defaulting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.facts.MinimalObjects;
import dev.xebec.model.validation.Shape;
import dev.xebec.model.yaml.YamlDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What each of Kubernetes' SetDefaults functions fills in, case by case, from {@code defaults.cases}. */
class DefaultCasesTest {

    private record Case(String kind, String patch, List<String> expected) {}

    @TestFactory
    List<DynamicTest> whatIsLeftOutIsFilledInAsKubernetesDoes() throws IOException {
        List<Case> cases = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(DefaultCasesTest.class.getResourceAsStream("defaults.cases"))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#")).toList()) {
                if (line.startsWith("  ")) {
                    cases.get(cases.size() - 1).expected().add(line.strip());
                } else {
                    String[] parts = line.split(": ", 2);
                    cases.add(new Case(parts[0], parts[1], new ArrayList<>()));
                }
            }
        }
        return cases.stream().map(one -> DynamicTest.dynamicTest(one.kind() + " " + one.patch(), () -> check(one)))
                .toList();
    }

    private static void check(Case one) {
        ObjectNode object = MinimalObjects.patched(one.kind(), (ObjectNode) yaml(one.patch()));
        Shape.prune(MinimalObjects.kindOf(object), object);
        Defaulting.apply(MinimalObjects.kindOf(object), object);
        for (String expected : one.expected()) {
            if (expected.endsWith(" is absent")) {
                assertThat(object.at(expected.substring(0, expected.indexOf(' '))).isMissingNode()).as(expected)
                        .isTrue();
                continue;
            }
            String[] parts = expected.split(" = ", 2);
            JsonNode wanted = yaml(parts[1]);
            JsonNode found = object.at(parts[0]);
            boolean same = found.equals((left, right) -> left.isNumber() || right.isNumber()
                    ? left.asText().compareTo(right.asText())
                    : left.equals(right) ? 0 : 1, wanted);
            assertThat(same).as("%s is %s, not %s", parts[0], found, wanted).isTrue();
        }
    }

    private static JsonNode yaml(String text) {
        return YamlDecoder.decode(("p: " + text).getBytes(StandardCharsets.UTF_8)).path("p");
    }
}
