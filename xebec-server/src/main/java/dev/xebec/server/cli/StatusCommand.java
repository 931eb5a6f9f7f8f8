package dev.xebec.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.server.StartupException;
import dev.xebec.server.layout.DataDirectory;
import dev.xebec.server.plan.ClusterFile;
import dev.xebec.server.plan.ProcessConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code xebec status}: what each process says of itself now; exit code 1 when the cluster is not running. */
@Command(name = "status", description = "Show the cluster's processes.", mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMillis(1_500);

    @Spec
    private CommandSpec spec;
    @Mixin
    private DataOption data;
    @Option(names = {"-o", "--output"}, paramLabel = "FORMAT", description = "text or json", defaultValue = "text")
    private String output;

    @Override
    public Integer call() throws InterruptedException {
        if (!output.equals("text") && !output.equals("json")) {
            throw new ParameterException(spec.commandLine(), "--output has to be text or json, not " + output);
        }
        DataDirectory directory = data.directory();
        if (!directory.exists() || !directory.locked()) {
            throw new StartupException("no cluster is running on " + directory.root() + "; start it with ./xebec up");
        }
        ClusterFile file = ClusterFile.read(directory)
                .orElseThrow(() -> new StartupException("the cluster in " + directory.root() + " is just starting"));
        ArrayNode processes = Json.MAPPER.createArrayNode();
        for (ObjectNode process : ask(file)) {
            processes.add(process);
        }
        ObjectNode kafka = KafkaStatus.of(directory, file);
        if (output.equals("json")) {
            ObjectNode answer = Json.object();
            answer.set("processes", processes);
            answer.set("kafka", kafka);
            System.out.println(answer.toPrettyString());
        } else {
            print(processes);
            print(kafka);
        }
        return 0;
    }

    /** Asks all at once, so that a process that hangs costs its patience once. */
    private static List<ObjectNode> ask(ClusterFile file) throws InterruptedException {
        List<ProcessConfig> plan = file.plan().processes();
        List<ObjectNode> answers = new ArrayList<>();
        List<Thread> asking = new ArrayList<>();
        HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        for (int index = 0; index < plan.size(); index++) {
            ProcessConfig process = plan.get(index);
            ObjectNode answer = Json.object().put("name", process.process())
                    .put("pid", index < file.processes().size() ? file.processes().get(index).pid() : 0);
            answers.add(answer);
            asking.add(Thread.ofVirtual().start(() -> describe(client, process, answer)));
        }
        for (Thread thread : asking) {
            thread.join();
        }
        return answers;
    }

    private static void describe(HttpClient client, ProcessConfig process, ObjectNode answer) {
        JsonNode said = fetch(client, process.healthPort());
        ArrayNode services = answer.putArray("services");
        process.services().forEach(services::add);
        boolean gateway = process.runs(ProcessConfig.GATEWAY);
        answer.put("address", gateway ? "https://" + process.host() + ":" + process.gatewayPort() : "");
        answer.put("healthy", said.path("ready").asBoolean(false));
        answer.put("leader", said.path("leader").asBoolean(false));
        answer.put("revision", said.path("revision").asLong(0));
        answer.set("share", said.path("share").isObject() ? said.path("share") : Json.object());
        answer.put("detail", said.path("detail").asText("no answer"));
    }

    private static JsonNode fetch(HttpClient client, int healthPort) {
        try {
            HttpResponse<byte[]> response = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + healthPort + "/statusz")).timeout(PATIENCE)
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            return Json.parse(response.body());
        } catch (IOException | IllegalArgumentException silent) {
            return Json.object();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Json.object();
        }
    }

    private static void print(ObjectNode kafka) {
        String pid = kafka.path("pid").asLong() > 0 ? ", process " + kafka.path("pid").asLong() : "";
        String address = kafka.path("bootstrap").asText();
        System.out.println("Kafka: " + kafka.path("cluster").asText() + (address.isEmpty() ? "" : " at " + address)
                + pid + (kafka.path("detail").asText().isEmpty() ? "" : ", " + kafka.path("detail").asText()));
    }

    private static void print(ArrayNode processes) {
        String format = "%-10s %-8s %-8s %-7s %-9s %-24s %-52s %s%n";
        System.out.printf(format, "NAME", "PID", "HEALTHY", "LEADER", "REVISION", "ADDRESS", "SHARE OF THE WORK",
                "DETAIL");
        for (JsonNode process : processes) {
            List<String> shares = new ArrayList<>();
            process.path("share").properties()
                    .forEach(share -> shares.add(share.getKey() + " " + share.getValue().asInt() + " %"));
            System.out.printf(format, process.path("name").asText(), process.path("pid").asLong(),
                    process.path("healthy").asBoolean() ? "yes" : "no", process.path("leader").asBoolean() ? "yes" : "",
                    process.path("revision").asLong(), process.path("address").asText(), String.join(", ", shares),
                    process.path("detail").asText());
        }
    }
}
