package dev.xebec.server.kafka;

import dev.xebec.server.StartupException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * A file of client properties as Kafka's own tools read it: {@code security.protocol}, {@code sasl.jaas.config} and the like.
 * What it holds is never logged.
 */
public final class ClientProperties {
    /** These are the clients' own affair: a file that is made for a tool may well name them. */
    private static final Set<String> OURS = Set.of("bootstrap.servers", "client.id", "group.id", "group.instance.id",
            "group.protocol", "transactional.id", "enable.idempotence", "acks", "isolation.level", "enable.auto.commit",
            "auto.offset.reset", "allow.auto.create.topics", "key.serializer", "value.serializer", "key.deserializer",
            "value.deserializer", "interceptor.classes", "metric.reporters");

    private ClientProperties() {}

    /** Without what every client decides by itself; empty where {@code file} is. */
    public static Map<String, String> read(String file) {
        Map<String, String> properties = new TreeMap<>();
        if (file.isEmpty()) {
            return properties;
        }
        Properties loaded = new Properties();
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            loaded.load(in);
        } catch (IOException unreadable) {
            throw new StartupException("cannot read Kafka's client properties in " + file + " ("
                    + unreadable.getClass().getSimpleName() + "); name a file with --kafka-properties", unreadable);
        } catch (IllegalArgumentException malformed) {
            // Its message may quote the file.
            throw new StartupException(file + " is not a file of properties: an escape in it is malformed");
        }
        for (String name : loaded.stringPropertyNames()) {
            if (!OURS.contains(name)) {
                properties.put(name, loaded.getProperty(name).strip());
            }
        }
        return properties;
    }

    /** Whether others than its owner may read or write the file, where the file system says so. */
    public static boolean openToOthers(Path file) {
        try {
            return Files.getPosixFilePermissions(file).stream()
                    .anyMatch(right -> !right.name().startsWith("OWNER") && right != PosixFilePermission.GROUP_EXECUTE
                            && right != PosixFilePermission.OTHERS_EXECUTE);
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    /** The text of a file, in the form and with the escapes of Java's properties. */
    static byte[] text(Map<String, String> properties) {
        StringBuilder text = new StringBuilder();
        properties.forEach((name, value) -> {
            text.append(name).append('=');
            value.chars().forEach(unit -> {
                if (unit == '\\') {
                    text.append("\\\\");
                } else if (unit < ' ' || unit > '~') {
                    text.append(String.format("\\u%04x", unit));
                } else {
                    text.append((char) unit);
                }
            });
            text.append('\n');
        });
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
