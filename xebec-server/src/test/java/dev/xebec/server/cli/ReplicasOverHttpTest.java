package dev.xebec.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.server.check.AdminConnection;
import dev.xebec.state.raft.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /xebec/v1/replicas} as whoever automates it would use it, over a real replica. */
@Timeout(300)
class ReplicasOverHttpTest {
    private static final String PATH = "/xebec/v1/replicas";
    private static final byte[] NOTHING = {};

    @TempDir
    private static Path folder;
    private static ReplicatedGateway cluster;
    private static AdminConnection admin;

    @BeforeAll
    static void open() throws IOException {
        cluster = new ReplicatedGateway(folder, 1);
        admin = new AdminConnection(Files.readAllBytes(cluster.kubeconfig()), Duration.ofSeconds(60));
    }

    @AfterAll
    static void close() {
        admin.close();
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "PUT    | /state-9                        | 400 | \"\" is not HOST:PORT",
            "PUT    | /state-9?address=h              | 400 | \"h\" is not HOST:PORT",
            "PUT    | /state-9?address=h:0            | 400 | \"h:0\" has no port from 1 to 65535",
            "PUT    | /a%20b?address=h:1              | 400 | \"a b\" is no name of a replica",
            "PUT    | /a%2Fb?address=h:1              | 400 | \"a/b\" is no name of a replica",
            "PUT    | /a/b?address=h:1                | 400 | \"a/b\" is no name of a replica",
            "DELETE | /state-9                        | 400 | state-9 is none of the replicas, which are state-0",
            "DELETE | /state-0                        | 400 | state-0 is the last replica, which cannot be removed",
            "DELETE | ``                              | 405 | the server does not allow this method on the requested resource",
            "PUT    | ``                              | 405 | the server does not allow this method on the requested resource",
            "GET    | /state-0                        | 405 | the server does not allow this method on the requested resource",
            "POST   | /state-0                        | 405 | the server does not allow this method on the requested resource",
            "PATCH  | /state-0                        | 405 | the server does not allow this method on the requested resource"})
    void refusals(String method, String rest, int code, String message) {
        AdminConnection.RefusedException refused = catchThrowableOfType(AdminConnection.RefusedException.class,
                () -> admin.send(method, PATH + rest, NOTHING));
        assertThat(refused).hasMessage(message);
        assertThat(refused.code()).isEqualTo(code);
    }

    @Test
    void aChangeIsBegunAndFollowed() throws Exception {
        JsonNode alone = admin.send("GET", PATH, NOTHING);
        assertThat(alone.path("leader").asText()).isEqualTo("state-0");
        assertThat(alone.path("term").asLong()).isPositive();
        assertThat(alone.path("committed").asLong()).isPositive();
        assertThat(alone.has("change")).isFalse();
        assertThat(alone.path("replicas")).singleElement().satisfies(replica -> {
            assertThat(replica.path("name").asText()).isEqualTo("state-0");
            assertThat(replica.path("leader").asBoolean()).isTrue();
            assertThat(replica.path("live").asBoolean()).isTrue();
            assertThat(replica.path("behind").asLong()).isZero();
        });
        Peer second = cluster.peer("state-1");
        cluster.startJoining(second);
        JsonNode begun = admin.send("PUT", PATH + "/state-1?address=127.0.0.1:" + second.port(), NOTHING);
        assertThat(begun.path("change").path("kind").asText()).isEqualTo("add");
        assertThat(begun.path("change").path("name").asText()).isEqualTo("state-1");
        assertThat(begun.path("change").path("phase").asText()).isIn("running", "done");
        assertThat(followed()).containsExactly("state-0", "state-1");
        JsonNode gone = admin.send("DELETE", PATH + "/state-1", NOTHING);
        assertThat(gone.path("change").path("kind").asText()).isEqualTo("remove");
        assertThat(followed()).containsExactly("state-0");
        // Repeated, it is no error, and nothing is begun.
        assertThat(admin.send("DELETE", PATH + "/state-1", NOTHING).path("change").path("phase").asText())
                .isEqualTo("done");
    }

    /** The replicas once the change is done. */
    private static List<String> followed() throws IOException, InterruptedException {
        JsonNode group = admin.send("GET", PATH, NOTHING);
        while (group.path("change").path("phase").asText().equals("running")) {
            Thread.sleep(20);
            group = admin.send("GET", PATH, NOTHING);
        }
        assertThat(group.path("change").path("phase").asText()).isEqualTo("done");
        return group.path("replicas").valueStream().map(replica -> replica.path("name").asText()).toList();
    }
}
