package dev.xebec.scheduler.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node selector term: all its expressions hold; a term without any matches nothing.
 * Source: component-helpers {@code nodeaffinity}.
 */
record NodeTerm(List<Expression> labels, List<Expression> fields) {

    /** @param operator In, NotIn, Exists, DoesNotExist, Gt or Lt */
    record Expression(String key, String operator, List<String> values) {

        boolean matches(@Nullable String actual) {
            return switch (operator) {
                case "In" -> actual != null && values.contains(actual);
                case "NotIn" -> actual == null || !values.contains(actual);
                case "Exists" -> actual != null;
                case "DoesNotExist" -> actual == null;
                case "Gt" -> compare(actual) > 0;
                case "Lt" -> compare(actual) < 0;
                default -> false;
            };
        }

        /** 0 where either side is no integer, so that neither Gt nor Lt holds. */
        private int compare(@Nullable String actual) {
            if (actual == null || values.size() != 1) {
                return 0;
            }
            try {
                return Long.compare(Long.parseLong(actual), Long.parseLong(values.get(0)));
            } catch (NumberFormatException notANumber) {
                return 0;
            }
        }
    }

    static NodeTerm of(JsonNode term) {
        return new NodeTerm(expressions(term.path("matchExpressions")), expressions(term.path("matchFields")));
    }

    boolean matches(String nodeName, Map<String, String> nodeLabels) {
        if (labels.isEmpty() && fields.isEmpty()) {
            return false;
        }
        for (Expression expression : labels) {
            if (!expression.matches(nodeLabels.get(expression.key()))) {
                return false;
            }
        }
        for (Expression expression : fields) {
            if (!expression.key().equals("metadata.name") || !expression.matches(nodeName)) {
                return false;
            }
        }
        return true;
    }

    private static List<Expression> expressions(JsonNode list) {
        List<Expression> expressions = new ArrayList<>();
        list.forEach(one -> {
            List<String> values = new ArrayList<>();
            one.path("values").forEach(value -> values.add(value.asText()));
            expressions.add(new Expression(one.path("key").asText(""), one.path("operator").asText(""), values));
        });
        return expressions;
    }
}
