package dev.xebec.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.kafka.BrokerSettings;
import dev.xebec.kafka.BrokerTls;
import dev.xebec.kafka.EmbeddedBroker;
import dev.xebec.server.pki.KafkaPki;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Kafka cluster outside, which lets in whom it knows and lets them do what they may. */
@Timeout(600)
class OutsideKafkaTest {
    @TempDir
    private Path folder;

    @Test
    void clientCertificatesLetIn() throws Exception {
        KafkaPki pki = pki();
        try (EmbeddedBroker broker = EmbeddedBroker
                .start(BrokerSettings.open(folder.resolve("kafka")).with(tls(pki)))) {
            Path pem = folder.resolve("service.pem");
            Files.writeString(pem,
                    Files.readString(pki.service().key()) + Files.readString(pki.service().certificate()));
            tells(broker, """
                    security.protocol=SSL
                    ssl.truststore.type=PEM
                    ssl.truststore.location=%s
                    ssl.keystore.type=PEM
                    ssl.keystore.location=%s
                    """.formatted(pki.authority().certificate(), pem), "binary");
        }
    }

    @Test
    void aPasswordLetsInOverTls() throws Exception {
        KafkaPki pki = pki();
        BrokerSettings settings = BrokerSettings.open(folder.resolve("kafka")).with(tls(pki)).with(Map.of(
                "listener.security.protocol.map", "CLIENTS:SASL_SSL,CONTROLLER:SSL", "sasl.enabled.mechanisms", "PLAIN",
                "sasl.mechanism.inter.broker.protocol", "PLAIN", "listener.name.clients.ssl.client.auth", "none",
                "listener.name.clients.plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"admin\" password=\"one\" "
                        + "user_admin=\"one\" user_task-events=\"two\";"));
        try (EmbeddedBroker broker = EmbeddedBroker.start(settings)) {
            tells(broker, """
                    security.protocol=SASL_SSL
                    sasl.mechanism=PLAIN
                    sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \\
                      username="task-events" password="two";
                    ssl.truststore.type=PEM
                    ssl.truststore.location=%s
                    """.formatted(pki.authority().certificate()), "structured");
        }
    }

    private void tells(EmbeddedBroker broker, String properties, String mode) throws Exception {
        Path file = Files.writeString(folder.resolve("client.properties"), properties);
        try (TestCluster cluster = TestCluster.upWithKafka(folder.resolve("data"), "--runtime", "simulated", "--kafka",
                broker.bootstrap(), "--kafka-properties", file.toString(), "--events-mode", mode, "--events-topic",
                "shop.events")) {
            TestCluster.awaitTrue("the node's event", () -> cluster.say("events", "--type", "node.ready")
                    .contains("node node-0"));
            assertThat(cluster.status().path("kafka").path("cluster").asText()).isEqualTo("outside");
            try (var logs = Files.walk(folder.resolve("data"))) {
                for (Path log : logs.filter(path -> path.toString().matches(".*\\.(log|out|json)")).toList()) {
                    assertThat(log).content().doesNotContain("password=");
                }
            }
        }
    }

    private KafkaPki pki() throws Exception {
        return KafkaPki.open(Files.createDirectories(folder.resolve("pki")), List.of(), Instant.now());
    }

    private static BrokerTls tls(KafkaPki pki) {
        return new BrokerTls(pki.broker().certificate(), pki.broker().key(), pki.authority().certificate(),
                Set.of("admin"), Set.of(KafkaPki.SERVICE));
    }
}
