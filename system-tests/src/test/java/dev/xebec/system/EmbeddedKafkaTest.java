package dev.xebec.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The broker that {@code up} brings: its stream, its end by force, its return, and the examples that read it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(900)
class EmbeddedKafkaTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path EXAMPLES = Path.of("..", "examples", "events").toAbsolutePath().normalize();

    @TempDir
    private static Path data;
    private static TestCluster cluster;
    private static KubernetesClient client;

    @BeforeAll
    static void up() throws Exception {
        cluster = TestCluster.upWithKafka(data, "--runtime", "simulated", "--nodes", "2");
        client = cluster.client();
    }

    @AfterAll
    static void down() throws Exception {
        client.close();
        cluster.close();
    }

    @Test
    @Order(1)
    void aPodsLifeIsPrintedForPeopleAndForPrograms() throws Exception {
        create("first");
        TestCluster.awaitTrue("the pod's events", () -> types("first").contains("dev.xebec.task.ready"));
        assertThat(types("first")).startsWith("dev.xebec.task.created", "dev.xebec.task.scheduled",
                "dev.xebec.task.started");
        assertThat(cluster.say("events", "--pod", "first", "--type", "scheduled").lines().toList()).hasSize(2)
                .last().asString().matches("[0-9: -]{19} {2}pod default/first +scheduled +node-[01]");
        assertThat(cluster.status().path("kafka").path("healthy").asBoolean()).isTrue();
    }

    @Test
    @Order(2)
    void noEventIsLostOrRepeatedWhereTheBrokerIsKilled() throws Exception {
        for (int number = 0; number < 10; number++) {
            create("before-" + number);
        }
        kill(cluster.status().path("kafka").path("pid").asLong());
        for (int number = 0; number < 10; number++) {
            create("after-" + number);
        }
        awaitEachOnce();
    }

    @Test
    @Order(3)
    void theStreamGoesOnAfterDownAndUp() throws Exception {
        String address = cluster.status().path("kafka").path("bootstrap").asText();
        cluster.down();
        assertThat(cluster.say("events")).isEmpty();
        cluster.upAgain();
        create("again");
        awaitEachOnce();
        assertThat(cluster.status().path("kafka").path("bootstrap").asText()).isEqualTo(address);
    }

    @Test
    @Order(4)
    void theJavaExampleReadsIt() throws Exception {
        assertThat(run(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-cp", cluster.classPath(), EXAMPLES.resolve("Consumer.java").toString(),
                data.resolve("kafka/client.properties").toString(), "12")))
                .hasSize(12).allMatch(line -> line.matches("\\S+ dev\\.xebec\\.\\S+ \\S+"));
    }

    @Test
    @Order(5)
    void thePythonExampleReadsIt() throws Exception {
        assumeTrue(Stream.of(System.getenv("PATH").split(":")).anyMatch(
                folder -> Files.isExecutable(Path.of(folder, "python3"))), "there is no python3 on the PATH");
        Path environment = Path.of("target", "python").toAbsolutePath();
        String python = environment.resolve("bin/python").toString();
        if (!Files.exists(environment.resolve("bin/pip"))) {
            assumeTrue(exit(List.of("python3", "-m", "venv", environment.toString())) == 0,
                    "python3 makes no environments (the package python3-venv is missing)");
        }
        assumeTrue(exit(List.of(python, "-m", "pip", "install", "-q", "-r",
                EXAMPLES.resolve("requirements.txt").toString())) == 0, "pip cannot install confluent-kafka");
        assertThat(run(List.of(python, EXAMPLES.resolve("consumer.py").toString(),
                data.resolve("kafka/client.properties").toString(), "12")))
                .hasSize(12).allMatch(line -> line.matches("\\S+ dev\\.xebec\\.\\S+ \\S+"));
    }

    /**
     * Every pod that there is: created, scheduled, started and ready, in this order and once each until the cluster has been down, after
     * which a pod may become unready and ready again; and no id twice.
     */
    private static void awaitEachOnce() throws Exception {
        List<Pod> pods = client.pods().inNamespace("default").list().getItems();
        TestCluster.awaitTrue("all events", () -> {
            Map<String, List<String>> told = told();
            return pods.stream().allMatch(pod -> told.getOrDefault(pod.getMetadata().getUid(), List.of())
                    .contains("dev.xebec.task.ready"));
        });
        List<JsonNode> events = events();
        assertThat(events.stream().map(event -> event.path("id").asText())).doesNotHaveDuplicates();
        Map<String, List<String>> told = told();
        List<String> life = List.of("dev.xebec.task.created", "dev.xebec.task.scheduled", "dev.xebec.task.started",
                "dev.xebec.task.ready");
        assertThat(pods).allSatisfy(pod -> {
            List<String> all = told.get(pod.getMetadata().getUid());
            assertThat(all).startsWith(life.toArray(String[]::new));
            assertThat(all.subList(life.size(), all.size())).isSubsetOf("dev.xebec.task.unready",
                    "dev.xebec.task.ready", "dev.xebec.task.restarted");
        });
    }

    private static Map<String, List<String>> told() throws Exception {
        Map<String, List<String>> told = new TreeMap<>();
        for (JsonNode event : events()) {
            told.computeIfAbsent(event.path("data").path("uid").asText(), none -> new ArrayList<>())
                    .add(event.path("type").asText());
        }
        return told;
    }

    private static List<String> types(String pod) throws Exception {
        return told(cluster.say("events", "-o", "json", "--pod", "default/" + pod)).stream()
                .map(event -> event.path("type").asText()).toList();
    }

    private static List<JsonNode> events() throws Exception {
        return told(cluster.say("events", "-o", "json"));
    }

    private static List<JsonNode> told(String lines) throws Exception {
        List<JsonNode> events = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            events.add(MAPPER.readTree(line));
        }
        return events;
    }

    private static void create(String name) {
        client.pods().inNamespace("default").resource(new PodBuilder().withNewMetadata().withName(name).endMetadata()
                .withNewSpec().addNewContainer().withName("main").withImage("none").endContainer().endSpec().build())
                .create();
    }

    private static void kill(long pid) throws Exception {
        assertThat(pid).isPositive();
        assertThat(exit(List.of("kill", "-9", Long.toString(pid)))).isZero();
    }

    private static int exit(List<String> command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private static List<String> run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines().toList();
    }
}
