package dev.xebec.model.strategy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A claim begins as Pending. What it is filled from is said in two fields, of which each follows from the other; the older one
 * knows claims and snapshots alone.
 *
 * <p>Source: {@code pkg/registry/core/persistentvolumeclaim/strategy.go} and
 * {@code pkg/api/persistentvolumeclaim/util.go} of Kubernetes.
 */
record ClaimStrategy() implements Strategy {
    private static final String SOURCE = "dataSource";
    private static final String REFERENCE = "dataSourceRef";

    @Override
    public void prepareCreate(ObjectNode claim) {
        claim.remove("status");
        claim.putObject("status").put("phase", "Pending");
        if (claim.get("spec") instanceof ObjectNode spec) {
            withoutUnknown(spec, null);
            settle(spec);
        }
    }

    @Override
    public void prepareUpdate(ObjectNode now, ObjectNode before) {
        StatusIsolation.copy(before, now, "status");
        if (now.get("spec") instanceof ObjectNode spec) {
            withoutUnknown(spec, before.get("spec") instanceof ObjectNode old ? old : null);
            settle(spec);
        }
    }

    /** Sources in other namespaces are behind a gate; the older field drops what it does not know. */
    private static void withoutUnknown(ObjectNode spec, @Nullable ObjectNode before) {
        boolean elsewhere = !spec.path(REFERENCE).path("namespace").asText("").isEmpty();
        if (elsewhere && (before == null || !before.hasNonNull(REFERENCE))) {
            spec.remove(REFERENCE);
        }
        boolean known = switch (spec.path(SOURCE).path("kind").asText("")) {
            case "PersistentVolumeClaim" -> spec.path(SOURCE).path("apiGroup").asText("").isEmpty();
            case "VolumeSnapshot" -> spec.path(SOURCE).path("apiGroup").asText("").equals("snapshot.storage.k8s.io");
            default -> false;
        };
        if (!known && (before == null || !before.hasNonNull(SOURCE))) {
            spec.remove(SOURCE);
        }
    }

    private static void settle(ObjectNode spec) {
        if (spec.get(SOURCE) instanceof ObjectNode source && !spec.hasNonNull(REFERENCE)) {
            spec.set(REFERENCE, source.deepCopy());
        } else if (spec.get(REFERENCE) instanceof ObjectNode reference && !spec.hasNonNull(SOURCE)
                && reference.path("namespace").asText("").isEmpty()) {
            spec.set(SOURCE, reference.deepCopy().without("namespace"));
        }
    }
}
