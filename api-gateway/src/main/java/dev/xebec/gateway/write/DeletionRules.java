package dev.xebec.gateway.write;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.registry.Decision;
import dev.xebec.gateway.registry.Present;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a delete does to an object: removes it, or marks it and leaves the rest to those who hold it. Pure.
 *
 * <p>Source: apiserver {@code registry/rest/delete.go} and {@code registry/generic/registry/store.go}.
 */
final class DeletionRules {
    private static final long DEFAULT_POD_GRACE_SECONDS = 30;

    private DeletionRules() {}

    static Decision decide(Kind kind, ObjectKey key, DeleteOptions options, Present present, Instant now) {
        if (!present.exists()) {
            throw new RejectedException(Status.notFound(kind.resource(), key.name()));
        }
        ApiObject object = present.existing();
        checkPreconditions(kind, key, options, object);
        ObjectNode next = object.copy();
        Stamps.metadata(next).remove("resourceVersion");
        boolean policyChanged = setPropagation(kind, options, object, next);
        boolean held = Finalizers.remain(next);
        if (object.deleting()) {
            boolean settled = !next.path("spec").path("finalizers").isEmpty();
            return settled ? new Decision.Keep() : again(kind, options, object, next, held, policyChanged);
        }
        long grace = grace(kind, options, object);
        if (grace == 0 && !held) {
            return new Decision.Remove();
        }
        mark(kind, next, now.plusSeconds(grace), grace);
        return new Decision.Put(next);
    }

    private static void checkPreconditions(Kind kind, ObjectKey key, DeleteOptions options, ApiObject object) {
        if (options.uid() != null && !options.uid().equals(object.uid())) {
            throw conflict(kind, key, "the UID in the precondition (" + options.uid()
                    + ") does not match the UID in record (" + object.uid()
                    + "). The object might have been deleted and then recreated");
        }
        String revision = Long.toString(object.revision());
        if (options.resourceVersion() != null && !options.resourceVersion().equals(revision)) {
            throw conflict(kind, key, "the ResourceVersion in the precondition (" + options.resourceVersion()
                    + ") does not match the ResourceVersion in record (" + revision
                    + "). The object might have been modified");
        }
    }

    /** Here the kind is named where other conflicts name the resource. */
    private static RejectedException conflict(Kind kind, ObjectKey key, String why) {
        return new RejectedException(Status.conflict(
                new GroupVersionResource(kind.name().group(), kind.name().version(), kind.name().kind()), key.name(),
                why));
    }

    /** A second delete may only shorten the time that is left. */
    private static Decision again(Kind kind, DeleteOptions options, ApiObject object, ObjectNode next, boolean held,
            boolean policyChanged) {
        long left = object.metadata().path("deletionGracePeriodSeconds").asLong(0);
        Long asked = options.graceSeconds();
        if (asked != null && asked < left) {
            if (asked == 0 && !held) {
                return new Decision.Remove();
            }
            Instant end = object.deletionTimestamp().orElse(Instant.EPOCH).minusSeconds(left).plusSeconds(asked);
            Stamps.metadata(next).put("deletionTimestamp", Stamps.time(end)).put("deletionGracePeriodSeconds", asked);
            return new Decision.Put(next);
        }
        if (graceful(kind) && object.metadata().has("deletionGracePeriodSeconds")) {
            return new Decision.Keep();
        }
        if (left == 0 && !held) {
            return new Decision.Remove();
        }
        return policyChanged ? new Decision.Put(next) : new Decision.Keep();
    }

    private static boolean graceful(Kind kind) {
        return kind.resource().equals(GroupVersionResource.PODS);
    }

    /**
     * What is shown of an object that is gone: without the finalizers that its deletion took off it. Pods go by being marked,
     * even where they need no time.
     */
    static Bytes last(Kind kind, Bytes json, Instant now) {
        ObjectNode pod = Json.parseObject(json.array());
        ObjectNode metadata = Stamps.metadata(pod);
        boolean freed = metadata.remove("finalizers") != null;
        if (!graceful(kind)) {
            return freed ? Bytes.of(Json.bytes(pod)) : json;
        }
        if (metadata.has("deletionTimestamp")) {
            metadata.put("deletionGracePeriodSeconds", 0);
        } else {
            mark(kind, pod, now, 0);
        }
        return Bytes.of(Json.bytes(pod));
    }

    private static void mark(Kind kind, ObjectNode next, Instant end, long grace) {
        ObjectNode metadata = Stamps.metadata(next).put("deletionTimestamp", Stamps.time(end));
        if (kind.generation()) {
            Stamps.raiseGeneration(next);
        }
        if (!next.path("spec").path("finalizers").isArray()) {
            metadata.put("deletionGracePeriodSeconds", grace);
        } else {
            ObjectNode status = next.get("status") instanceof ObjectNode there ? there : next.putObject("status");
            status.put("phase", "Terminating");
        }
    }

    /** Only pods have time to stop; those on no node and those that are done need none. */
    private static long grace(Kind kind, DeleteOptions options, ApiObject object) {
        if (!graceful(kind)) {
            return 0;
        }
        String phase = object.status().path("phase").asText("");
        if (object.spec().path("nodeName").asText("").isEmpty() || phase.equals("Succeeded")
                || phase.equals("Failed")) {
            return 0;
        }
        Long asked = options.graceSeconds();
        long own = object.spec().path("terminationGracePeriodSeconds").asLong(DEFAULT_POD_GRACE_SECONDS);
        return asked != null ? asked : own < 0 ? 1 : own;
    }

    /** Puts in and takes out the finalizers by which dependents are orphaned or waited for. */
    private static boolean setPropagation(Kind kind, DeleteOptions options, ApiObject object, ObjectNode next) {
        List<String> before = object.finalizers();
        List<String> after = new ArrayList<>(before);
        String policy = options.propagation();
        if (policy.isEmpty()) {
            boolean decided = before.contains(Finalizers.ORPHAN) || before.contains(Finalizers.FOREGROUND);
            policy = decided || kind.deletePropagation() != Kind.DeletePropagation.ORPHAN ? "" : "Orphan";
        }
        if (policy.isEmpty() || kind.deletePropagation() == Kind.DeletePropagation.UNSUPPORTED) {
            return false;
        }
        after.remove(Finalizers.ORPHAN);
        after.remove(Finalizers.FOREGROUND);
        switch (policy) {
            case "Orphan" -> after.add(Finalizers.ORPHAN);
            case "Foreground" -> after.add(Finalizers.FOREGROUND);
            default -> {
            }
        }
        if (Set.copyOf(after).equals(Set.copyOf(before))) {
            return false;
        }
        ObjectNode metadata = Stamps.metadata(next);
        if (after.isEmpty()) {
            metadata.remove("finalizers");
        } else {
            ArrayNode list = metadata.putArray("finalizers");
            after.forEach(list::add);
        }
        return true;
    }
}
