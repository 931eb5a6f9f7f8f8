package dev.xebec.model.defaulting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rules of {@code defaults.rules}, whose head explains how they are written. Read once. */
final class RuleFile {
    static final Map<String, List<Rule>> RULES = read();

    private RuleFile() {}

    private static Map<String, List<Rule>> read() {
        try (InputStream file = Objects.requireNonNull(RuleFile.class.getResourceAsStream("defaults.rules"))) {
            Map<String, List<Rule>> rules = new HashMap<>();
            new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().map(String::strip)
                    .filter(line -> !line.isEmpty() && line.charAt(0) != '#').forEach(line -> {
                        String[] parts = line.split(" ", 2);
                        rules.computeIfAbsent(parts[0], type -> new ArrayList<>()).add(parse(parts[1]));
                    });
            return Map.copyOf(rules);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Rule parse(String text) {
        if (text.startsWith("fn:")) {
            return ComputedDefaults.named(text.substring(3));
        }
        String[] assignment = text.split(" := ", 2);
        String[] value = assignment[1].split(" when ", 2);
        JsonNode json = Json.parse(value[0].getBytes(StandardCharsets.UTF_8));
        List<Condition> conditions = value.length == 1
                ? List.of()
                : List.of(value[1].split(" & ")).stream().map(Condition::parse).toList();
        return new Assignment(List.of(assignment[0].split("\\.")), json, conditions);
    }

    /** An empty word is as good as none where the default is a word. */
    static boolean isUnset(@Nullable JsonNode now, JsonNode value) {
        return now == null || now.isNull() || (now.isTextual() && now.asText().isEmpty() && value.isTextual());
    }

    /** A value for a path, where all conditions hold and nothing is there. */
    private record Assignment(List<String> path, JsonNode value, List<Condition> conditions) implements Rule {

        @Override
        public void apply(ObjectNode target) {
            for (Condition condition : conditions) {
                if (!condition.holds(target)) {
                    return;
                }
            }
            ObjectNode parent = target;
            for (String step : path.subList(0, path.size() - 1)) {
                boolean optional = step.endsWith("?");
                String field = optional ? step.substring(0, step.length() - 1) : step;
                JsonNode next = parent.get(field);
                if (next == null || next.isNull()) {
                    if (optional) {
                        return;
                    }
                    parent = parent.putObject(field);
                } else if (next instanceof ObjectNode object) {
                    parent = object;
                } else {
                    return;
                }
            }
            String last = path.get(path.size() - 1);
            if (isUnset(parent.get(last), value)) {
                parent.set(last, value.isContainerNode() ? value.deepCopy() : value);
            }
        }
    }

    /** @param text what the field has to be; empty for any */
    private record Condition(List<String> path, boolean present, String text) {

        static Condition parse(String text) {
            boolean absent = text.startsWith("!");
            String[] parts = text.substring(absent ? 1 : 0).split("=", 2);
            return new Condition(List.of(parts[0].split("\\.")), !absent, parts.length == 2 ? parts[1] : "");
        }

        boolean holds(ObjectNode target) {
            JsonNode value = target;
            for (String field : path) {
                value = value.path(field);
            }
            boolean there = !value.isMissingNode() && !value.isNull() && !(value.isArray() && value.isEmpty());
            return there == present && (text.isEmpty() || value.asText().equals(text));
        }
    }
}
