package dev.xebec.scheduler.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.kit.client.ApiResult;
import dev.xebec.kit.client.Resources;
import dev.xebec.kit.reconcile.Events;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.scheduler.scheduling.PodInfo;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells users what became of their pods: Events, and the PodScheduled condition of pods that fit nowhere. */
final class Reporter {
    private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);
    /** Status writes at a time; further ones are left out, the next attempt says the same. */
    private static final int MAX_WRITES = 16;
    /** Pods whose last message is remembered, so that it is not written again. */
    private static final int MAX_REMEMBERED = 10_000;

    private final Resources resources;
    private final Events events;
    private final InstantSource clock;
    private final Semaphore writes = new Semaphore(MAX_WRITES);
    private final Map<ObjectKey, String> said = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ObjectKey, String> eldest) {
            return size() > MAX_REMEMBERED;
        }
    });

    Reporter(Resources resources, Events events, InstantSource clock) {
        this.resources = resources;
        this.events = events;
        this.clock = clock;
    }

    void scheduled(PodInfo pod, String node) {
        said.remove(pod.key());
        events.emit(reference(pod), "Normal", "Scheduled",
                "Successfully assigned " + pod.key() + " to " + node);
    }

    void unschedulable(PodInfo pod, String message) {
        events.emit(reference(pod), "Warning", "FailedScheduling", message);
        if (message.equals(said.put(pod.key(), message)) || !writes.tryAcquire()) {
            return;
        }
        Thread.ofVirtual().name("report " + pod.key()).start(() -> {
            try {
                if (resources.strategic(GroupVersionResource.PODS, pod.key().namespace(), pod.key().name(), "status",
                        condition(pod, message)) instanceof ApiResult.Refused) {
                    said.remove(pod.key());
                }
            } catch (UnavailableException nobody) {
                said.remove(pod.key());
                LOG.debug("cannot tell that {} is unschedulable: {}", pod.key(), nobody.getMessage());
            } finally {
                writes.release();
            }
        });
    }

    private ObjectNode condition(PodInfo pod, String message) {
        ObjectNode patch = Json.object();
        // Of this very state: a late write must not land on a pod that has been bound since.
        patch.putObject("metadata").put("uid", pod.uid()).put("resourceVersion", Long.toString(pod.revision()));
        patch.putObject("status").putArray("conditions").addObject().put("type", "PodScheduled").put("status", "False")
                .put("reason", "Unschedulable").put("message", message)
                .put("lastTransitionTime", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        return patch;
    }

    /** As much of the pod as an Event's involvedObject needs. */
    private static ApiObject reference(PodInfo pod) {
        ObjectNode tree = Json.object().put("apiVersion", "v1").put("kind", "Pod");
        tree.putObject("metadata").put("namespace", pod.key().namespace()).put("name", pod.key().name())
                .put("uid", pod.uid()).put("resourceVersion", Long.toString(pod.revision()));
        return ApiObject.of(tree);
    }
}
