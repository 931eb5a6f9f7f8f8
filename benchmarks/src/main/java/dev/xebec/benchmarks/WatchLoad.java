package dev.xebec.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Many watchers of one resource while one writer changes it; measures the time from acknowledgement to delivery. */
@Command(name = "watch", description = "Watch while somebody writes.")
final class WatchLoad implements Callable<Integer> {
    @Mixin
    private Target target;
    @Option(names = "--watchers", defaultValue = "100", description = "watches (default: ${DEFAULT-VALUE})")
    private int watchers;
    @Option(names = "--writes", defaultValue = "500", description = "changes (default: ${DEFAULT-VALUE})")
    private int writes;
    @Option(names = "--rate", defaultValue = "50", description = "changes a second; 0 for as fast as possible (default: "
            + "${DEFAULT-VALUE})")
    private int rate;

    @Option(names = "--bystanders", defaultValue = "0", description = "more watches, each of one object that is never "
            + "written, as node agents have them (default: ${DEFAULT-VALUE})")
    private int bystanders;

    private final LongAdder bytes = new LongAdder();
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    /** Pairs of a name's index and the time of delivery. */
    private final List<long[]> deliveries = java.util.Collections.synchronizedList(new ArrayList<>());

    private final List<String> names = java.util.Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Integer> indexOfName = new ConcurrentHashMap<>();

    @Override
    public Integer call() throws Exception {
        target.prepare();
        String path = "/api/v1/namespaces/" + target.namespace() + "/configmaps";
        String run = "w" + Long.toString(System.currentTimeMillis(), 36);
        JsonNode list = new ObjectMapper().readTree(target.connect().get(path + "?limit=1").body());
        String from = list.path("metadata").path("resourceVersion").asText();
        CountDownLatch done = new CountDownLatch(watchers);
        List<Thread> threads = new ArrayList<>();
        for (int watcher = 0; watcher < watchers; watcher++) {
            Connection connection = target.connect();
            threads.add(
                    Thread.ofPlatform().daemon().start(() -> follow(connection, path + "?watch=true&resourceVersion="
                            + from + "&labelSelector=run%3D" + run, done)));
        }
        List<Connection> bystanding = Bystanders.open(target, path, bystanders);
        Thread.sleep(1_000);
        Connection writer = target.connect();
        ServerProcesses servers = target.servers();
        long begun = System.nanoTime();
        for (int write = 0; write < writes; write++) {
            String name = run + "-" + write;
            String body = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name
                    + "\",\"labels\":{\"run\":\"" + run + "\"}},\"data\":{\"value\":\"" + "x".repeat(512) + "\"}}";
            writer.send("POST", path, body.getBytes(StandardCharsets.UTF_8), "application/json");
            acknowledged.put(name, System.nanoTime());
            if (rate > 0) {
                long next = begun + (write + 1) * 1_000_000_000L / rate;
                Thread.sleep(Math.max(0, (next - System.nanoTime()) / 1_000_000));
            }
        }
        boolean complete = done.await(60, TimeUnit.SECONDS);
        report(begun, complete, servers);
        if (!bystanding.isEmpty()) {
            System.out.println("watches of other objects meanwhile: " + bystanders);
        }
        return complete ? 0 : 1;
    }

    private void report(long begun, boolean complete, ServerProcesses servers) throws IOException {
        double seconds = (System.nanoTime() - begun) / 1e9;
        Histogram micros = new ConcurrentHistogram(60_000_000L, 3);
        for (long[] delivery : deliveries) {
            Long at = acknowledged.get(names.get((int) delivery[0]));
            if (at != null) {
                micros.recordValue(Math.clamp((delivery[1] - at) / 1000, 0, 60_000_000L));
            }
        }
        System.out.printf(Locale.ROOT,
                "watch: %d watchers, %d writes in %.1f s: %.0f events/s, %.1f MB/s; acknowledged to delivered "
                        + "p50 %.2f ms, p99 %.2f ms; %s%s%n",
                watchers, writes, seconds, deliveries.size() / seconds, bytes.sum() / seconds / 1e6,
                micros.getValueAtPercentile(50) / 1000.0, micros.getValueAtPercentile(99) / 1000.0,
                complete ? "all delivered" : deliveries.size() + " of " + (long) watchers * writes + " delivered",
                servers.figures(Math.max(1, deliveries.size())));
    }

    private void follow(Connection connection, String path, CountDownLatch done) {
        ObjectMapper mapper = new ObjectMapper();
        int seen = 0;
        try (InputStream in = new Counted(connection.stream(path).body(), bytes);
                var events = mapper.readerFor(JsonNode.class).<JsonNode>readValues(in)) {
            while (seen < writes && events.hasNext()) {
                JsonNode event = events.next();
                if (event.path("type").asText().equals("ADDED")) {
                    long now = System.nanoTime();
                    String name = event.path("object").path("metadata").path("name").asText();
                    deliveries.add(new long[]{index(name), now});
                    seen++;
                }
            }
        } catch (IOException broken) {
            System.err.println("a watch broke: " + broken.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        if (seen == writes) {
            done.countDown();
        }
    }

    private int index(String name) {
        return indexOfName.computeIfAbsent(name, added -> {
            names.add(added);
            return names.lastIndexOf(added);
        });
    }

    /** Counts what is read. */
    private static final class Counted extends FilterInputStream {
        private final LongAdder bytes;

        Counted(InputStream in, LongAdder bytes) {
            super(in);
            this.bytes = bytes;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            bytes.add(Math.max(0, read));
            return read;
        }
    }
}
