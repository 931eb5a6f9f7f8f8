package dev.xebec.model.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.defaulting.Defaulting;
import dev.xebec.model.facts.MinimalObjects;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.strategy.Strategy;
import dev.xebec.model.yaml.YamlDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What is refused and in which words, case by case, from the files {@code *.cases}: a line {@code VERB KIND: PATCH} where
 * the patch is laid over the kind's minimal object (of an update the old object's patch, then {@code ->}, then the new one's),
 * and indented below it the errors, in any order; one that ends with "…" is only a beginning.
 */
class RuleCasesTest {
    private static final List<String> FILES = List.of("pods.cases", "workloads.cases", "services.cases",
            "storage.cases", "cluster.cases", "metadata.cases", "admission.cases", "devices.cases",
            "flowcontrol.cases", "policies.cases", "quotas.cases");

    private record Case(String verb, String kind, String patch, List<String> errors) {}

    @TestFactory
    List<DynamicTest> whatIsWrongIsSaidInKubernetesWords() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String file : FILES) {
            try (InputStream in = Objects.requireNonNull(RuleCasesTest.class.getResourceAsStream(file), file)) {
                for (Case one : cases(new String(in.readAllBytes(), StandardCharsets.UTF_8))) {
                    tests.add(DynamicTest.dynamicTest(one.verb() + " " + one.kind() + " " + one.patch(),
                            () -> check(one)));
                }
            }
        }
        return tests;
    }

    private static List<Case> cases(String text) {
        List<Case> cases = new ArrayList<>();
        for (String line : text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList()) {
            if (line.startsWith("  ")) {
                cases.get(cases.size() - 1).errors().add(line.strip());
            } else {
                String[] parts = line.split("[ :]+", 3);
                cases.add(new Case(parts[0], parts[1], parts[2], new ArrayList<>()));
            }
        }
        return cases;
    }

    private static void check(Case one) {
        String[] patches = one.patch().split(" -> ");
        ObjectNode object = object(one.kind(), patches[0]);
        Kind kind = MinimalObjects.kindOf(object);
        List<FieldError> errors = new ArrayList<>();
        if (one.verb().equals("create")) {
            Strategy.of(kind).prepareCreate(object);
            errors.addAll(Validation.create(kind, object));
        } else {
            ObjectNode now = object(one.kind(), patches[1]);
            Strategy.of(kind).prepareCreate(object);
            if (one.kind().equals("Job")) {
                // Whoever changes a Job repeats the labels that were generated.
                Strategy.of(kind).prepareCreate(now);
            }
            ObjectNode status = object.path("status").isObject() ? (ObjectNode) object.path("status") : null;
            if (status != null) {
                now.set("status", status.deepCopy());
            }
            switch (one.verb()) {
                case "update" -> {
                    Strategy.of(kind).prepareUpdate(now, object);
                    errors.addAll(Validation.update(kind, now, object));
                }
                case "status" -> {
                    now = object(one.kind(), patches[1]);
                    object = object(one.kind(), patches[0]);
                    errors.addAll(Validation.updateStatus(kind, now, object));
                }
                default -> errors.addAll(Validation.updateSubresource(kind, one.verb(), now, object));
            }
        }
        List<String> found = errors.stream().map(FieldError::toString).sorted().toList();
        List<String> wanted = one.errors().stream().sorted().toList();
        boolean fits = found.size() == wanted.size() && IntStream.range(0, found.size())
                .allMatch(at -> fits(found.get(at), wanted.get(at)));
        assertThat(fits).as("found\n  %s", String.join("\n  ", found)).isTrue();
    }

    private static boolean fits(String found, String wanted) {
        return wanted.endsWith("…")
                ? found.startsWith(wanted.substring(0, wanted.length() - 1))
                : found.equals(wanted);
    }

    private static ObjectNode object(String kind, String patch) {
        ObjectNode object = MinimalObjects.patched(kind, (ObjectNode) YamlDecoder
                .decode(("p: " + patch).getBytes(StandardCharsets.UTF_8)).path("p"));
        Kind served = MinimalObjects.kindOf(object);
        assertThat(Shape.wrongType(served, object)).isEmpty();
        assertThat(Shape.unknownFields(served, object)).isEmpty();
        Shape.prune(served, object);
        ((ObjectNode) object.path("metadata")).put("uid", "6f2d7b1c");
        Defaulting.apply(served, object);
        return object;
    }
}
