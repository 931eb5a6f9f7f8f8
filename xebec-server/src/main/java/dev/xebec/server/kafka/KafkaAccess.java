package dev.xebec.server.kafka;

import dev.xebec.server.StartupException;
import dev.xebec.server.layout.DataDirectory;
import dev.xebec.server.pki.Credential;
import dev.xebec.server.pki.KafkaPki;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What clients of the embedded broker need, in {@code kafka/} of the data folder: {@code client.properties} with
 * {@code client.pem} for the administrator, {@code task-events.properties} with {@code task-events.pem} for the service, and
 * {@code ca.crt}. Each {@code .pem} holds a key and its certificate.
 */
public final class KafkaAccess {
    private static final String CLIENT = "client";
    private static final String SERVICE = "task-events";

    private KafkaAccess() {}

    /** The administrator's file. */
    public static Path client(DataDirectory data) {
        return data.kafka().resolve(CLIENT + ".properties");
    }

    /** The service's file. */
    public static Path service(DataDirectory data) {
        return data.kafka().resolve(SERVICE + ".properties");
    }

    /** Writes all of it (0600). */
    public static void write(DataDirectory data, KafkaPki pki, String bootstrap) {
        Path authority = data.kafka().resolve("ca.crt");
        DataDirectory.writePrivate(authority, bytes(pki.authority().certificate()));
        write(data, CLIENT, pki.admin(), authority, bootstrap);
        write(data, SERVICE, pki.service(), authority, bootstrap);
    }

    /**
     * A file of client properties that has everything in it, so that it may be moved.
     *
     * @param authority PEM file of who signed the broker's certificate
     */
    public static byte[] properties(Credential credential, Path authority, String bootstrap) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("bootstrap.servers", bootstrap);
        properties.put("security.protocol", "SSL");
        properties.put("ssl.truststore.type", "PEM");
        properties.put("ssl.truststore.certificates", text(authority));
        properties.put("ssl.keystore.type", "PEM");
        properties.put("ssl.keystore.certificate.chain", text(credential.certificate()));
        properties.put("ssl.keystore.key", text(credential.key()));
        return ClientProperties.text(properties);
    }

    private static String text(Path file) {
        return new String(bytes(file), StandardCharsets.US_ASCII);
    }

    private static void write(DataDirectory data, String name, Credential credential, Path authority,
            String bootstrap) {
        Path pem = data.kafka().resolve(name + ".pem");
        byte[] key = bytes(credential.key());
        byte[] certificate = bytes(credential.certificate());
        byte[] both = new byte[key.length + certificate.length];
        System.arraycopy(key, 0, both, 0, key.length);
        System.arraycopy(certificate, 0, both, key.length, certificate.length);
        DataDirectory.writePrivate(pem, both);
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("bootstrap.servers", bootstrap);
        properties.put("security.protocol", "SSL");
        properties.put("ssl.truststore.type", "PEM");
        properties.put("ssl.truststore.location", authority.toString());
        properties.put("ssl.keystore.type", "PEM");
        properties.put("ssl.keystore.location", pem.toString());
        DataDirectory.writePrivate(data.kafka().resolve(name + ".properties"), ClientProperties.text(properties));
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new StartupException("cannot read " + file + ": " + unreadable.getMessage(), unreadable);
        }
    }
}
