package dev.xebec.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The properties of Kafka's server for a broker that is alone, small, and its own controller. */
final class BrokerProperties {
    static final String HOST = "127.0.0.1";
    static final int NODE = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    private static final String CLIENT_LISTENER = "CLIENTS";

    /** As many partitions as the topics have that the publisher makes, for whoever is first. */
    private static final int PARTITIONS = 4;

    private BrokerProperties() {}

    static Map<String, String> of(BrokerSettings settings) {
        Map<String, String> properties = new TreeMap<>();
        listeners(settings, properties);
        alone(properties);
        small(properties);
        properties.put("log.dirs", data(settings).toString());
        properties.put("num.partitions", Integer.toString(PARTITIONS));
        settings.tls().ifPresent(tls -> secure(tls, properties));
        properties.putAll(settings.extra());
        return properties;
    }

    /** Kafka's own folder in ours. */
    static Path data(BrokerSettings settings) {
        return settings.folder().resolve("data");
    }

    private static void listeners(BrokerSettings settings, Map<String, String> properties) {
        String protocol = settings.tls().isPresent() ? "SSL" : "PLAINTEXT";
        String clients = CLIENT_LISTENER + "://" + settings.bootstrap();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", Integer.toString(NODE));
        properties.put("controller.quorum.voters", NODE + "@" + HOST + ":" + settings.controllerPort());
        properties.put("listeners",
                clients + "," + CONTROLLER_LISTENER + "://" + HOST + ":" + settings.controllerPort());
        properties.put("advertised.listeners", clients);
        properties.put("inter.broker.listener.name", CLIENT_LISTENER);
        properties.put("controller.listener.names", CONTROLLER_LISTENER);
        properties.put("listener.security.protocol.map",
                CLIENT_LISTENER + ":" + protocol + "," + CONTROLLER_LISTENER + ":" + protocol);
    }

    /** There is nobody to replicate to, to wait for, or to hand over to. */
    private static void alone(Map<String, String> properties) {
        for (String topic : new String[]{"offsets.topic.", "transaction.state.log.",
                "share.coordinator.state.topic."}) {
            properties.put(topic + "replication.factor", "1");
            properties.put(topic + "num.partitions", Integer.toString(PARTITIONS));
        }
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("default.replication.factor", "1");
        properties.put("min.insync.replicas", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        // After a crash the controller, new itself, waits as long for the broker that it remembers; on a machine that is
        // short of time a broker has to be heard once in it.
        properties.put("broker.session.timeout.ms", "6000");
        properties.put("broker.heartbeat.interval.ms", "1000");
    }

    /** Few threads, buffers of kilobytes, and no writing while nothing happens. */
    private static void small(Map<String, String> properties) {
        properties.put("num.network.threads", "2");
        properties.put("num.io.threads", "3");
        properties.put("background.threads", "2");
        properties.put("num.replica.fetchers", "1");
        properties.put("num.recovery.threads.per.data.dir", "2");
        properties.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 * 1024 * 1024));
        properties.put("log.cleaner.io.buffer.size", Integer.toString(128 * 1024));
        properties.put("offsets.load.buffer.size", Integer.toString(512 * 1024));
        properties.put("transaction.state.log.load.buffer.size", Integer.toString(512 * 1024));
        properties.put("metadata.max.idle.interval.ms", "30000");
        properties.put("metadata.log.segment.bytes", Integer.toString(16 * 1024 * 1024));
        properties.put("metadata.max.retention.bytes", Integer.toString(32 * 1024 * 1024));
        properties.put("log.segment.bytes", Integer.toString(128 * 1024 * 1024));
    }

    private static void secure(BrokerTls tls, Map<String, String> properties) {
        properties.put("ssl.keystore.type", "PEM");
        properties.put("ssl.keystore.key", text(tls.key()));
        properties.put("ssl.keystore.certificate.chain", text(tls.certificate()));
        properties.put("ssl.truststore.type", "PEM");
        properties.put("ssl.truststore.certificates", text(tls.authority()));
        properties.put("ssl.client.auth", "required");
        properties.put("ssl.principal.mapping.rules", "RULE:^(?:.*,)?CN=([^,]+).*$/$1/");
        properties.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        Set<String> superUsers = new TreeSet<>(tls.superUsers());
        superUsers.add(CommonName.of(tls.certificate()));
        properties.put("super.users",
                superUsers.stream().map(name -> "User:" + name).collect(Collectors.joining(";")));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }
}
