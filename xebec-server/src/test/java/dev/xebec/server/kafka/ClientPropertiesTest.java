package dev.xebec.server.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.server.StartupException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientPropertiesTest {
    @TempDir
    private Path folder;

    @Test
    void aFileMadeForAToolServesWithoutWhatClientsDecide() throws Exception {
        Path file = Files.writeString(folder.resolve("client.properties"), """
                # for kafka-console-consumer
                bootstrap.servers=elsewhere:9092
                group.id=mine
                security.protocol = SASL_SSL
                sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \\
                  username="a" password="b";
                """);
        assertThat(ClientProperties.read(file.toString())).isEqualTo(Map.of("security.protocol", "SASL_SSL",
                "sasl.jaas.config", "org.apache.kafka.common.security.plain.PlainLoginModule required "
                        + "username=\"a\" password=\"b\";"));
    }

    @Test
    void whatIsWrittenIsReadBack() throws Exception {
        Map<String, String> properties = new TreeMap<>(
                Map.of("ssl.keystore.location", "/home/Jos\u00e9/a b\\c=d/client.pem", "security.protocol", "SSL"));
        Path file = folder.resolve("written");
        Files.write(file, ClientProperties.text(properties));
        assertThat(ClientProperties.read(file.toString())).isEqualTo(properties);
    }

    @Test
    void aMalformedFileIsNotQuoted() throws Exception {
        Path file = Files.writeString(folder.resolve("bad"), "sasl.jaas.config=secret\\u00zz");
        assertThatThrownBy(() -> ClientProperties.read(file.toString())).isInstanceOf(StartupException.class)
                .hasMessageNotContaining("secret").hasMessageContaining(file.toString());
    }

    @Test
    void filesThatOthersReadAreToldApart() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(ClientProperties.openToOthers(file)).isFalse();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(ClientProperties.openToOthers(file)).isTrue();
    }
}
