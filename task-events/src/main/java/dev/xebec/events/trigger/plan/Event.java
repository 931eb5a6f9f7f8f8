package dev.xebec.events.trigger.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A CloudEvent in the JSON format: attributes and extensions beside {@code data}, which is JSON, a text, or base64 in
 * {@code data_base64}.
 *
 * @param tree read-only
 */
public record Event(ObjectNode tree) {

    public String id() {
        return tree.path("id").asText();
    }

    public String source() {
        return tree.path("source").asText();
    }

    public String type() {
        return tree.path("type").asText();
    }
}
