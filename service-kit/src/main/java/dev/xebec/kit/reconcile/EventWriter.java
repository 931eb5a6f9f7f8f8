package dev.xebec.kit.reconcile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.kit.client.ApiResult;
import dev.xebec.kit.client.Resources;
import dev.xebec.kit.reconcile.Events.Waiting;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.Status;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Creates an Event, or counts it up where it is there already. Thread-safe. */
final class EventWriter {
    /** Names of Events that are remembered to be there; others are tried to create first. */
    static final int MAX_REMEMBERED = 4_096;
    /** Tries to count up one Event against other writers. */
    private static final int MAX_TRIES = 6;

    private final Resources resources;
    private final Set<String> there = Collections.synchronizedSet(Collections.newSetFromMap(new Remembered()));

    /** Forgets what was used longest ago. */
    private static final class Remembered extends LinkedHashMap<String, Boolean> {
        private static final long serialVersionUID = 1L;

        Remembered() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_REMEMBERED;
        }
    }

    EventWriter(Resources resources) {
        this.resources = resources;
    }

    /** Why it could not be written; empty when it is. */
    String write(Waiting event) {
        String key = event.text().key();
        for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
            ApiResult result = there.contains(key) ? countUp(event) : create(event);
            switch (result) {
                case ApiResult.Ok ok -> {
                    there.add(key);
                    return "";
                }
                case ApiResult.Refused refused -> {
                    Status status = refused.status();
                    if (status.code() == 404 && there.contains(key)) {
                        there.remove(key); // It has expired since.
                    } else if (status.code() == 409) {
                        there.add(key);
                    } else {
                        return status.message();
                    }
                }
            }
        }
        return "others write it at the same time";
    }

    private ApiResult create(Waiting event) {
        return resources.create(GroupVersionResource.EVENTS,
                event.text().object(event.count(), event.first(), event.last()));
    }

    private ApiResult countUp(Waiting event) {
        EventText text = event.text();
        return switch (resources.get(GroupVersionResource.EVENTS, text.namespace(), text.name())) {
            case ApiResult.Refused refused -> refused;
            case ApiResult.Ok ok -> resources.merge(GroupVersionResource.EVENTS, text.namespace(), text.name(), "",
                    patch(ok.object(), event));
        };
    }

    private static ObjectNode patch(ApiObject known, Waiting event) {
        ObjectNode patch = Json.object();
        patch.putObject("metadata").put("resourceVersion", Long.toString(known.revision()));
        patch.put("count", known.tree().path("count").asInt(0) + event.count());
        return patch.put("lastTimestamp", EventText.time(event.last()));
    }
}
