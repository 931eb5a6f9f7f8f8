package dev.xebec.model.cel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.structural.OldElements;
import dev.xebec.model.structural.Structural;
import dev.xebec.model.structural.Unchanged;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a custom resource's schema, compiled once. Judges objects that are otherwise valid; rules about a change are
 * asked only where there is something that changed.
 *
 * <p>Source: apiextensions-apiserver {@code pkg/apiserver/schema/cel/validation.go}.
 */
public final class SchemaRules {
    /** Cost of all rules for one object. Source: apiserver {@code pkg/apis/cel/config.go}. */
    static final long BUDGET = 10_000_000;

    private final @Nullable RuleNode root;

    private SchemaRules(@Nullable RuleNode root) {
        this.root = root;
    }

    /** Compiles all rules; one that is refused is reported with each object. */
    public static SchemaRules of(Structural schema) {
        return new SchemaRules(RuleNode.of(schema, true));
    }

    /** The rules of a part of a schema, for a value that stands there. */
    public static SchemaRules ofPart(Structural schema) {
        return new SchemaRules(RuleNode.of(schema, false));
    }

    /**
     * @param before null for a new object
     * @param tolerated told what is wrong and is let be because it has not changed
     */
    public List<FieldError> check(JsonNode now, @Nullable JsonNode before, Consumer<FieldError> tolerated) {
        Run run = new Run(tolerated);
        if (root != null) {
            run.node(root, now, before, new Past(before, false), "");
        }
        return run.errors;
    }

    /**
     * What is known of a value's past, by which errors that are not new are let be.
     *
     * @param value what the value was; null where that cannot be told
     * @param parentSame whether what surrounds the value has not changed
     */
    private record Past(@Nullable JsonNode value, boolean parentSame) {
        boolean isSame(Structural schema, JsonNode now) {
            return value == null ? parentSame : Unchanged.is(schema, now, value);
        }

        Past below(@Nullable JsonNode child, Structural schema, JsonNode now) {
            return value == null ? this : new Past(child, Unchanged.is(schema, now, value));
        }
    }

    /** One object's way through the rules. */
    private static final class Run {
        private final List<FieldError> errors = new ArrayList<>();
        private final Consumer<FieldError> tolerated;
        private long budget = BUDGET;

        Run(Consumer<FieldError> tolerated) {
            this.tolerated = tolerated;
        }

        void node(RuleNode node, JsonNode now, @Nullable JsonNode before, Past past, String path) {
            if (now.isNull() || budget < 0) {
                return;
            }
            JsonNode old = before == null || before.isNull() ? null : before;
            if (!node.rules().isEmpty()) {
                rules(node, now, old, past, path);
            }
            if (budget < 0) {
                return;
            }
            if (now instanceof ArrayNode array && node.items() != null) {
                OldElements elements = OldElements.of(node.schema(), old);
                OldElements pasts = OldElements.of(node.schema(), past.value());
                for (int at = 0; at < array.size(); at++) {
                    JsonNode element = array.get(at);
                    node(node.items(), element, elements.of(element), past.below(pasts.of(element), node.schema(), now),
                            path + "[" + at + "]");
                }
            } else if (now instanceof ObjectNode object) {
                fields(node, object, old, past, path);
            }
        }

        private void fields(RuleNode node, ObjectNode object, @Nullable JsonNode old, Past past, String path) {
            boolean correlatable = !node.schema().x().mapType().equals("atomic");
            for (Map.Entry<String, JsonNode> entry : object.properties()) {
                String name = entry.getKey();
                JsonNode before = correlatable && old != null ? old.get(name) : null;
                JsonNode previous = past.value() == null ? null : past.value().get(name);
                RuleNode property = node.properties().get(name);
                if (property != null) {
                    node(property, entry.getValue(), before, past.below(previous, node.schema(), object),
                            path.isEmpty() ? name : path + "." + name);
                } else if (node.additional() != null && !node.schema().properties().containsKey(name)) {
                    node(node.additional(), entry.getValue(), before, past.below(previous, node.schema(), object),
                            path + "[" + name + "]");
                }
            }
        }

        private void rules(RuleNode node, JsonNode now, @Nullable JsonNode before, Past past, String path) {
            RuleEvaluation evaluation = new RuleEvaluation(node.schema(), now, before, path);
            for (CompiledRule rule : node.rules()) {
                if (budget <= 0) {
                    errors.add(evaluation.invalid("validation failed due to running out of cost budget, "
                            + "no further validation rules will be run"));
                    budget = -1;
                    return;
                }
                boolean asked = !rule.usesOldSelf() || before != null
                        || Boolean.TRUE.equals(rule.rule().optionalOldSelf());
                if (asked) {
                    RuleEvaluation.Finding finding = evaluation.evaluate(rule, budget);
                    budget = finding.budget();
                    FieldError error = finding.error();
                    if (error != null && !rule.usesOldSelf() && finding.judged()
                            && past.isSame(node.schema(), now)) {
                        tolerated.accept(error);
                    } else if (error != null) {
                        errors.add(error);
                    }
                }
                if (budget < 0) {
                    return;
                }
            }
        }
    }
}
