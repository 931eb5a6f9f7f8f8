package dev.xebec.model.definition;

import dev.xebec.model.cel.CostText;
import dev.xebec.model.cel.RuleCompilation;
import dev.xebec.model.structural.FieldPath;
import dev.xebec.model.structural.Structural;
import dev.xebec.model.structural.Structural.CelRule;
import java.util.List;

/** What a rule in CEL may say beside its expression, and what is told of one that does not compile or costs too much. */
final class RuleTexts {
    private static final long LIMIT = 10_000_000;
    private static final List<String> REASONS = List.of("FieldValueDuplicate", "FieldValueForbidden",
            "FieldValueInvalid", "FieldValueRequired");

    private RuleTexts() {}

    static void check(Structural schema, String path, Problems problems) {
        for (int at = 0; at < schema.rules().size(); at++) {
            texts(schema, schema.rules().get(at), path + ".x-kubernetes-validations[" + at + "]", problems);
        }
    }

    private static void texts(Structural schema, CelRule rule, String path, Problems problems) {
        String text = rule.rule().strip();
        String message = rule.message().strip();
        if (text.isEmpty()) {
            problems.required(path + ".rule", "rule is not specified");
        } else if (!rule.message().isEmpty() && message.isEmpty()) {
            problems.invalid(path + ".message", rule.message(), "must be non-empty if specified");
        } else if (hasLineBreaks(message)) {
            problems.invalid(path + ".message", rule.message(), "must not contain line breaks");
        } else if (hasLineBreaks(text) && message.isEmpty()) {
            problems.required(path + ".message", "message must be specified if rule contains line breaks");
        }
        if (!rule.messageExpression().isEmpty() && rule.messageExpression().isBlank()) {
            problems.required(path + ".messageExpression", "messageExpression must be non-empty if specified");
        }
        if (!rule.reason().isEmpty() && !REASONS.contains(rule.reason())) {
            problems.notSupported(path + ".reason", rule.reason(), REASONS);
        }
        if (rule.fieldPath().isEmpty()) {
            return;
        }
        if (rule.fieldPath().isBlank()) {
            problems.invalid(path + ".fieldPath", rule.fieldPath(), "must be non-empty if specified");
        }
        if (hasLineBreaks(rule.fieldPath())) {
            problems.invalid(path + ".fieldPath", rule.fieldPath(), "must not contain line breaks");
        }
        if (!FieldPath.resolve(rule.fieldPath(), schema, true).error().isEmpty()) {
            problems.invalid(path + ".fieldPath", rule.fieldPath(), "must be a valid path");
        }
    }

    /**
     * @param uncorrelatable the place above that has no past; empty for none
     * @param unchanged whether the rule's cost was accepted before
     */
    static void compiled(RuleCompilation rule, String path, String uncorrelatable, boolean unchanged, TotalCost total,
            Problems problems) {
        if (!unchanged && rule.cost() > LIMIT) {
            problems.forbidden(path + ".rule", CostText.exceeded("estimated rule cost", rule.cost(), LIMIT));
        }
        total.add(path + ".rule", rule.cost());
        if (!rule.error().isEmpty()) {
            problems.invalid(path + ".rule", GoForm.rule(rule.rule()), rule.error());
            return;
        }
        if (!rule.messageError().isEmpty()) {
            problems.invalid(path + ".messageExpression", GoForm.rule(rule.rule()), rule.messageError());
        } else if (!rule.rule().messageExpression().isEmpty()) {
            if (!unchanged && rule.messageCost() > LIMIT) {
                problems.forbidden(path + ".messageExpression",
                        CostText.exceeded("estimated messageExpression cost", rule.messageCost(), LIMIT));
            }
            total.add(path + ".messageExpression", rule.messageCost());
        }
        if (rule.usesOldSelf() && !uncorrelatable.isEmpty()) {
            problems.invalid(path + ".rule", rule.rule().rule(),
                    "oldSelf cannot be used on the uncorrelatable portion of the schema within " + uncorrelatable);
        } else if (!rule.usesOldSelf() && rule.rule().optionalOldSelf() != null) {
            problems.invalid(path + ".optionalOldSelf", rule.rule().optionalOldSelf(),
                    "may not be set if oldSelf is not used in rule");
        }
    }

    private static boolean hasLineBreaks(String text) {
        return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    }
}
