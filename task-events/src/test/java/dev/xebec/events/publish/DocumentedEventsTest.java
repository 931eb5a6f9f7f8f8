package dev.xebec.events.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.xebec.events.task.EventType;
import dev.xebec.model.object.Json;
import io.cloudevents.core.message.MessageReader;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What docs/events says is what is sent: schemas, the AsyncAPI document and the examples. With {@code -Dexamples.write=true} the
 * examples are written anew instead.
 */
class DocumentedEventsTest {
    private static final Path DOCS = Path.of("").toAbsolutePath().getParent().resolve("docs/events");
    private static final ObjectMapper PRETTY = new ObjectMapper();

    static Stream<Outgoing> everything() {
        return OneDay.all().stream();
    }

    private static JsonSchema schema(String name) throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(DOCS.resolve("schemas/" + name + ".json")));
    }

    private static ObjectNode structured(Outgoing event) {
        return Json.parseObject(EventFormatProvider.getInstance().resolveFormat(JsonFormat.CONTENT_TYPE)
                .serialize(event.event()));
    }

    private static String family(Outgoing event) {
        return event.event().getType().split("\\.")[2];
    }

    @ParameterizedTest
    @MethodSource("everything")
    void anEventIsAsItsSchemasSay(Outgoing event) throws IOException {
        ObjectNode whole = structured(event);
        assertThat(schema("envelope").validate(whole)).isEmpty();
        assertThat(schema(family(event)).validate(whole.get("data"))).isEmpty();
        assertThat(whole.path("dataschema").asText())
                .isEqualTo(Json.parse(Files.readAllBytes(DOCS.resolve("schemas/" + family(event) + ".json")))
                        .path("$id").asText());
        assertThat(whole.path("partitionkey").asText()).isEqualTo(event.key());
    }

    @ParameterizedTest
    @MethodSource("everything")
    void inBinaryModeTheAttributesAreHeaders(Outgoing event) throws IOException {
        ProducerRecord<String, byte[]> record = KafkaMessageFactory
                .<String>createWriter(event.topic(), 0, event.key()).writeBinary(event.event());
        ObjectNode headers = Json.object();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), java.nio.charset.StandardCharsets.UTF_8));
        }
        assertThat(schema("headers").validate(headers)).isEmpty();
        assertThat(schema(family(event)).validate(Json.parse(record.value()))).isEmpty();
        MessageReader reader = KafkaMessageFactory.createReader(record.headers(), record.value());
        assertThat(reader.toEvent().getId()).isEqualTo(event.event().getId());
    }

    /** A schema that lets everything pass would prove nothing. */
    @Test
    void schemasRefuseWhatIsNotSent() throws IOException {
        ObjectNode event = structured(OneDay.all().get(0));
        assertThat(schema("envelope").validate(event.deepCopy().put("colour", "blue"))).isNotEmpty();
        ObjectNode data = (ObjectNode) event.get("data");
        assertThat(schema("node").validate(data.deepCopy().put("ready", "yes"))).isNotEmpty();
        data.remove("uid");
        assertThat(schema("node").validate(data)).isNotEmpty();
    }

    @Test
    void asyncApiNamesEveryMessageAndNoOther() throws IOException {
        JsonNode api = new YAMLMapper().readTree(Files.readString(DOCS.resolve("asyncapi.yaml")));
        assertThat(api.path("asyncapi").asText()).isEqualTo("3.0.0");
        Set<String> sent = Arrays.stream(EventType.values()).map(EventType::wire)
                .collect(Collectors.toCollection(TreeSet::new));
        Stream.of("added", "modified", "deleted", "state").forEach(verb -> sent.add("dev.xebec.object." + verb));
        Set<String> named = new TreeSet<>();
        api.path("components").path("messages").forEach(message -> {
            named.add(message.path("name").asText());
            assertThat(DOCS.resolve(message.path("payload").path("$ref").asText())).exists();
        });
        assertThat(named).isEqualTo(sent);
        Set<String> inChannels = new TreeSet<>();
        api.path("channels").forEach(channel -> channel.path("messages").properties().forEach(message -> {
            assertThat(message.getValue().path("$ref").asText())
                    .isEqualTo("#/components/messages/" + message.getKey());
            inChannels.add("dev.xebec." + message.getKey());
        }));
        assertThat(inChannels).isEqualTo(sent);
        assertThat(OneDay.all().stream().map(event -> event.event().getType()).collect(Collectors.toSet()))
                .isEqualTo(sent);
    }

    @Test
    void examplesAreWhatIsSent() throws IOException {
        Map<String, String> examples = new LinkedHashMap<>();
        for (Outgoing event : OneDay.all()) {
            examples.putIfAbsent(event.event().getType().substring("dev.xebec.".length()),
                    PRETTY.writerWithDefaultPrettyPrinter().writeValueAsString(structured(event)) + "\n");
        }
        Path folder = DOCS.resolve("examples");
        if (Boolean.getBoolean("examples.write")) {
            Files.createDirectories(folder);
            for (var example : examples.entrySet()) {
                Files.writeString(folder.resolve(example.getKey() + ".json"), example.getValue());
            }
        }
        String readme = Files.readString(DOCS.resolve("README.md"));
        for (var example : examples.entrySet()) {
            assertThat(folder.resolve(example.getKey() + ".json")).hasContent(example.getValue());
            assertThat(readme).contains("`" + example.getKey() + "`", "examples/" + example.getKey() + ".json");
        }
    }
}
