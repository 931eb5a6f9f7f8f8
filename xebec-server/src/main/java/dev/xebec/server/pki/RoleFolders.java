package dev.xebec.server.pki;

import dev.xebec.server.StartupException;
import dev.xebec.server.kafka.KafkaAccess;
import dev.xebec.server.layout.DataDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;

/**
 * The certificates of a cluster whose services run on machines, or in containers, of their own: a folder for each that has
 * what it needs and no more. {@code authority} signs and goes nowhere.
 */
public final class RoleFolders {
    private final Path root;

    private RoleFolders(Path root) {
        this.root = root;
    }

    /**
     * Makes what is missing, renews what is near its end, and writes it all.
     *
     * @param hosts addresses and names under which gateways and the broker are reached
     * @param server URL of the API for the administrator's kubeconfig
     * @param kafka {@code HOST:PORT} of the broker
     */
    public static RoleFolders write(Path root, List<String> hosts, String server, String kafka, Instant now) {
        RoleFolders folders = new RoleFolders(root);
        Path authority = folders.folder("authority");
        ClusterPki cluster = ClusterPki.open(authority, hosts, now);
        KafkaPki broker = KafkaPki.open(authority, hosts, now);
        Path api = cluster.apiAuthority().certificate();
        for (String member : List.of("member", "gateway", "task-events")) {
            folders.copy(member, api, cluster.busAuthority().certificate(), cluster.member().certificate(),
                    cluster.member().key());
        }
        folders.copy("gateway", cluster.server().certificate(), cluster.server().key());
        Path kafkaAuthority = broker.authority().certificate();
        folders.copy("kafka-broker", kafkaAuthority, broker.broker().certificate(), broker.broker().key());
        folders.put("task-events", "kafka.properties",
                KafkaAccess.properties(broker.service(), kafkaAuthority, kafka));
        folders.copy("admin", api, cluster.admin().certificate(), cluster.admin().key());
        folders.put("admin", "kafka.properties", KafkaAccess.properties(broker.admin(), kafkaAuthority, kafka));
        folders.put("admin", "kubeconfig", Kubeconfig.text(cluster, server).getBytes(StandardCharsets.UTF_8));
        return folders;
    }

    /** The administrator's. */
    public Path kubeconfig() {
        return root.resolve("admin").resolve("kubeconfig");
    }

    private Path folder(String name) {
        try {
            return Files.createDirectories(root.resolve(name), PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rwx------")));
        } catch (IOException refused) {
            throw new StartupException("cannot make the folder " + root.resolve(name) + ": " + refused.getMessage(),
                    refused);
        }
    }

    private void copy(String name, Path... files) {
        for (Path file : files) {
            put(name, String.valueOf(file.getFileName()), DataDirectory.readIfThere(file)
                    .orElseThrow(() -> new StartupException(file + " has gone")));
        }
    }

    private void put(String name, String file, byte[] content) {
        DataDirectory.writePrivate(folder(name).resolve(file), content);
    }
}
