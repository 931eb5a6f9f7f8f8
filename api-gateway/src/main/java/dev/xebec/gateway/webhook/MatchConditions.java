package dev.xebec.gateway.webhook;

import com.fasterxml.jackson.databind.JsonNode;

/** Expressions that all have to hold for a webhook to be asked. */
record MatchConditions(boolean none, boolean ignoresFailure) {
    static MatchConditions of(JsonNode conditions, boolean ignoresFailure) {
        return new MatchConditions(conditions.isEmpty(), ignoresFailure);
    }

    boolean hold(Invocation invocation, Attributes asked, Versions versions) {
        return true;
    }
}
