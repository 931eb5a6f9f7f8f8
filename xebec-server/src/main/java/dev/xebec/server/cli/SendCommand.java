package dev.xebec.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.xebec.server.StartupException;
import dev.xebec.server.plan.KafkaShape;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code xebec events send}: one CloudEvent to a topic, to try a trigger with. */
@Command(name = "send", description = "Send one CloudEvent to a topic of the cluster's Kafka.", mixinStandardHelpOptions = true)
final class SendCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;
    @Mixin
    private DataOption data;
    @Parameters(index = "0", paramLabel = "TOPIC", description = "made where it is missing and Kafka allows it")
    private String topic;
    @Option(names = "--type", paramLabel = "TYPE", description = "the event's type (default: ${DEFAULT-VALUE})", defaultValue = "dev.xebec.example")
    private String type;
    @Option(names = "--source", paramLabel = "URI", description = "where it comes from (default: ${DEFAULT-VALUE})", defaultValue = "/xebec/cli")
    private String source;
    @Option(names = "--id", paramLabel = "ID", description = "its id; the same id and source are the same event (default: "
            + "a new one)", defaultValue = "")
    private String id;
    @Option(names = "--key", paramLabel = "KEY", description = "the record's key (default: the id)", defaultValue = "")
    private String key;
    @Parameters(index = "1", arity = "0..1", paramLabel = "DATA", description = "what it carries, JSON (default: "
            + "${DEFAULT-VALUE})", defaultValue = "{}")
    private String json;
    @Option(names = "--raw", description = "send the data as it is, without making an event of it")
    private boolean raw;

    @Override
    public Integer call() throws InterruptedException {
        if (!KafkaShape.topicName(topic)) {
            throw new ParameterException(spec.commandLine(),
                    "a Kafka topic's name is up to 249 of a-z, A-Z, 0-9, '.', '_' and '-', not " + topic);
        }
        String named = id.isEmpty() ? UUID.randomUUID().toString() : id;
        String keyed = key.isEmpty() ? named : key;
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        ProducerRecord<String, byte[]> message = raw
                ? new ProducerRecord<>(topic, keyed, body)
                : KafkaMessageFactory.<String>createWriter(topic, keyed).writeBinary(event(named, body));
        ClusterKafka kafka = ClusterKafka.of(data.directory());
        kafka.await(true);
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(properties(kafka.properties()),
                new StringSerializer(), new ByteArraySerializer())) {
            var stands = producer.send(message).get();
            System.out.println("Sent " + (raw ? "a record" : named) + " to " + topic + ", partition "
                    + stands.partition() + ", offset " + stands.offset());
            return 0;
        } catch (ExecutionException | KafkaException refused) {
            Throwable cause = refused.getCause() == null ? refused : refused.getCause();
            throw new StartupException("Kafka did not take it: " + cause.getMessage(), refused);
        }
    }

    private CloudEvent event(String named, byte[] body) {
        try {
            Object unused = new ObjectMapper().readTree(body);
        } catch (JsonProcessingException malformed) {
            throw new ParameterException(spec.commandLine(),
                    "the data has to be JSON: " + malformed.getOriginalMessage(), malformed);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        try {
            return CloudEventBuilder.v1().withId(named).withSource(URI.create(source)).withType(type)
                    .withTime(OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS))
                    .withData("application/json", body).build();
        } catch (IllegalArgumentException | IllegalStateException wrong) {
            throw new ParameterException(spec.commandLine(), "it is no CloudEvent: " + wrong.getMessage(), wrong);
        }
    }

    private static Properties properties(Map<String, String> access) {
        Properties properties = new Properties();
        properties.putAll(access);
        properties.put("acks", "all");
        properties.put("max.block.ms", "20000");
        return properties;
    }
}
