package dev.xebec.kit.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    Path directory;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    @Test
    void flagsBeforeEnvironmentBeforeFileBeforeDefault() throws IOException {
        Path yaml = file("x.yaml", "a: file\nb: file\nc: file\nkafka:\n  servers: [one, two]\n");
        Settings settings = Settings.of(Map.of("a", "flag"), Map.of("XEBEC_A", "env", "XEBEC_B", "env"), yaml);
        assertThat(settings.string("a", "default")).isEqualTo("flag");
        assertThat(settings.string("b", "default")).isEqualTo("env");
        assertThat(settings.string("c", "default")).isEqualTo("file");
        assertThat(settings.string("d", "default")).isEqualTo("default");
        assertThat(settings.list("kafka.servers", List.of())).containsExactly("one", "two");
        settings.refuseUnknown();
        assertThat(settings.describe()).isEqualTo("""
                a = flag (flag)
                b = env (environment)
                c = file (file)
                d = default (default)
                kafka.servers = one,two (file)
                """);
    }

    @Test
    void readsPropertiesAndKinds() throws IOException {
        Path properties = file("x.properties", "port=6443\nwait=250ms\ntls=off\nmode=raft\ndata=~/xebec\n");
        Settings settings = Settings.of(Map.of(), Map.of("XEBEC_HEALTH_PORT", "1"), properties);
        assertThat(settings.integer("port", 1, 0, 65_535)).isEqualTo(6443);
        assertThat(settings.integer("health-port", 0, 0, 65_535)).isEqualTo(1);
        assertThat(settings.duration("wait", Duration.ZERO)).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.duration("other", Duration.ofMinutes(2))).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.bool("tls", true)).isFalse();
        assertThat(settings.choice("mode", "memory", Set.of("raft", "memory"))).isEqualTo("raft");
        assertThat(settings.path("data", Path.of("/tmp"))).isEqualTo(
                Path.of(System.getProperty("user.home"), "xebec"));
    }

    @Test
    void secretsAreNotShown() {
        Settings settings = Settings.of(Map.of(), Map.of("XEBEC_TOKEN", "s3cret"), null);
        assertThat(settings.secret("token")).isEqualTo("s3cret");
        assertThat(settings.describe()).isEqualTo("token = *** (environment)\n");
    }

    @Test
    void saysWhatIsWrongInASentence() throws IOException {
        Settings settings = Settings.of(Map.of("port", "70000", "wait", "soon", "tls", "maybe"), Map.of(), null);
        assertThatThrownBy(() -> settings.integer("port", 1, 0, 65_535)).isInstanceOf(SettingsException.class)
                .hasMessage("port has to be a number from 0 to 65535, not \"70000\" (flag)");
        assertThatThrownBy(() -> settings.duration("wait", Duration.ZERO)).isInstanceOf(SettingsException.class);
        assertThatThrownBy(() -> settings.bool("tls", true)).isInstanceOf(SettingsException.class);
        assertThatThrownBy(() -> Settings.of(Map.of(), Map.of(), directory.resolve("none.yaml")))
                .isInstanceOf(SettingsException.class).hasMessageContaining("does not exist");
        Path list = file("list.yaml", "- a\n- b\n");
        assertThatThrownBy(() -> Settings.of(Map.of(), Map.of(), list)).isInstanceOf(SettingsException.class);
        Path broken = file("broken.yaml", "a: [b\n");
        assertThatThrownBy(() -> Settings.of(Map.of(), Map.of(), broken)).isInstanceOf(SettingsException.class);
    }

    @Test
    void refusesWhatNobodyAskedFor() throws IOException {
        Path yaml = file("x.yaml", "know: 1\nknown: 2\n");
        Settings settings = Settings.of(Map.of("flag", "x"), Map.of("XEBEC_ELSE", "fine"), yaml);
        settings.string("known", "");
        settings.string("flag", "");
        assertThatThrownBy(settings::refuseUnknown).isInstanceOf(SettingsException.class)
                .hasMessage("there is no setting \"know\", which the configuration file names");
    }
}
