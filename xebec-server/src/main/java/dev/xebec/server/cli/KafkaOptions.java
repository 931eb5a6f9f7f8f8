package dev.xebec.server.cli;

import dev.xebec.server.kafka.ClientProperties;
import dev.xebec.server.plan.KafkaShape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where {@code up} sends events. */
final class KafkaOptions {
    /** Takes back what was said the last time. */
    private static final String NONE = "none";

    @Option(names = "--kafka", paramLabel = "WHERE", description = "embedded, off, or HOST:PORT[,HOST:PORT…] of a Kafka "
            + "cluster outside (default: as last time, or embedded)")
    private @Nullable String kafka;
    @Option(names = "--kafka-properties", paramLabel = "FILE", description = "Kafka client properties for the cluster "
            + "outside, such as security.protocol; none for no file (default: as last time, or none)")
    private @Nullable String properties;
    @Option(names = "--events-topic", paramLabel = "NAME", description = "topic of the task events (default: as last time, "
            + "or " + KafkaShape.TOPIC + ")")
    private @Nullable String topic;
    @Option(names = "--events-mode", paramLabel = "MODE", description = "binary or structured CloudEvents (default: as "
            + "last time, or binary)")
    private @Nullable String mode;
    @Option(names = "--changes-topic", paramLabel = "NAME", description = "topic of every change of every object; none for "
            + "no such topic (default: as last time, or none)")
    private @Nullable String changesTopic;

    KafkaShape shape(CommandSpec spec, KafkaShape last) {
        String cluster = kafka == null ? last.cluster() : kafka.strip();
        boolean outside = !cluster.equals(KafkaShape.EMBEDDED) && !cluster.equals(KafkaShape.OFF);
        if (outside && !KafkaShape.addresses(cluster)) {
            throw new ParameterException(spec.commandLine(),
                    "--kafka has to be embedded, off or HOST:PORT[,HOST:PORT…], not " + cluster);
        }
        if (!outside && properties != null && !properties.equals(NONE)) {
            throw new ParameterException(spec.commandLine(),
                    "--kafka-properties is for a Kafka cluster outside; name it with --kafka HOST:PORT");
        }
        String events = topic == null ? last.topic() : topic;
        String changes = changesTopic == null ? last.changesTopic() : changesTopic.equals(NONE) ? "" : changesTopic;
        for (String name : changes.isEmpty() ? List.of(events) : List.of(events, changes)) {
            if (!KafkaShape.topicName(name)) {
                throw new ParameterException(spec.commandLine(), "a Kafka topic's name is up to 249 of a-z, A-Z, 0-9, "
                        + "'.', '_' and '-', not " + name);
            }
        }
        if (events.equals(changes)) {
            throw new ParameterException(spec.commandLine(),
                    "--events-topic and --changes-topic have to be two topics, not " + events + " twice");
        }
        String wantedMode = mode == null ? last.mode() : mode;
        if (!wantedMode.equals(KafkaShape.BINARY) && !wantedMode.equals(KafkaShape.STRUCTURED)) {
            throw new ParameterException(spec.commandLine(),
                    "--events-mode has to be one of binary, structured, not " + wantedMode);
        }
        return new KafkaShape(cluster, outside ? file(last) : "", events, wantedMode, changes);
    }

    private String file(KafkaShape last) {
        if (properties == null) {
            return last.properties();
        }
        return properties.equals(NONE) ? "" : Path.of(properties).toAbsolutePath().normalize().toString();
    }

    /** Says at once what is wrong with a file that the processes are going to read. */
    static Optional<String> warning(KafkaShape shape) {
        ClientProperties.read(shape.properties());
        return shape.properties().isEmpty() || !ClientProperties.openToOthers(Path.of(shape.properties()))
                ? Optional.empty()
                : Optional.of("xebec: others than you can read " + shape.properties()
                        + ", which may hold secrets; chmod 600 mends it");
    }

    /** The flags that say the same again. */
    static List<String> flags(KafkaShape shape) {
        List<String> flags = new ArrayList<>(List.of("--kafka", shape.cluster(), "--events-topic", shape.topic(),
                "--events-mode", shape.mode(), "--changes-topic",
                shape.changesTopic().isEmpty() ? NONE : shape.changesTopic()));
        if (!shape.embedded() && !shape.off()) {
            flags.addAll(List.of("--kafka-properties", shape.properties().isEmpty() ? NONE : shape.properties()));
        }
        return flags;
    }
}
