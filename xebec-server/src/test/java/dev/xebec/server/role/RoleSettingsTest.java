package dev.xebec.server.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.kit.config.Settings;
import dev.xebec.kit.config.SettingsException;
import dev.xebec.server.plan.ProcessConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoleSettingsTest {
    private static final String PEERS = "state-0=a:5703,state-1=b.c.d:5704,state-2=[::1]:5705";

    private static ProcessConfig read(String role, Map<String, String> environment) {
        return RoleSettings.read(role, Settings.of(Map.of(), environment, null), new Container());
    }

    private record Container() implements RoleSettings.Machine {
        @Override
        public String hostName() {
            return "4f6c0a1b2c3d";
        }

        @Override
        public String address() {
            return "172.18.0.7";
        }
    }

    @Test
    void aProcessThatIsToldNothingListensOnLoopbackAlone() {
        ProcessConfig config = read("api-gateway", Map.of());

        assertThat(config.process()).isEqualTo("api-gateway-4f6c0a1b2c3d");
        assertThat(config.services()).containsExactly("api-gateway");
        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(List.of(config.gatewayPort(), config.healthPort(), config.hazelcastPort(), config.busPort()))
                .containsExactly(6443, 8080, 5701, 5702);
        assertThat(config.clustered()).isTrue();
        assertThat(config.stop()).isEqualTo(ProcessConfig.StopConfiguration.AT_ONCE);
    }

    @Test
    void aContainerListensOnItsOwnAddress() {
        assertThat(read("scheduler-service", Map.of("XEBEC_HOST", "auto")).host()).isEqualTo("172.18.0.7");
    }

    @Test
    void membersWithoutAPortHaveTheUsualOne() {
        assertThat(read("controller-service", Map.of("XEBEC_MEMBERS", "xebec, other:9", "XEBEC_HAZELCAST_PORT", "7"))
                .members()).containsExactly("xebec:7", "other:9");
    }

    @Test
    void aReplicaKnowsItsPeersByName() {
        ProcessConfig config = read("state-service",
                Map.of("XEBEC_NAME", "state-1", "XEBEC_STATE_PEERS", PEERS, "XEBEC_DATA", "/data", "XEBEC_STATE_JOIN",
                        "true"));

        assertThat(config.state().peers()).containsExactly(new ProcessConfig.Peer("state-0", "a", 5703),
                new ProcessConfig.Peer("state-1", "b.c.d", 5704), new ProcessConfig.Peer("state-2", "[::1]", 5705));
        assertThat(config.state().directory()).isEqualTo("/data/state/state-1");
        assertThat(config.state().joins()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"node-agent-3,3", "worker12,12", "node-4095,4095"})
    void aNodesNumberIsItsIndex(String name, int index) {
        assertThat(read("node-agent", Map.of("XEBEC_NAME", name)).nodes())
                .containsExactly(new ProcessConfig.NodeConfiguration(name, index, "process"));
    }

    @Test
    void simulatedNodesAreNumbered() {
        assertThat(read("node-agent", Map.of("XEBEC_NAME", "n", "XEBEC_RUNTIME", "simulated", "XEBEC_NODES", "2"))
                .nodes()).extracting(ProcessConfig.NodeConfiguration::name).containsExactly("n-0", "n-1");
    }

    @Test
    void flagsWinOverTheEnvironmentAndThatOverTheFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("role.yaml"),
                "name: of-file\nhealth-port: 1\nbus-port: 1\nhazelcast-port: 1\n");
        ProcessConfig config = RoleSettings.read("api-gateway",
                Settings.of(Map.of("health-port", "3"),
                        Map.of("XEBEC_HEALTH_PORT", "2", "XEBEC_BUS_PORT", "2"), file),
                new Container());

        assertThat(List.of(config.healthPort(), config.busPort(), config.hazelcastPort())).containsExactly(3, 2, 1);
        assertThat(config.process()).isEqualTo("of-file");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"state-service | STATE_PEERS | a | state-peers has to be NAME=HOST:PORT",
            "state-service | STATE_PEERS | a=b:0 | state-peers has to be NAME=HOST:PORT",
            "state-service | STATE_PEERS | a=b:99999 | state-peers has to be NAME=HOST:PORT",
            "state-service | STATE_PEERS | a=b:1,a=c:2 | state-peers names a replica twice",
            "state-service | STATE_PEERS | a=b:1 | does not have this process's name",
            "state-service | STATE_JOIN | maybe | state-join has to be true or false",
            "state-service | STORE | disk | store has to be raft, memory or etcd",
            "state-service | STORE | etcd=https://a:1 | needs --etcd-cafile",
            "api-gateway | GATEWAY_PORT | 0 | gateway-port has to be a number from 1 to 65535",
            "api-gateway | DRAIN | long | drain has to be a time such as",
            "api-gateway | NAME | A_B | name has to be lower-case letters",
            "api-gateway | MEMBERS | a:b:c | members has to be HOST[:PORT]",
            "node-agent | NODES | 2 | nodes has to be 1 with runtime process",
            "node-agent | RUNTIME | docker | runtime has to be one of process, simulated",
            "node-agent | NODE_INDEX | 4096 | node-index has to be a number from 0 to 4095",
            "task-events | KAFKA | a | kafka has to be HOST:PORT",
            "task-events | EVENTS_MODE | text | events-mode has to be one of binary, structured"})
    void whatCannotBeUsedIsSaidInASentence(String role, String variable, String value, String sentence) {
        Map<String, String> environment = new java.util.HashMap<>(Map.of("XEBEC_" + variable, value));
        environment.putIfAbsent("XEBEC_KAFKA", "a:1");
        assertThatThrownBy(() -> read(role, environment)).isInstanceOf(SettingsException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void aSettingOfAnotherRoleIsRefusedAsAFlag() {
        assertThatThrownBy(() -> RoleSettings.read("scheduler-service",
                Settings.of(Map.of("kafka", "a:1"), Map.of(), null), new Container()))
                .hasMessage("there is no setting \"--kafka\", which the flags name");
    }
}
