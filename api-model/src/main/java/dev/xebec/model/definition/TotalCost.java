package dev.xebec.model.definition;

import dev.xebec.model.cel.CostText;
import dev.xebec.model.status.FieldError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What all rules of one schema can cost at most, and which of them cost most. */
final class TotalCost {
    private static final long LIMIT = 100_000_000;
    private static final int NAMED = 4;

    private final List<Rule> expensive = new ArrayList<>();
    private long total;

    private record Rule(String path, long cost) {}

    void add(String path, long cost) {
        total = total > Long.MAX_VALUE - cost ? Long.MAX_VALUE : total + cost;
        if (cost >= LIMIT / 100) {
            expensive.add(new Rule(path, cost));
        }
    }

    List<FieldError> errors(String schema) {
        List<FieldError> errors = new ArrayList<>();
        if (total > LIMIT) {
            expensive.sort(Comparator.comparingLong(Rule::cost).reversed());
            for (Rule rule : expensive.subList(0, Math.min(NAMED, expensive.size()))) {
                errors.add(FieldError.forbidden(rule.path(),
                        "contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema"));
            }
            errors.add(FieldError.forbidden(schema, CostText.exceeded(
                    "x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema", total, LIMIT)));
        }
        return errors;
    }
}
