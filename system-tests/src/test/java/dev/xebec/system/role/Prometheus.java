package dev.xebec.system.role;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.xebec.model.object.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A Prometheus of this machine with what {@code docs/operate} has for it, but for the targets and how often it looks. */
final class Prometheus implements AutoCloseable {
    private static final Path DOCS = Path.of("..", "docs", "operate");
    private static final String EVERY = "1s";

    private final URI address;
    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();

    private Prometheus(URI address, Process process) {
        this.address = address;
        this.process = process;
    }

    /** @param targets what {@code targets.json} says: a health port of each process */
    static Prometheus start(Path folder, int port, List<Ports> targets) throws IOException {
        Files.createDirectories(folder);
        Files.copy(DOCS.resolve("alerts.yaml"), folder.resolve("alerts.yaml"));
        Files.writeString(folder.resolve("prometheus.yml"), Files.readString(DOCS.resolve("prometheus.yml"))
                .replaceAll("(scrape_interval|evaluation_interval): 15s", "$1: " + EVERY));
        ArrayNode all = Json.object().putArray("all");
        ArrayNode names = all.addObject().putArray("targets");
        targets.forEach(target -> names.add("127.0.0.1:" + target.health()));
        Files.write(folder.resolve("targets.json"), Json.bytes(all));
        Process process = new ProcessBuilder("prometheus", "--config.file=prometheus.yml",
                "--storage.tsdb.path=" + folder.resolve("data"), "--web.listen-address=127.0.0.1:" + port,
                "--log.level=warn").directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile()).start();
        return new Prometheus(URI.create("http://127.0.0.1:" + port), process);
    }

    /** The samples that a question has for an answer now; empty where it does not answer yet. */
    List<JsonNode> query(String expression) throws IOException {
        return ask("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8)).path("data")
                .path("result").valueStream().toList();
    }

    /** The state of each alert that is not inactive: {@code pending} or {@code firing}, by its name. */
    Map<String, String> alerts() throws IOException {
        Map<String, String> states = new TreeMap<>();
        ask("/api/v1/alerts").path("data").path("alerts").forEach(alert -> states.merge(
                alert.path("labels").path("alertname").asText(), alert.path("state").asText(),
                (one, other) -> one.equals("firing") ? one : other));
        return states;
    }

    /** All rules, as Prometheus has read and evaluated them. */
    List<JsonNode> rules() throws IOException {
        return ask("/api/v1/rules").path("data").path("groups").valueStream()
                .flatMap(group -> group.path("rules").valueStream()).toList();
    }

    private JsonNode ask(String path) throws IOException {
        try {
            HttpResponse<byte[]> answer = http.send(HttpRequest.newBuilder(address.resolve(path)).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() == 400) {
                throw new AssertionError(path + ": " + new String(answer.body(), StandardCharsets.UTF_8));
            }
            return answer.statusCode() == 200 ? Json.parse(answer.body()) : Json.object();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        http.close();
    }
}
