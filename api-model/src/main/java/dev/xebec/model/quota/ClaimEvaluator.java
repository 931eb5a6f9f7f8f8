package dev.xebec.model.quota;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.quantity.Quantity;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Claims and the storage that they ask for, in all and by storage class.
 *
 * <p>Source: k/k {@code pkg/quota/v1/evaluator/core/persistent_volume_claims.go}.
 */
record ClaimEvaluator() implements Evaluator {
    private static final String CLAIMS = "persistentvolumeclaims";
    private static final String STORAGE = "requests.storage";
    private static final String COUNT = CountEvaluator.COUNT + CLAIMS;
    private static final String OF_CLASS = ".storageclass.storage.k8s.io/";
    private static final String OLD_CLASS = "volume.beta.kubernetes.io/storage-class";

    @Override
    public boolean chargesUpdate(String subresource) {
        return subresource.isEmpty();
    }

    @Override
    public Set<String> uses(Collection<String> names) {
        Set<String> used = new HashSet<>();
        for (String name : names) {
            if (name.equals(COUNT) || name.equals(CLAIMS) || name.equals(STORAGE) || name.endsWith(OF_CLASS + CLAIMS)
                    || name.endsWith(OF_CLASS + STORAGE)) {
                used.add(name);
            }
        }
        return used;
    }

    @Override
    public Map<String, Quantity> usage(ObjectNode claim, Instant now) {
        Map<String, Quantity> usage = new TreeMap<>(Map.of(COUNT, Quantity.of(1), CLAIMS, Quantity.of(1)));
        String storageClass = storageClass(claim);
        if (!storageClass.isEmpty()) {
            usage.put(storageClass + OF_CLASS + CLAIMS, Quantity.of(1));
        }
        JsonNode asked = claim.path("spec").path("resources").path("requests").path("storage");
        if (!asked.isMissingNode() && !asked.isNull()) {
            Quantity storage = larger(Quantity.of(asked),
                    Quantity.of(claim.path("status").path("allocatedResources").path("storage")));
            usage.put(STORAGE, storage);
            if (!storageClass.isEmpty()) {
                usage.put(storageClass + OF_CLASS + STORAGE, storage);
            }
        }
        return usage;
    }

    private static Quantity larger(Quantity one, Quantity other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static String storageClass(ObjectNode claim) {
        JsonNode old = claim.path("metadata").path("annotations").path(OLD_CLASS);
        return old.isTextual() ? old.asText() : claim.path("spec").path("storageClassName").asText("");
    }

    @Override
    public boolean inScope(Scope scope, ObjectNode claim) {
        return scope.name().equals(Scope.VOLUME_ATTRIBUTES_CLASS) && scope.matchesAny(
                Set.of(claim.path("spec").path("volumeAttributesClassName").asText(""),
                        claim.path("status").path("currentVolumeAttributesClassName").asText(""),
                        claim.path("status").path("modifyVolumeStatus").path("targetVolumeAttributesClassName")
                                .asText("")));
    }
}
