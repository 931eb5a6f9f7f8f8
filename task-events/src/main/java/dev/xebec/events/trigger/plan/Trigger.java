package dev.xebec.events.trigger.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.cel.Filter;
import dev.xebec.model.cel.Filter.Compilation;
import dev.xebec.model.cel.Filter.Verdict;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.Status;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An EventTrigger, understood: what it reads, and what it makes of a message. One generation of one object; the next is
 * another Trigger.
 */
public final class Trigger {
    private static final List<String> ROOTS = List.of("event", "kafka");

    private final ApiObject object;
    private final @Nullable Filter filter;
    private final JobTemplate template;

    private Trigger(ApiObject object, @Nullable Filter filter, JobTemplate template) {
        this.object = object;
        this.filter = filter;
        this.template = template;
    }

    /** What came of reading an object. */
    public sealed interface Compiled {
        record Ready(Trigger trigger) implements Compiled {}

        /** @param reason of the condition Ready */
        record Refused(String reason, String message) implements Compiled {}
    }

    public static Compiled compile(ApiObject object) {
        Filter filter = null;
        String expression = object.spec().path("filter").asText("");
        if (!expression.isBlank()) {
            switch (Filter.compile(ROOTS, expression)) {
                case Compilation.Refused refused -> {
                    return new Compiled.Refused("InvalidFilter", "spec.filter: " + refused.message());
                }
                case Compilation.Compiled compiled -> filter = compiled.filter();
            }
        }
        try {
            ObjectNode template = object.spec().get("jobTemplate") instanceof ObjectNode written
                    ? written
                    : Json.object();
            return new Compiled.Ready(new Trigger(object, filter, JobTemplate.compile(template)));
        } catch (Placeholders.MalformedException malformed) {
            return new Compiled.Refused("InvalidTemplate", String.valueOf(malformed.getMessage()));
        }
    }

    /** As it was when it was compiled. */
    public ApiObject object() {
        return object;
    }

    public String topic() {
        return object.spec().path("topic").asText("");
    }

    public String group() {
        String named = object.spec().path("consumerGroup").asText("");
        return named.isEmpty() ? "xebec." + object.namespace() + "." + object.name() : named;
    }

    public String deadLetterTopic() {
        String named = object.spec().path("deadLetterTopic").asText("");
        return named.isEmpty() ? topic() + ".dead-letter" : named;
    }

    /** Whether what was there before the trigger is read too. */
    public boolean fromEarliest() {
        return object.spec().path("startFrom").asText("").equals("earliest");
    }

    /** Jobs that may be active at the same time. */
    public int maxConcurrency() {
        return object.spec().path("maxConcurrency").asInt(10);
    }

    public Decision decide(Message message) {
        return switch (EventReader.read(message)) {
            case EventReader.Reading.Unreadable unreadable -> new Decision.Bury(unreadable.reason(),
                    unreadable.message());
            case EventReader.Reading.Read read -> decide(read.event(), message);
        };
    }

    private Decision decide(Event event, Message message) {
        Map<String, JsonNode> values = Map.of("event", event.tree(), "kafka", message.place());
        Filter wanted = filter;
        if (wanted != null) {
            switch (wanted.evaluate(values)) {
                case Verdict.Unwanted no -> {
                    return new Decision.Skip();
                }
                case Verdict.Failed failed -> {
                    return new Decision.Bury(Reason.FilterFailed, failed.error());
                }
                case Verdict.Wanted yes -> {
                    // goes on
                }
            }
        }
        try {
            return new Decision.Start(JobFrame.job(object, template.fill(values), event, message));
        } catch (Placeholders.MissingException missing) {
            return new Decision.Bury(Reason.TemplateFailed, String.valueOf(missing.getMessage()));
        } catch (JobTemplate.TooLargeException tooLarge) {
            return new Decision.Bury(Reason.JobTooLarge, String.valueOf(tooLarge.getMessage()));
        }
    }

    /** A Job as the template makes it, with 0 for every value, to ask the API server about. */
    public ApiObject sample() {
        return ApiObject.of(JobFrame.frame(object, template.sample("0"),
                JobFrame.name(object.name(), object.uid(), new Event(Json.object()))));
    }

    /**
     * Whether a refusal of the {@link #sample} would meet every event: it is about something else than the places for
     * values. Empty where it would not.
     */
    public String brokenBy(Status refusal) {
        boolean lasting = refusal.code() == 422 || refusal.code() == 400;
        boolean aboutValues = !refusal.causes().isEmpty() && refusal.causes().stream()
                .allMatch(cause -> !cause.field().isEmpty()
                        && template.paths().stream().anyMatch(path -> path.startsWith(cause.field())));
        return lasting && !aboutValues ? refusal.message() : "";
    }
}
