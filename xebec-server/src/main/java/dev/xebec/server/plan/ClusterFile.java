package dev.xebec.server.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.xebec.server.StartupException;
import dev.xebec.server.layout.DataDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The running cluster as a file: what {@code status} and {@code down} read, and what the next {@code up} continues from.
 *
 * @param supervisor the process of {@code up}
 * @param processes one per process of the plan, in its order; {@link ProcessMark#NONE} while it is not running
 * @param broker the embedded broker; {@link ProcessMark#NONE} while it is not running
 */
public record ClusterFile(ClusterPlan plan, ProcessMark supervisor, List<ProcessMark> processes,
        ProcessMark broker) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    /** Files of earlier builds know numbers alone, by which no process can be told from another. */
    public ClusterFile {
        supervisor = Objects.requireNonNullElse(supervisor, ProcessMark.NONE);
        processes = Objects.requireNonNullElse(processes, List.of());
        broker = Objects.requireNonNullElse(broker, ProcessMark.NONE);
    }

    public void write(DataDirectory data) {
        DataDirectory.writePrivate(data.clusterFile(), bytes(this));
    }

    public static Optional<ClusterFile> read(DataDirectory data) {
        return DataDirectory.readIfThere(data.clusterFile())
                .map(bytes -> parse(MAPPER, bytes, data.clusterFile(), ClusterFile.class));
    }

    public static void writeConfig(Path file, ProcessConfig config) {
        DataDirectory.writePrivate(file, bytes(config));
    }

    /** Reads JSON or, by the file's ending, YAML. */
    public static ProcessConfig readConfig(Path file) {
        byte[] bytes = DataDirectory.readIfThere(file)
                .orElseThrow(() -> new StartupException("there is no configuration file " + file));
        boolean yaml = file.toString().endsWith(".yaml") || file.toString().endsWith(".yml");
        return parse(yaml ? new ObjectMapper(new YAMLFactory()) : MAPPER, bytes, file, ProcessConfig.class);
    }

    private static byte[] bytes(Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static <T> T parse(ObjectMapper mapper, byte[] bytes, Path file, Class<T> type) {
        try {
            return mapper.readValue(bytes, type);
        } catch (IOException malformed) {
            throw new StartupException("cannot make sense of " + file + ": " + malformed.getMessage(), malformed);
        }
    }
}
