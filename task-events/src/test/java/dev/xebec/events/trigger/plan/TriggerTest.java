package dev.xebec.events.trigger.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TriggerTest {
    private static final String POD = "{'template':{'spec':{'restartPolicy':'Never','containers':[{'name':'a',"
            + "'command':['sh','$(HOME)','$(event.data.a)','$$(event.id)'],"
            + "'env':[{'name':'B','value':'$(event.data.a)'}],'image':'$(event.data.a)'}]}}}";

    private static ApiObject job(Trigger trigger, Message message) {
        return switch (trigger.decide(message)) {
            case Decision.Start start -> start.job();
            case Decision.Skip skip -> throw new AssertionError(skip);
            case Decision.Bury bury -> throw new AssertionError(bury);
        };
    }

    private static String filled(String text, String data) {
        Trigger trigger = Samples.compiled("", Samples.field(text));
        return job(trigger, Samples.binary(data)).spec().path("x").asText();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "$(event.id)                      | e-1",
            "a-$(event.data.o.id)-z           | a-7-z",
            "$(event.data.l[1])               | two",
            "$(event.data['odd key'])         | yes",
            "$(event.data.l)                  | [\"one\",\"two\"]",
            "$(event.tenant)                  | blue",
            "$(kafka.topic)/$(kafka.partition)/$(kafka.offset) | orders/2/77",
            "$(kafka.key)                     | key",
            "$(HOME) $$(event.id) $ $(eventual) | $(HOME) $$(event.id) $ $(eventual)",
            "$(event.data.t)                  | true"})
    void textsTakeValues(String text, String wanted) {
        assertThat(filled(text, "{\"o\":{\"id\":7},\"l\":[\"one\",\"two\"],\"odd key\":\"yes\",\"t\":true}"))
                .isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$(event.)", "$(event.a", "$(event[)", "$(event['a)", "$(event[x])", "$(event.a b)",
            "$(event[0]x)", "$(kafka..a)"})
    void placesThatCannotBeUnderstoodAreRefused(String text) {
        assertThat(Trigger.compile(Samples.trigger("", Samples.field(text))))
                .isInstanceOfSatisfying(Trigger.Compiled.Refused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo("InvalidTemplate");
                    assertThat(refused.message()).startsWith("jobTemplate.spec.x: ");
                });
    }

    @Test
    void valuesCannotReachKubernetesOwnExpansion() {
        ApiObject job = job(Samples.compiled("", POD), Samples.binary("{\"a\":\"$(PASSWORD)\"}"));
        JsonNode container = job.spec().path("template").path("spec").path("containers").get(0);
        assertThat(container.path("command").get(1).asText()).isEqualTo("$(HOME)");
        assertThat(container.path("command").get(2).asText()).isEqualTo("$$(PASSWORD)");
        assertThat(container.path("command").get(3).asText()).isEqualTo("$$(event.id)");
        assertThat(container.path("image").asText()).isEqualTo("$(PASSWORD)");
        assertThat(container.path("env").get(0).path("name").asText()).isEqualTo("XEBEC_EVENT");
        assertThat(container.path("env").get(0).path("value").asText()).contains("$$(PASSWORD)");
        assertThat(container.path("env").get(1).path("value").asText()).isEqualTo("$$(PASSWORD)");
    }

    @Test
    void valuesStayTextsWhateverTheySay() {
        String hostile = "{\"a\":\"x\\\",\\\"privileged\\\":true,\\\"y\\\":\\\"\"}";
        ApiObject job = job(Samples.compiled("", POD), Samples.binary(hostile));
        JsonNode read = Json.parse(job.toBytes());
        assertThat(read.path("spec").path("template").path("spec").path("containers").get(0).has("privileged"))
                .isFalse();
    }

    @Test
    void theWholeEventIsInTheEnvironment() {
        ApiObject job = job(Samples.compiled("", POD), Samples.binary("{\"a\":\"1\"}"));
        String event = job.spec().path("template").path("spec").path("containers").get(0).path("env").get(0)
                .path("value").asText();
        assertThat(Json.parseObject(event.getBytes(StandardCharsets.UTF_8)).path("data").path("a").asText())
                .isEqualTo("1");
    }

    @Test
    void theNameFollowsFromTriggerSourceAndId() {
        Event event = new Event(Json.object().put("id", "1").put("source", "/a"));
        String name = JobFrame.name("orders", "u", event);
        assertThat(name).matches("orders-[a-z0-9]{20}").isEqualTo(JobFrame.name("orders", "u", event));
        assertThat(name).isNotEqualTo(JobFrame.name("orders", "v", event));
        assertThat(name).isNotEqualTo(
                JobFrame.name("orders", "u", new Event(Json.object().put("id", "1").put("source", "/b"))));
        assertThat(JobFrame.name("a.b".repeat(21), "u", event)).hasSizeLessThanOrEqualTo(53)
                .matches(Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?"));
    }

    @Test
    void aJobHasItsOwnerItsMarksAndItsFinalizer() {
        ApiObject job = job(Samples.compiled("", POD), Samples.binary("{\"a\":\"1\"}"));
        assertThat(job.namespace()).isEqualTo("shop");
        assertThat(job.finalizers()).containsExactly(JobFrame.FINALIZER);
        assertThat(job.controllerOwner().orElseThrow().uid()).isEqualTo("u-1");
        assertThat(job.labels()).containsEntry(JobFrame.TRIGGER, "orders").containsEntry(JobFrame.TRIGGER_UID, "u-1");
        assertThat(job.annotations()).containsEntry(JobFrame.OFFSET, "77").containsEntry("events.xebec.dev/event-id",
                "e-1");
        assertThat(job.spec().path("ttlSecondsAfterFinished").asInt()).isEqualTo(JobFrame.TTL_SECONDS);
    }

    @Test
    void filtersSeeAttributesExtensionsDataAndPlace() {
        String filter = "event.type == 'order.placed' && event.tenant == 'blue' && event.data.total > 10 "
                + "&& kafka.partition == 2";
        assertThat(Samples.compiled(filter, POD).decide(Samples.binary("{\"total\":10.5,\"a\":\"1\"}")))
                .isInstanceOf(Decision.Start.class);
        assertThat(Samples.compiled(filter, POD).decide(Samples.binary("{\"total\":10,\"a\":\"1\"}")))
                .isInstanceOf(Decision.Skip.class);
    }

    @Test
    void whatCannotBeDecidedIsBuried() {
        assertThat(Samples.compiled("event.data.total > 10", POD).decide(Samples.binary("{}")))
                .isEqualTo(new Decision.Bury(Reason.FilterFailed, "no such key: total"));
        assertThat(Samples.compiled("event.data.a", POD).decide(Samples.binary("{\"a\":\"text\"}")))
                .isInstanceOfSatisfying(Decision.Bury.class,
                        bury -> assertThat(bury.reason()).isEqualTo(Reason.FilterFailed));
        assertThat(Samples.compiled("", POD).decide(Samples.binary("{}"))).isEqualTo(
                new Decision.Bury(Reason.TemplateFailed, "the event has no value for $(event.data.a)"));
    }

    @Test
    void aFilterThatCostsTooMuchIsEnded() {
        String filter = "event.data.l.all(a, event.data.l.all(b, event.data.l.all(c, a + b + c >= 0)))";
        String list = "{\"l\":" + Json.MAPPER.valueToTree(new int[1_000]) + "}";
        assertThat(Samples.compiled(filter, POD).decide(Samples.binary(list)))
                .isInstanceOfSatisfying(Decision.Bury.class, bury -> assertThat(bury.message()).contains("cost"));
    }

    @Test
    void aJobThatGrowsTooLargeIsBuried() {
        String places = "$(event.data.a)".repeat(20);
        Trigger trigger = Samples.compiled("", "{'x':'" + places + "'}");
        assertThat(trigger.decide(Samples.binary("{\"a\":\"" + "x".repeat(60_000) + "\"}")))
                .isInstanceOfSatisfying(Decision.Bury.class,
                        bury -> assertThat(bury.reason()).isEqualTo(Reason.JobTooLarge));
    }

    @ParameterizedTest
    @ValueSource(strings = {"event.", "1 + 1", "unknown == 1", "event.id.size()"})
    void filtersThatAreNoneAreRefused(String filter) {
        assertThat(Trigger.compile(Samples.trigger(filter, POD))).isInstanceOfSatisfying(
                Trigger.Compiled.Refused.class, refused -> assertThat(refused.reason()).isEqualTo("InvalidFilter"));
    }

    @Test
    void onlyARefusalThatNoValueCanMendBreaksATemplate() {
        Trigger trigger = Samples.compiled("", POD);
        Status base = new Status(422, "Invalid", "Job is invalid", "batch", "Job", "x", "", List.of(), 0);
        assertThat(trigger.brokenBy(base.cause("FieldValueInvalid", "no",
                "spec.template.spec.containers[0].image"))).isEmpty();
        assertThat(trigger.brokenBy(base.cause("FieldValueInvalid", "no", "spec.template.spec.containers[0].name")))
                .isEqualTo("Job is invalid");
        assertThat(trigger.brokenBy(Status.badRequest("unknown field"))).isEqualTo("unknown field");
        assertThat(trigger.brokenBy(Status.unavailable("later"))).isEmpty();
    }

    @Test
    void talliesSurviveTheirText() {
        Tally tally = new Tally(9, 1, 2, 3, 3);
        assertThat(Tally.parse(tally.toText(), Tally.NONE)).isEqualTo(tally);
        assertThat(Tally.parse("", tally)).isEqualTo(tally);
        assertThat(Tally.parse("xebec1 1 2 3 4 x", tally)).isEqualTo(tally);
    }

    @Test
    void aStatusIsWrittenOnceAndReadBack() {
        Trigger trigger = Samples.compiled("", POD);
        TreeMap<Integer, Progress.Partition> partitions = new TreeMap<>();
        partitions.put(0, new Progress.Partition(5, 2, new Tally(5, 1, 2, 1, 1)));
        partitions.put(3, new Progress.Partition(7, 1, new Tally(7, 0, 7, 0, 0)));
        java.time.Instant now = java.time.Instant.parse("2026-01-02T03:04:05Z");
        Progress progress = new Progress(partitions, now);
        var status = TriggerStatus.of(trigger.object(), trigger, Health.consuming(), progress,
                new TriggerStatus.Jobs(1, 2, 3), now);
        var shown = trigger.object().copy();
        shown.set("status", status);
        ApiObject after = ApiObject.of(shown);
        assertThat(Progress.read(after, "orders")).isEqualTo(progress);
        assertThat(Progress.read(after, "others").partitions()).isEmpty();
        assertThat(after.status().path("lag").asLong()).isEqualTo(3);
        assertThat(after.status().path("started").asLong()).isEqualTo(9);
        var again = TriggerStatus.of(after, trigger, Health.consuming(), progress, new TriggerStatus.Jobs(1, 2, 3),
                now.plusSeconds(9));
        assertThat(TriggerStatus.changes(after, again)).isFalse();
    }
}
