package dev.xebec.server.backup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.contracts.state.RestorableStore;
import dev.xebec.contracts.state.Saved;
import dev.xebec.gateway.backup.RestorePath;
import dev.xebec.server.check.AdminConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Puts a backup into a running cluster: part by part aside, then all of it at once. Each step is repeated until it is answered. */
public final class Restore {
    private static final int PART_BYTES = 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final AdminConnection cluster;
    private final long restore = new SecureRandom().nextLong(1, Long.MAX_VALUE);
    private final List<Saved> waiting = new ArrayList<>();
    private long waitingBytes;
    private int parts;

    public Restore(AdminConnection cluster) {
        this.cluster = cluster;
    }

    /**
     * Makes the file's content everything that the cluster stores.
     *
     * @return the newest revision after it
     * @throws IOException when the file is not whole, or the cluster refuses or does not answer; then nothing has changed, unless
     *     the message says that nobody knows
     */
    public long run(BackupFile file) throws IOException, InterruptedException {
        BackupFile.Summary whole = file.read(unused -> {
        });
        try {
            file.read(this::add);
            flush();
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
        long atLeast = whole.header().revision() + RestorableStore.REVISIONS_SKIPPED;
        JsonNode answer = repeat("POST",
                RestorePath.PATH + "/" + restore + "?parts=" + parts + "&atLeast=" + atLeast, new byte[0]);
        return answer.path("revision").asLong();
    }

    private void add(Saved saved) {
        waiting.add(saved);
        waitingBytes += saved.key().length() + saved.value().size();
        if (waitingBytes >= PART_BYTES) {
            flush();
        }
    }

    private void flush() {
        if (waiting.isEmpty()) {
            return;
        }
        try {
            JsonNode unused = repeat("PUT", RestorePath.PATH + "/" + restore + "/" + parts, RestorePath.part(waiting));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted"));
        }
        parts++;
        waiting.clear();
        waitingBytes = 0;
    }

    private JsonNode repeat(String method, String path, byte[] body) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return cluster.send(method, path, body);
            } catch (AdminConnection.RefusedException refused) {
                if (refused.code() < 500 || System.nanoTime() > end) {
                    throw refused;
                }
            } catch (IOException broken) {
                if (System.nanoTime() > end) {
                    throw broken;
                }
            }
            Thread.sleep(PAUSE);
        }
    }
}
