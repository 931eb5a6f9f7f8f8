package dev.xebec.server.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventLineTest {
    private static final CloudEvent FAILED = CloudEventBuilder.v1().withId("u.87").withSource(URI.create("/x"))
            .withType("dev.xebec.task.failed").withSubject("pods/default/once")
            .withTime(OffsetDateTime.parse("2026-11-23T17:07:32Z")).withExtension("namespace", "default")
            .withExtension("node", "node-0").withExtension("reason", "Error").withExtension("exitcode", "3")
            .withData("application/json", "{\"message\":\"no\\nluck\"}".getBytes(StandardCharsets.UTF_8)).build();

    @Test
    void aLineSaysWhenWhoWhatWhereAndWhy() {
        assertThat(EventLine.of(FAILED, ZoneOffset.ofHours(2))).matches(
                "2026-11-23 19:07:32 {2}pod default/once +failed +node-0 +Error, exit code 3, no luck");
    }

    @Test
    void anEventOfSomebodyElseIsALineToo() {
        CloudEvent foreign = CloudEventBuilder.v1().withId("1").withSource(URI.create("/x")).withType("hello")
                .withData("text/plain", new byte[]{1, 2}).build();
        assertThat(EventLine.of(foreign, ZoneOffset.UTC).strip()).isEqualTo("hello");
    }

    @Test
    void whatAnEventHoldsDoesNotMoveTheCursor() {
        CloudEvent nasty = CloudEventBuilder.v1(FAILED).withSubject("pods/default/\u001b[2J").withType("a.\u001b[1m")
                .withExtension("reason", "a\u001b[31m").build();
        assertThat(EventLine.of(nasty, ZoneOffset.UTC)).doesNotContain("\u001b");
    }

    @Test
    void jsonIsACloudEventALine() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EventPrinter printer = new EventPrinter(new PrintStream(out, true, StandardCharsets.UTF_8), true,
                ZoneOffset.UTC);
        assertThat(printer.print(FAILED)).isTrue();
        assertThat(out.toString(StandardCharsets.UTF_8)).hasLineCount(1).startsWith("{\"specversion\":\"1.0\"")
                .contains("\"data\":{\"message\":\"no\\nluck\"}");
    }

    @Test
    void aFilterNamesTheEndOfATypeAndTheSubject() {
        assertThat(wants("pods/default/once", "", "failed", Optional.empty())).isTrue();
        assertThat(wants("", "default", "task.failed", Optional.of(Instant.parse("2026-11-23T17:07:32Z")))).isTrue();
        assertThat(wants("", "", "dev.xebec.task.failed", Optional.empty())).isTrue();
        assertThat(wants("pods/default/on", "", "failed", Optional.empty())).isFalse();
        assertThat(wants("", "kube-system", "failed", Optional.empty())).isFalse();
        assertThat(wants("", "", "ailed", Optional.empty())).isFalse();
        assertThat(wants("", "", "failed", Optional.of(Instant.parse("2026-11-23T17:07:33Z")))).isFalse();
    }

    private static boolean wants(String subject, String namespace, String type, Optional<Instant> since) {
        return new EventFilter(subject, namespace, Set.of(type), since).wants(FAILED);
    }
}
