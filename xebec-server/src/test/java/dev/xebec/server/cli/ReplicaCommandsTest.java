package dev.xebec.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.model.object.Json;
import dev.xebec.server.check.AdminConnection;
import dev.xebec.server.plan.FreePorts;
import dev.xebec.state.raft.Peer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code xebec state members|add|remove} against a gateway and real replicas: each refusal is one sentence and an exit code. */
@Timeout(600)
class ReplicaCommandsTest {
    @TempDir
    private Path folder;

    /** What a command said and how it ended. */
    private record Said(int code, String out, String err) {
        void refuses(String sentence) {
            assertThat(code).as(err).isEqualTo(1);
            assertThat(err.strip()).startsWith("xebec: ").contains(sentence).hasLineCount(1).doesNotContain("null",
                    "Exception", "/xebec/v1");
        }

        Said works() {
            assertThat(code).as(err).isZero();
            assertThat(err).isEmpty();
            return this;
        }
    }

    @Test
    void oneReplicaBecomesThreeAndTheFirstGoes() throws Exception {
        try (ReplicatedGateway cluster = new ReplicatedGateway(folder, 1)) {
            state(cluster, "remove", "state-0")
                    .refuses("state-0 was not removed: state-0 is the last replica, which cannot be removed");
            for (String name : List.of("state-1", "state-2")) {
                Peer peer = cluster.peer(name);
                cluster.startJoining(peer);
                assertThat(cluster.condition(name)).contains("waits to be added with xebec state add " + name + "=");
                assertThat(state(cluster, "add", name + "=127.0.0.1:" + peer.port()).works().out())
                        .contains(name + " is one of the replicas");
                ReplicatedGateway.await(() -> cluster.condition(name).isEmpty());
                // What is done already is no error.
                state(cluster, "add", name + "=127.0.0.1:" + peer.port()).works();
            }
            assertThat(state(cluster, "members").works().out()).containsSubsequence("NAME", "state-0", "state-1",
                    "state-2");
            assertThat(state(cluster, "remove", "state-0").works().out())
                    .contains("state-0 is none of the replicas any more");
            ReplicatedGateway.await(() -> cluster.condition("state-0").contains("none of the replicas"));
            state(cluster, "remove", "state-0").works();
            // The gateway followed the log at the one that has left, and runs on: it has to hear of what the others decide.
            try (AdminConnection admin = new AdminConnection(Files.readAllBytes(cluster.kubeconfig()))) {
                String namespace = "/api/v1/namespaces/kube-node-lease";
                assertThat(admin.send("DELETE", namespace, new byte[0]).path("status").path("phase").asText())
                        .isEqualTo("Terminating");
                assertThat(admin.send("GET", namespace, new byte[0]).path("status").path("phase").asText())
                        .isEqualTo("Terminating");
            }
            assertThat(names(state(cluster, "members", "-o", "json").works().out())).containsExactly("state-1",
                    "state-2");
        }
    }

    @Test
    void whatCannotBeIsRefusedInOneSentence() throws Exception {
        try (ReplicatedGateway cluster = new ReplicatedGateway(folder, 3)) {
            state(cluster, "remove", "state-9").refuses(
                    "state-9 was not removed: state-9 is none of the replicas, which are state-0, state-1, state-2");
            int silent = new FreePorts().getAsInt();
            state(cluster, "add", "state-3=127.0.0.1:" + silent).refuses("state-3 was not added: state-3 cannot be "
                    + "reached at 127.0.0.1:" + silent + ", so nothing is changed");
            state(cluster, "add", "state-1=127.0.0.1:" + silent).refuses("state-1 cannot be reached at 127.0.0.1:");
            String taken = address(state(cluster, "members", "-o", "json").works().out(), "state-0");
            state(cluster, "add", "state-3=" + taken).refuses(taken + " is the address of state-0 already");
            state(cluster, "add", "state-3=nowhere.invalid:5703").refuses("nowhere.invalid");
            state(cluster, "add", "state-3=127.0.0.1:70000").refuses("has no port from 1 to 65535");
            state(cluster, "add", "a b=127.0.0.1:5703").refuses("\"a b\" is no name of a replica");
            state(cluster, "remove", "a/b").refuses("\"a/b\" is no name of a replica");
            assertThat(names(state(cluster, "members", "-o", "json").works().out())).containsExactly("state-0",
                    "state-1", "state-2");
            withoutAMajority(cluster);
        }
    }

    private void withoutAMajority(ReplicatedGateway cluster) {
        String leader = cluster.leader();
        List<String> followers = List.of("state-0", "state-1", "state-2").stream()
                .filter(name -> !name.equals(leader)).toList();
        cluster.stop(followers.getFirst());
        state(cluster, "remove", followers.getLast()).refuses("no replica can be removed now, because of the 2 that "
                + "there would be, only 1 would answer and nothing could be written; " + followers.getFirst()
                + " cannot be reached");
        cluster.stop(followers.getLast());
        state(cluster, "remove", followers.getFirst()).refuses("was not removed: ");
        state(cluster, "add", "state-3=127.0.0.1:" + new FreePorts().getAsInt()).refuses("was not added: ");
    }

    @Test
    void anApiThatIsNotThereIsOneSentence() throws IOException {
        try (ReplicatedGateway cluster = new ReplicatedGateway(folder, 1)) {
            Path elsewhere = folder.resolve("elsewhere");
            int silent = new FreePorts().getAsInt();
            Files.writeString(elsewhere, Files.readString(cluster.kubeconfig())
                    .replaceAll("https://127.0.0.1:\\d+", "https://127.0.0.1:" + silent));
            for (String words : List.of("members", "add a=b:1", "remove a", "backup " + folder.resolve("file"))) {
                said(List.of(("state " + words + " --kubeconfig " + elsewhere).split(" ")))
                        .refuses("no connection to 127.0.0.1:" + silent + ": nobody listens there");
            }
        }
        said(List.of("state", "members", "--kubeconfig", folder.resolve("none").toString()))
                .refuses("there is no kubeconfig " + folder.resolve("none"));
        Path empty = Files.writeString(folder.resolve("empty"), "clusters: []\n");
        said(List.of("state", "members", "--kubeconfig", empty.toString()))
                .refuses("the kubeconfig cannot be used: it names no server");
        Path garbage = Files.writeString(folder.resolve("garbage"), "a: [\n");
        said(List.of("state", "members", "--kubeconfig", garbage.toString())).refuses("the kubeconfig cannot be used");
        said(List.of("state", "members", "--data", folder.resolve("none").toString())).refuses("no cluster is running");
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "state add", "state add state-3", "state add =h:1", "state add a=h",
            "state remove",
            "state members -o xml", "state members --connect-timeout 0", "state members --connect-timeout soon",
            "state members --connect-timeout 3601", "state move a"})
    void wrongUsageIsTwo(String words) {
        Said said = said(List.of(words.split(" ")));
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).startsWith("xebec: ").doesNotContain("\tat ");
    }

    private Said state(ReplicatedGateway cluster, String... words) {
        List<String> all = new ArrayList<>(List.of("state"));
        all.addAll(List.of(words));
        all.addAll(List.of("--kubeconfig", cluster.kubeconfig().toString()));
        return said(all);
    }

    private static Said said(List<String> words) {
        StringWriter errors = new StringWriter();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            CommandLine line = Main.commandLine();
            line.setErr(new PrintWriter(errors, true));
            int code = line.execute(words.toArray(String[]::new));
            return new Said(code, out.toString(StandardCharsets.UTF_8), errors.toString());
        } finally {
            System.setOut(before);
        }
    }

    private static List<String> names(String json) {
        return Json.parse(json.getBytes(StandardCharsets.UTF_8)).path("replicas").valueStream()
                .map(replica -> replica.path("name").asText()).toList();
    }

    private static String address(String json, String name) {
        return Json.parse(json.getBytes(StandardCharsets.UTF_8)).path("replicas").valueStream()
                .filter(replica -> replica.path("name").asText().equals(name)).findFirst().orElseThrow()
                .path("address").asText();
    }
}
