package dev.xebec.simulator.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.contracts.state.Change;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is true of every object from its creation to its end: it says its own name, keeps its uid, stays deleted once it is,
 * gets no finalizer and no more time after that, and its generation rises by one where what is wanted has changed, or its
 * deletion began, and nowhere else.
 */
final class ObjectLife implements Invariant {
    private static final String NAME = "object-life";
    /** What a later deletion may ask for by its propagation policy. */
    private static final Set<String> OF_POLICIES = Set.of("foregroundDeletion", "orphan");
    private static final Set<String> NOT_WANTED = Set.of("apiVersion", "kind", "metadata", "status");

    @Override
    public void committed(long revision, List<Change> changes, Truth truth) {
        for (Transition step : truth.transitions()) {
            ApiObject before = step.objectBefore();
            ApiObject after = step.objectAfter();
            if (after == null) {
                continue;
            }
            if (!after.key().equals(step.objectKey())) {
                throw wrong(step, "the name of its key", after.key().toString());
            }
            if (before != null) {
                same(step, before, after);
                deleting(step, before, after);
                generation(step, before, after);
            }
        }
    }

    private static void same(Transition step, ApiObject before, ApiObject after) {
        if (!before.uid().equals(after.uid())) {
            throw wrong(step, "uid " + before.uid() + " until it is deleted", after.uid());
        }
        if (!before.creationTimestamp().equals(after.creationTimestamp())) {
            throw wrong(step, "one creationTimestamp, " + before.creationTimestamp(),
                    after.creationTimestamp().toString());
        }
    }

    private static void deleting(Transition step, ApiObject before, ApiObject after) {
        if (!before.deleting()) {
            return;
        }
        if (!after.deleting()) {
            throw wrong(step, "a deletionTimestamp that stays", "none any more");
        }
        Instant was = before.deletionTimestamp().orElse(Instant.MAX);
        if (after.deletionTimestamp().orElse(Instant.MAX).isAfter(was)) {
            throw wrong(step, "a deletion no later than " + was, after.deletionTimestamp().toString());
        }
        for (String finalizer : after.finalizers()) {
            if (!before.finalizers().contains(finalizer) && !OF_POLICIES.contains(finalizer)) {
                throw wrong(step, "no finalizer after its deletion began", finalizer);
            }
        }
    }

    private static void generation(Transition step, ApiObject before, ApiObject after) {
        long raised = after.generation() - before.generation();
        if (raised == 0) {
            return;
        }
        if (raised != 1) {
            throw wrong(step, "a generation that rises by one, from " + before.generation(),
                    Long.toString(after.generation()));
        }
        boolean began = after.deleting() && !before.deleting();
        boolean annotated = !after.annotations().equals(before.annotations());
        if (!began && !annotated && !wantedDiffers(before, after)) {
            throw wrong(step, "generation " + before.generation() + ", as nothing else is wanted",
                    Long.toString(after.generation()));
        }
    }

    private static boolean wantedDiffers(ApiObject before, ApiObject after) {
        for (Map.Entry<String, JsonNode> field : after.tree().properties()) {
            JsonNode was = before.tree().get(field.getKey());
            if (!NOT_WANTED.contains(field.getKey()) && (was == null || !Json.same(was, field.getValue()))) {
                return true;
            }
        }
        for (Map.Entry<String, JsonNode> field : before.tree().properties()) {
            if (!NOT_WANTED.contains(field.getKey()) && !after.tree().has(field.getKey())) {
                return true;
            }
        }
        return false;
    }

    private static Violation wrong(Transition step, String expected, String found) {
        return new Violation(NAME, step.revision(), step + " has " + expected, found);
    }
}
