package dev.xebec.events.trigger.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Messages and triggers for tables. */
final class Samples {
    private Samples() {}

    /** @param headers name, value, name, value, … */
    static Message message(String value, String... headers) {
        List<Message.Header> list = new ArrayList<>();
        for (int i = 0; i < headers.length; i += 2) {
            list.add(new Message.Header(headers[i], Bytes.utf8(headers[i + 1])));
        }
        return new Message("orders", 2, 77, 1_000, Bytes.utf8("key"), list,
                value == null ? null : Bytes.utf8(value));
    }

    static Message binary(String data) {
        return message(data, "ce_specversion", "1.0", "ce_id", "e-1", "ce_source", "/shop", "ce_type", "order.placed",
                "ce_tenant", "blue", "content-type", "application/json");
    }

    /** @param spec of the Job, in JSON with ' for " */
    static ApiObject trigger(String filter, String spec) {
        ObjectNode trigger = Json.object().put("apiVersion", "events.xebec.dev/v1alpha1").put("kind", "EventTrigger");
        trigger.putObject("metadata").put("name", "orders").put("namespace", "shop").put("uid", "u-1").put("generation",
                3);
        ObjectNode template = trigger.putObject("spec").put("topic", "orders").put("filter", filter)
                .putObject("jobTemplate");
        template.set("spec", Json.parse(spec.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        return ApiObject.of(trigger);
    }

    /** A spec of one field with this text. */
    static String field(String text) {
        return "{'x':" + Json.MAPPER.valueToTree(text).toString().replace("'", "\\u0027") + "}";
    }

    static Trigger compiled(String filter, String spec) {
        return switch (Trigger.compile(trigger(filter, spec))) {
            case Trigger.Compiled.Ready ready -> ready.trigger();
            case Trigger.Compiled.Refused refused -> throw new AssertionError(refused.message());
        };
    }
}
