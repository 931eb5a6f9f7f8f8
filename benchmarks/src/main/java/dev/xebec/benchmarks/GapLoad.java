package dev.xebec.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * One writer, one write after the other, trying again where the connection broke; shows the longest time between two
 * acknowledged writes, and reads every acknowledged write back at the end. Kill something meanwhile.
 */
@Command(name = "gap", description = "Write one after the other while something is killed.")
final class GapLoad implements Callable<Integer> {
    @Mixin
    private Target target;
    @Option(names = "--seconds", defaultValue = "20", description = "how long (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Override
    public Integer call() throws Exception {
        target.prepare();
        String path = "/api/v1/namespaces/" + target.namespace() + "/configmaps";
        String run = "g" + Long.toString(System.currentTimeMillis(), 36);
        List<String> acknowledged = new ArrayList<>();
        Connection connection = target.connect();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        long last = System.nanoTime();
        long gap = 0;
        int broken = 0;
        int refused = 0;
        for (int number = 0; System.nanoTime() < end; number++) {
            String name = run + "-" + number;
            boolean written = false;
            while (!written && System.nanoTime() < end) {
                try {
                    int code = create(connection, path, name);
                    // A repeated create of what was written before the connection broke finds it there.
                    written = code == 201 || code == 409;
                    refused += written ? 0 : 1;
                } catch (IOException lost) {
                    broken++;
                    connection = target.connect();
                }
            }
            if (written) {
                acknowledged.add(name);
                gap = Math.max(gap, System.nanoTime() - last);
                last = System.nanoTime();
            }
        }
        int missing = 0;
        for (String name : acknowledged) {
            missing += connection.get(path + "/" + name).statusCode() == 200 ? 0 : 1;
        }
        System.out.printf(Locale.ROOT,
                "gap: %d acknowledged writes in %d s; longest gap %.0f ms; %d broken connections, "
                        + "%d refused; %d missing afterwards%n",
                acknowledged.size(), seconds, gap / 1e6, broken, refused, missing);
        return missing == 0 ? 0 : 1;
    }

    private static int create(Connection connection, String path, String name)
            throws IOException, InterruptedException {
        String body = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name
                + "\"},\"data\":{\"value\":\"1\"}}";
        return connection.send("POST", path, body.getBytes(StandardCharsets.UTF_8), "application/json").statusCode();
    }
}
