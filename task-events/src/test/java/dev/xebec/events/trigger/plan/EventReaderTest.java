package dev.xebec.events.trigger.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.events.trigger.plan.EventReader.Reading;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventReaderTest {
    private static final String STRUCTURED = "application/cloudevents+json; charset=UTF-8";
    private static final String WHOLE = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\"";

    private static Event read(Message message) {
        return switch (EventReader.read(message)) {
            case Reading.Read read -> read.event();
            case Reading.Unreadable unreadable -> throw new AssertionError(unreadable);
        };
    }

    @Test
    void readsBothModes() {
        Event binary = read(Samples.binary("{\"n\":12.50}"));
        assertThat(binary.id()).isEqualTo("e-1");
        assertThat(binary.tree().path("tenant").asText()).isEqualTo("blue");
        assertThat(binary.tree().path("data").path("n").asText()).isEqualTo("12.5");
        Event structured = read(Samples.message(WHOLE + ",\"data\":{\"n\":1}}", "content-type", STRUCTURED));
        assertThat(structured.tree().path("data").path("n").asInt()).isEqualTo(1);
    }

    @Test
    void dataIsWhatItsTypeSays() {
        assertThat(read(Samples.message("a,b", "ce_specversion", "1.0", "ce_id", "1", "ce_source", "s", "ce_type", "t",
                "Content-Type", "text/csv")).tree().path("data").asText()).isEqualTo("a,b");
        assertThat(read(Samples.message("ab", "ce_specversion", "1.0", "ce_id", "1", "ce_source", "s", "ce_type", "t",
                "content-type", "application/octet-stream")).tree().path("data_base64").asText()).isEqualTo("YWI=");
        assertThat(read(Samples.message(null, "ce_specversion", "1.0", "ce_id", "1", "ce_source", "s", "ce_type", "t"))
                .tree().has("data")).isFalse();
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                Arguments.of(Samples.message("hello"), Reason.NotACloudEvent),
                Arguments.of(Samples.message(null), Reason.NotACloudEvent),
                Arguments.of(Samples.message("{}", "content-type", STRUCTURED), Reason.NotACloudEvent),
                Arguments.of(Samples.message("[]", "content-type", STRUCTURED), Reason.NotACloudEvent),
                Arguments.of(Samples.message(null, "content-type", STRUCTURED), Reason.NotACloudEvent),
                Arguments.of(Samples.message("{\"id\":", "content-type", STRUCTURED), Reason.MalformedData),
                Arguments.of(Samples.message("[" + WHOLE + "}]", "content-type",
                        "application/cloudevents-batch+json"), Reason.NotACloudEvent),
                Arguments.of(Samples.message(WHOLE + ",\"a\":{}}", "content-type", STRUCTURED), Reason.NotACloudEvent),
                Arguments.of(Samples.message(WHOLE + ",\"A\":1}", "content-type", STRUCTURED), Reason.NotACloudEvent),
                Arguments.of(Samples.message(WHOLE + ",\"time\":\"noon\"}", "content-type", STRUCTURED),
                        Reason.NotACloudEvent),
                Arguments.of(Samples.message(WHOLE + ",\"data_base64\":\"?\"}", "content-type", STRUCTURED),
                        Reason.MalformedData),
                Arguments.of(Samples.message(WHOLE + ",\"data\":1,\"data_base64\":\"\"}", "content-type", STRUCTURED),
                        Reason.NotACloudEvent),
                Arguments.of(Samples.message(WHOLE + "} {}", "content-type", STRUCTURED), Reason.MalformedData),
                Arguments.of(Samples.message("{}", "ce_specversion", "0.3", "ce_id", "1", "ce_source", "s", "ce_type",
                        "t"), Reason.NotACloudEvent),
                Arguments.of(Samples.message("{}", "ce_specversion", "1.0", "ce_id", "", "ce_source", "s", "ce_type",
                        "t"), Reason.NotACloudEvent),
                Arguments.of(Samples.message("{}", "ce_specversion", "1.0", "ce_id", "1", "ce_source", "s", "ce_type",
                        "t", "ce_data", "x"), Reason.NotACloudEvent),
                Arguments.of(Samples.binary("{\"a\":1"), Reason.MalformedData),
                Arguments.of(Samples.binary("{\"a\":" + "[".repeat(5_000)), Reason.MalformedData),
                Arguments.of(Samples.binary("\"" + "x".repeat(EventReader.MAX_EVENT_BYTES) + "\""),
                        Reason.EventTooLarge));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void saysWhatIsWrong(Message message, Reason reason) {
        assertThat(EventReader.read(message)).isInstanceOfSatisfying(Reading.Unreadable.class, unreadable -> {
            assertThat(unreadable.reason()).isEqualTo(reason);
            assertThat(unreadable.message()).isNotBlank();
        });
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        byte[] broken = {'"', (byte) 0xc3, (byte) 0x28, '"'};
        Message message = new Message("t", 0, 0, 0, null, Samples.binary("1").headers(),
                dev.xebec.contracts.Bytes.of(broken));
        assertThat(EventReader.read(message)).isInstanceOf(Reading.Unreadable.class);
        List<Message.Header> headers = List.of(new Message.Header("ce_id", dev.xebec.contracts.Bytes.of(broken)));
        assertThat(EventReader.read(new Message("t", 0, 0, 0, null, headers, null)))
                .isInstanceOf(Reading.Unreadable.class);
    }
}
