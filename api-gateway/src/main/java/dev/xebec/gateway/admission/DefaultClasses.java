package dev.xebec.gateway.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.model.object.ApiObject;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/**
 * Upstream's DefaultStorageClass and DefaultIngressClass: a new object that names no class gets the one that is marked as
 * the default; of several the newest, then the first by name.
 *
 * @param resource whose objects name a class
 * @param field of the spec that names it
 * @param oldAnnotation that named it before there was a field
 * @param classes the resource of the classes
 * @param marks annotations, one of which marks the default
 *
 * <p>Source: k/k {@code pkg/volume/util/storageclass.go} and {@code plugin/pkg/admission/network/defaultingressclass}.
 */
record DefaultClasses(String resource, String field, String oldAnnotation, String classes, Set<String> marks)
        implements
            AdmissionStep {
    static final DefaultClasses STORAGE = new DefaultClasses("/persistentvolumeclaims", "storageClassName",
            "volume.beta.kubernetes.io/storage-class", "storage.k8s.io/storageclasses",
            Set.of("storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class"));
    static final DefaultClasses INGRESS = new DefaultClasses("networking.k8s.io/ingresses", "ingressClassName",
            "kubernetes.io/ingress.class", "networking.k8s.io/ingressclasses",
            Set.of("ingressclass.kubernetes.io/is-default-class"));

    @Override
    public Set<String> resources() {
        return Set.of(resource);
    }

    @Override
    public void mutate(Subject subject) {
        ObjectNode spec = subject.spec();
        boolean named = spec.hasNonNull(field) || subject.metadata().path("annotations").has(oldAnnotation);
        if (subject.created() && !named) {
            standard(subject).ifPresent(one -> spec.put(field, one.name()));
        }
    }

    private Optional<ApiObject> standard(Subject subject) {
        return subject.all(classes, "").stream().filter(this::mayBeMarked).map(CachedObject::parse)
                .filter(this::marked)
                .min(Comparator.comparing((ApiObject one) -> one.creationTimestamp().orElse(Instant.EPOCH)).reversed()
                        .thenComparing(ApiObject::name));
    }

    /** Without parsing. */
    private boolean mayBeMarked(CachedObject cached) {
        String json = cached.json().utf8();
        return marks.stream().anyMatch(json::contains);
    }

    private boolean marked(ApiObject one) {
        return marks.stream().anyMatch(mark -> "true".equals(one.annotations().get(mark)));
    }
}
