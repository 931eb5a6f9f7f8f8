package dev.xebec.events.trigger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.events.trigger.plan.JobFrame;
import dev.xebec.kit.client.ApiResult;
import dev.xebec.kit.client.Resources;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the finalizer off Jobs whose event cannot come again, beside the reading. What fails is found again by those who
 * look at the Jobs from time to time. Thread-safe.
 */
final class JobReleases {
    private static final Logger LOG = LoggerFactory.getLogger(JobReleases.class);
    /** Jobs that are released at the same time. */
    private static final int AT_ONCE = 16;
    /** Jobs that may wait for that; more are left to the next look. */
    private static final int MAX_WAITING = 2_000;

    private final Resources resources;
    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final Set<ObjectKey> waiting = ConcurrentHashMap.newKeySet();

    JobReleases(Resources resources) {
        this.resources = resources;
    }

    /** Returns at once. */
    void release(ApiObject job) {
        ObjectKey key = job.key();
        if (waiting.size() < MAX_WAITING && waiting.add(key)) {
            Thread.ofVirtual().name("release-" + key).start(() -> run(key, job.uid()));
        }
    }

    private void run(ObjectKey key, String uid) {
        turns.acquireUninterruptibly();
        try {
            ObjectNode patch = Json.object();
            ObjectNode metadata = patch.putObject("metadata").put("uid", uid);
            metadata.putArray("$deleteFromPrimitiveList/finalizers").add(JobFrame.FINALIZER);
            if (resources.strategic(JobFrame.JOBS, key.namespace(), key.name(), "",
                    patch) instanceof ApiResult.Refused refused && refused.status().code() != 404) {
                LOG.info("the Job {} keeps its finalizer for now: {}", key, refused.status().message());
            }
        } catch (UnavailableException unavailable) {
            LOG.debug("the Job {} keeps its finalizer for now: {}", key, unavailable.getMessage());
        } finally {
            waiting.remove(key);
            turns.release();
        }
    }
}
