package dev.xebec.gateway.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.cel.Conditions;
import dev.xebec.model.cel.Conditions.Source;
import dev.xebec.model.cel.Conditions.Verdict;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Expressions that all have to hold for a webhook to be asked. What cannot be evaluated goes by the webhook's failure policy:
 * the write is refused, or the webhook is left out.
 *
 * @param compiled null for none
 *
 * <p>Source: apiserver {@code pkg/admission/plugin/webhook/matchconditions/matcher.go}.
 */
record MatchConditions(@Nullable Conditions compiled, boolean ignoresFailure) {

    /** Throws {@link IllegalArgumentException} where one does not compile. */
    static MatchConditions of(JsonNode conditions, boolean ignoresFailure) {
        List<Source> sources = new ArrayList<>(conditions.size());
        conditions.forEach(condition -> sources
                .add(new Source(condition.path("name").asText(""), condition.path("expression").asText(""))));
        return new MatchConditions(sources.isEmpty() ? null : Conditions.compile(sources), ignoresFailure);
    }

    boolean hold(Invocation invocation, Attributes asked, Versions versions) {
        if (compiled == null) {
            return true;
        }
        Verdict verdict = compiled.evaluate(shown(invocation, asked.object(), versions),
                shown(invocation, asked.oldObject(), versions), Review.request("", invocation, asked));
        return switch (verdict) {
            case Verdict.Matched matched -> true;
            case Verdict.NotMatched different -> false;
            case Verdict.Failed failed -> {
                if (ignoresFailure) {
                    yield false;
                }
                String why = failed.errors().size() == 1
                        ? failed.errors().get(0)
                        : "[" + String.join(", ", failed.errors()) + "]";
                throw new RejectedException(Status.forbidden(asked.resource(), asked.name(), why));
            }
        };
    }

    private static @Nullable ObjectNode shown(Invocation invocation, @Nullable ObjectNode object, Versions versions) {
        return object == null ? null : versions.to(invocation.kind(), object);
    }
}
