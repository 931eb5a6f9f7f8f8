package dev.xebec.gateway.backup;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.Saved;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Handler;
import dev.xebec.gateway.request.ResponseStream;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /xebec/v1/backup}: everything that is stored, as it was at one revision, which holds every write acknowledged
 * before the request. Left out are Events, which go by themselves. It holds Secrets: for administrators alone.
 */
public final class BackupPath implements Handler {
    public static final String PATH = "/xebec/v1/backup";

    private static final Logger LOG = LoggerFactory.getLogger(BackupPath.class);
    private static final int PAGE_KEYS = 256;

    private final StateStore store;
    private final InstantSource clock;

    public BackupPath(StateStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Answer handle(Call call) {
        Administrators.require(call);
        if (!call.request().method().equals("GET")) {
            throw new RejectedException(Status.noSuchMethod());
        }
        long revision = store.currentRevision(LogGroup.MAIN);
        return new Answer.Streamed(BackupText.CONTENT_TYPE, out -> write(revision, out));
    }

    @Override
    public boolean longRunning() {
        return true;
    }

    private void write(long revision, ResponseStream out) {
        if (!out.write(BackupText.line(new BackupText.Header(BackupText.FORMAT, revision, clock.instant())))) {
            return;
        }
        long keys = 0;
        String from = "";
        boolean more = true;
        while (more) {
            RangeResult.Page page;
            try {
                page = page(from, revision);
            } catch (UnavailableException | IllegalStateException failed) {
                // Without its last line nobody takes it for whole.
                LOG.warn("a backup at revision {} broke off: {}", revision, failed.getMessage());
                out.abort();
                return;
            }
            for (KeyValue keyValue : page.keyValues()) {
                if (lasts(keyValue.key())) {
                    keys++;
                    if (!out.write(BackupText.line(new Saved(keyValue.key(), keyValue.value())))) {
                        return;
                    }
                }
            }
            more = page.more() && !page.keyValues().isEmpty();
            from = more ? page.keyValues().getLast().key() + '\0' : "";
        }
        if (out.write(BackupText.line(new BackupText.End(keys)))) {
            out.end();
        }
    }

    private RangeResult.Page page(String from, long revision) {
        return switch (store.range(new RangeQuery(LogGroup.MAIN, from, "", revision, PAGE_KEYS))) {
            case RangeResult.Page page -> page;
            case RangeResult.Compacted compacted -> throw new IllegalStateException(
                    "revision " + revision + " is no longer kept, the oldest is " + compacted.compactedRevision());
        };
    }

    private static boolean lasts(String key) {
        int slash = key.indexOf('/');
        return slash < 0 || !key.startsWith(GroupVersionResource.EVENTS.resource() + "/", slash + 1);
    }
}
