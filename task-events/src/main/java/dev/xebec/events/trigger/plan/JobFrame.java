package dev.xebec.events.trigger.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What every Job of a trigger has beside its template: a name that follows from the event, marks that say which event it is
 * for, the trigger as owner, and a finalizer that keeps it until its offset is committed.
 */
public final class JobFrame {
    public static final GroupVersionResource JOBS = new GroupVersionResource("batch", "v1", "jobs");
    /** Keeps a Job that has ended, or was deleted, until its event cannot come again. */
    public static final String FINALIZER = "events.xebec.dev/uncommitted";
    public static final String TRIGGER = "events.xebec.dev/trigger";
    public static final String TRIGGER_UID = "events.xebec.dev/trigger-uid";
    public static final String TOPIC = "events.xebec.dev/topic";
    public static final String PARTITION = "events.xebec.dev/partition";
    public static final String OFFSET = "events.xebec.dev/offset";
    static final String EVENT_ID = "events.xebec.dev/event-id";
    static final String EVENT_SOURCE = "events.xebec.dev/event-source";
    /** The environment variable with the whole event as JSON. */
    static final String VARIABLE = "XEBEC_EVENT";
    /** Seconds that a finished Job is kept for where its template does not say: as long as repeated events are known again. */
    static final int TTL_SECONDS = 86_400;

    /** Characters of the trigger's name in a Job's: with what is put behind it, it stays a label. */
    private static final int MAX_BASE = 32;
    /** Characters of the hash: 27^20 is more than 2^95. */
    private static final int HASH_CHARS = 20;
    /** Letters and digits that spell no words. Source: apimachinery {@code util/rand}. */
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private JobFrame() {}

    /** The same event of the same trigger always gives the same name. */
    static String name(String trigger, String uid, Event event) {
        String base = trigger.replace('.', '-');
        String cut = base.length() <= MAX_BASE ? base : base.substring(0, MAX_BASE).replaceAll("-+$", "");
        byte[] digest = sha256(uid + "\0" + event.source() + "\0" + event.id());
        StringBuilder name = new StringBuilder(cut).append('-');
        for (int i = 0; i < HASH_CHARS; i++) {
            name.append(ALPHABET.charAt((digest[i] & 0xff) % ALPHABET.length()));
        }
        return name.toString();
    }

    /** @param filled the template with the event's values; taken over */
    static ApiObject job(ApiObject trigger, ObjectNode filled, Event event, Message message) {
        ObjectNode job = frame(trigger, filled, name(trigger.name(), trigger.uid(), event));
        ObjectNode annotations = child(child(job, "metadata"), "annotations");
        annotations.put(EVENT_ID, event.id()).put(EVENT_SOURCE, event.source()).put(TOPIC, message.topic())
                .put(PARTITION, Integer.toString(message.partition())).put(OFFSET, Long.toString(message.offset()));
        String text = new String(Json.bytes(event.tree()), StandardCharsets.UTF_8).replace("$", "$$");
        ObjectNode pod = child(child(child(job, "spec"), "template"), "spec");
        variable(pod.path("containers"), text);
        variable(pod.path("initContainers"), text);
        return ApiObject.of(job);
    }

    /** All of the Job that no event has a part in. */
    static ObjectNode frame(ApiObject trigger, ObjectNode filled, String name) {
        ObjectNode job = Json.object().put("apiVersion", "batch/v1").put("kind", "Job");
        job.set("metadata", child(filled, "metadata"));
        job.set("spec", child(filled, "spec"));
        ObjectNode metadata = child(job, "metadata");
        metadata.put("name", name).put("namespace", trigger.namespace());
        child(metadata, "labels").put(TRIGGER, trigger.name()).put(TRIGGER_UID, trigger.uid());
        metadata.putArray("finalizers").add(FINALIZER);
        metadata.putArray("ownerReferences").addObject().put("apiVersion", trigger.apiVersion())
                .put("kind", trigger.kind()).put("name", trigger.name()).put("uid", trigger.uid())
                .put("controller", true).put("blockOwnerDeletion", true);
        ObjectNode spec = child(job, "spec");
        if (!spec.has("ttlSecondsAfterFinished")) {
            spec.put("ttlSecondsAfterFinished", TTL_SECONDS);
        }
        child(child(child(spec, "template"), "metadata"), "labels").put(TRIGGER, trigger.name());
        return job;
    }

    /** Whether a Job that has the name is the one for this event. */
    public static boolean same(ApiObject one, ApiObject other) {
        return one.annotations().getOrDefault(EVENT_ID, "").equals(other.annotations().get(EVENT_ID))
                && one.annotations().getOrDefault(EVENT_SOURCE, "").equals(other.annotations().get(EVENT_SOURCE))
                && one.labels().getOrDefault(TRIGGER_UID, "").equals(other.labels().get(TRIGGER_UID));
    }

    /** Whether both were made for the same record, not only for the same event. */
    public static boolean sameRecord(ApiObject one, ApiObject other) {
        return place(one).equals(place(other));
    }

    private static String place(ApiObject job) {
        return job.annotations().get(TOPIC) + "/" + job.annotations().get(PARTITION) + "/"
                + job.annotations().get(OFFSET);
    }

    private static void variable(JsonNode containers, String text) {
        for (JsonNode container : containers) {
            if (container instanceof ObjectNode one && !names(one.path("env"), VARIABLE)) {
                ArrayNode before = one.get("env") instanceof ArrayNode list
                        ? list
                        : JsonNodeFactory.instance.arrayNode();
                ArrayNode env = one.putArray("env");
                env.addObject().put("name", VARIABLE).put("value", text);
                env.addAll(before);
            }
        }
    }

    private static boolean names(JsonNode variables, String name) {
        for (JsonNode variable : variables) {
            if (variable.path("name").asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static ObjectNode child(ObjectNode parent, String field) {
        return parent.get(field) instanceof ObjectNode child ? child : parent.putObject(field);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
