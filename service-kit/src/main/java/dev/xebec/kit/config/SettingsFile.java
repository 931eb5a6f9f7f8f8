package dev.xebec.kit.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Reads a configuration file into flat names: YAML, or {@code .properties}. */
final class SettingsFile {
    /** Bytes; nobody writes a longer one by purpose. */
    private static final long MAX_BYTES = 1024 * 1024;

    private SettingsFile() {}

    static Map<String, String> read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new SettingsException("configuration file " + file + " is larger than " + MAX_BYTES + " bytes");
            }
            return file.toString().endsWith(".properties") ? properties(file) : yaml(file);
        } catch (NoSuchFileException missing) {
            throw new SettingsException("configuration file " + file + " does not exist");
        } catch (IOException unreadable) {
            throw new SettingsException("configuration file " + file + " cannot be read: " + unreadable.getMessage());
        }
    }

    private static Map<String, String> properties(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IllegalArgumentException malformed) {
            throw new SettingsException("configuration file " + file + " is malformed: " + malformed.getMessage());
        }
        Map<String, String> flat = new LinkedHashMap<>();
        properties.stringPropertyNames().stream().sorted()
                .forEach(name -> flat.put(name, properties.getProperty(name).strip()));
        return flat;
    }

    private static Map<String, String> yaml(Path file) throws IOException {
        JsonNode tree = new YAMLMapper().readTree(file.toFile());
        Map<String, String> flat = new LinkedHashMap<>();
        if (tree.isObject()) {
            flatten("", tree, flat);
        } else if (!tree.isMissingNode() && !tree.isNull()) {
            throw new SettingsException("configuration file " + file + " is no map of names to values");
        }
        return flat;
    }

    private static void flatten(String prefix, JsonNode tree, Map<String, String> flat) {
        tree.properties().forEach(field -> {
            String name = prefix + field.getKey();
            JsonNode value = field.getValue();
            if (value.isObject()) {
                flatten(name + ".", value, flat);
            } else if (value.isArray()) {
                flat.put(name, StreamSupport.stream(value.spliterator(), false).map(JsonNode::asText)
                        .collect(Collectors.joining(",")));
            } else if (!value.isNull()) {
                flat.put(name, value.asText());
            }
        });
    }
}
