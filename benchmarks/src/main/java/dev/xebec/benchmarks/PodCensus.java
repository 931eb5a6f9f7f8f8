package dev.xebec.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Follows, by one watch, which pods of one run are ready and which are gone. */
final class PodCensus implements AutoCloseable {
    /** Without any news for this long, a wait is given up. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Set<String> ready = new HashSet<>();
    private final Set<String> gone = new HashSet<>();
    private final String prefix;
    private final InputStream stream;
    private @Nullable IOException broken;

    /** @param prefix of the names of the run's pods */
    PodCensus(Target target, String path, String prefix)
            throws IOException, GeneralSecurityException, InterruptedException {
        this.prefix = prefix;
        JsonNode list = new ObjectMapper().readTree(target.connect().get(path + "?limit=1").body());
        String from = list.path("metadata").path("resourceVersion").asText();
        this.stream = target.connect().stream(path + "?watch=true&resourceVersion=" + from).body();
        Thread.ofPlatform().daemon().start(this::follow);
    }

    private void follow() {
        try (var events = new ObjectMapper().readerFor(JsonNode.class).<JsonNode>readValues(stream)) {
            while (events.hasNext()) {
                take(events.next());
            }
            end(new IOException("the watch ended"));
        } catch (IOException | RuntimeException failed) {
            end(failed instanceof IOException io ? io : new IOException(failed));
        }
    }

    private synchronized void take(JsonNode event) {
        JsonNode pod = event.path("object");
        String name = pod.path("metadata").path("name").asText();
        if (!name.startsWith(prefix)) {
            return;
        }
        if (event.path("type").asText().equals("DELETED")) {
            ready.remove(name);
            gone.add(name);
        } else if (isReady(pod)) {
            ready.add(name);
        } else {
            ready.remove(name);
        }
        notifyAll();
    }

    private static boolean isReady(JsonNode pod) {
        for (JsonNode condition : pod.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    private synchronized void end(IOException why) {
        broken = why;
        notifyAll();
    }

    synchronized void awaitReady(int count) throws IOException, InterruptedException, TimeoutException {
        while (ready.size() < count) {
            news(ready.size() + " of " + count + " pods are ready");
        }
    }

    synchronized void awaitGone(int count) throws IOException, InterruptedException, TimeoutException {
        while (gone.size() < count) {
            news(gone.size() + " of " + count + " pods are gone");
        }
    }

    private synchronized void news(String state) throws IOException, InterruptedException, TimeoutException {
        if (broken != null) {
            throw broken;
        }
        long from = System.nanoTime();
        wait(PATIENCE.toMillis());
        if (System.nanoTime() - from >= PATIENCE.toNanos()) {
            throw new TimeoutException(state);
        }
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
