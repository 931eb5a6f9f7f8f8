package dev.xebec.gateway.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The events of a watch over HTTPS, as they come. */
public final class WatchLines implements AutoCloseable {
    private static final String END = "";
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final InputStream body;

    public WatchLines(Https https, String path) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = https.client().send(https.request(path).GET().build(),
                HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + new String(response.body().readAllBytes(),
                    StandardCharsets.UTF_8));
        }
        body = response.body();
        Thread.ofVirtual().start(this::read);
    }

    private void read() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException closed) {
            // the end is told below
        }
        lines.add(END);
    }

    /** The next event. */
    public ObjectNode next() throws InterruptedException {
        String line = lines.poll(60, TimeUnit.SECONDS);
        if (line == null || line.equals(END)) {
            throw new AssertionError(line == null ? "no event in time" : "the watch has ended");
        }
        return Json.parseObject(line.getBytes(StandardCharsets.UTF_8));
    }

    /** The next event as {@code TYPE name}. */
    public String nextName() throws InterruptedException {
        ObjectNode event = next();
        return event.path("type").asText() + " " + event.at("/object/metadata/name").asText();
    }

    /** Waits for the end; fails on an event before it. */
    public void awaitEnd() throws InterruptedException {
        String line = lines.poll(60, TimeUnit.SECONDS);
        if (line == null || !line.equals(END)) {
            throw new AssertionError("not the end: " + line);
        }
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
