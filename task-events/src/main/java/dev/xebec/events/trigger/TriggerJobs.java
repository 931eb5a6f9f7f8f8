package dev.xebec.events.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.contracts.api.ApiClient;
import dev.xebec.events.trigger.plan.JobFrame;
import dev.xebec.events.trigger.plan.TriggerStatus;
import dev.xebec.kit.informer.Cache;
import dev.xebec.kit.informer.WatchInformer;
import dev.xebec.model.object.ApiObject;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The Jobs of all triggers, as the cache shows them. Thread-safe. */
final class TriggerJobs implements AutoCloseable {
    private static final String ACTIVE = "active";
    private static final String SUCCEEDED = "succeeded";
    private static final String FAILED = "failed";
    private static final String UNRELEASED = "unreleased";
    private static final String ANY = "any";

    private final WatchInformer informer;

    TriggerJobs(ApiClient client) {
        informer = new WatchInformer(client, List.of(JobFrame.JOBS), "", JobFrame.TRIGGER_UID, "");
        informer.addIndex(JobFrame.JOBS, ACTIVE, job -> state(job).equals(ACTIVE) ? trigger(job) : Set.of());
        informer.addIndex(JobFrame.JOBS, SUCCEEDED, job -> state(job).equals(SUCCEEDED) ? trigger(job) : Set.of());
        informer.addIndex(JobFrame.JOBS, FAILED, job -> state(job).equals(FAILED) ? trigger(job) : Set.of());
        informer.addIndex(JobFrame.JOBS, UNRELEASED,
                job -> job.finalizers().contains(JobFrame.FINALIZER) ? Set.of(uid(job), ANY) : Set.of());
    }

    private static Set<String> trigger(ApiObject job) {
        return Set.of(uid(job));
    }

    /** Of the trigger that a Job is of. */
    static String uid(ApiObject job) {
        return job.labels().getOrDefault(JobFrame.TRIGGER_UID, "");
    }

    private static String state(ApiObject job) {
        for (JsonNode condition : job.status().path("conditions")) {
            if (condition.path("status").asText().equals("True")) {
                switch (condition.path("type").asText()) {
                    case "Complete" -> {
                        return SUCCEEDED;
                    }
                    case "Failed" -> {
                        return FAILED;
                    }
                    default -> {
                        // says nothing of the end
                    }
                }
            }
        }
        return job.deleting() ? "" : ACTIVE;
    }

    void start() {
        informer.start();
    }

    boolean synced() {
        return informer.synced();
    }

    Cache cache() {
        return informer.cache();
    }

    /** Counts by one picture. */
    static TriggerStatus.Jobs count(Cache cache, String uid) {
        return new TriggerStatus.Jobs(cache.byIndex(JobFrame.JOBS, ACTIVE, uid).size(),
                cache.byIndex(JobFrame.JOBS, SUCCEEDED, uid).size(), cache.byIndex(JobFrame.JOBS, FAILED, uid).size());
    }

    /** Jobs of a trigger that are kept until their offset is committed. */
    static Collection<ApiObject> unreleased(Cache cache, String uid) {
        return cache.byIndex(JobFrame.JOBS, UNRELEASED, uid);
    }

    /** The same of all triggers. */
    static Collection<ApiObject> unreleased(Cache cache) {
        return cache.byIndex(JobFrame.JOBS, UNRELEASED, ANY);
    }

    @Override
    public void close() {
        informer.close();
    }
}
