package dev.xebec.model.advice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.GoString;
import dev.xebec.model.schema.Schema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a client should know of an object that is accepted: what is deprecated, ignored, or surprising. Each becomes a
 * Warning header.
 *
 * <p>Source: {@code WarningsOnCreate} and {@code WarningsOnUpdate} of the registry strategies of Kubernetes.
 */
public final class Advice {
    private static final Map<String, String> OLD_KINDS = Map.of("core.v1.Endpoints",
            "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice", "core.v1.ComponentStatus",
            "v1 ComponentStatus is deprecated in v1.19+");
    private static final Set<String> STANDARD_FINALIZERS = Set.of("orphan", "foregroundDeletion", "kubernetes");
    private static final Map<String, Adviser> BY_TYPE = Map.ofEntries(Map.entry("core.v1.Pod", WorkloadAdvice::pod),
            Map.entry("core.v1.PodTemplate", WorkloadAdvice::podTemplate),
            Map.entry("core.v1.ReplicationController", WorkloadAdvice::workload),
            Map.entry("apps.v1.Deployment", WorkloadAdvice::workload),
            Map.entry("apps.v1.ReplicaSet", WorkloadAdvice::workload),
            Map.entry("apps.v1.StatefulSet", WorkloadAdvice::statefulSet),
            Map.entry("apps.v1.DaemonSet", WorkloadAdvice::daemonSet), Map.entry("batch.v1.Job", WorkloadAdvice::job),
            Map.entry("batch.v1.CronJob", WorkloadAdvice::cronJob),
            Map.entry("core.v1.Service", NetworkAdvice::service),
            Map.entry("core.v1.Endpoints", NetworkAdvice::endpoints),
            Map.entry("discovery.v1.EndpointSlice", NetworkAdvice::slice),
            Map.entry("networking.v1.Ingress", NetworkAdvice::ingress),
            Map.entry("networking.v1.NetworkPolicy", NetworkAdvice::policy),
            Map.entry("core.v1.PersistentVolume", StorageAdvice::volume),
            Map.entry("core.v1.PersistentVolumeClaim", StorageAdvice::claim),
            Map.entry("storage.v1.StorageClass", StorageAdvice::storageClass),
            Map.entry("storage.v1.CSIStorageCapacity", StorageAdvice::capacity),
            Map.entry("storage.v1.CSIDriver", StorageAdvice::driver), Map.entry("core.v1.Node", ClusterAdvice::node),
            Map.entry("node.v1.RuntimeClass", ClusterAdvice::runtimeClass),
            Map.entry("core.v1.ResourceQuota", ClusterAdvice::quota),
            Map.entry("core.v1.ServiceAccount", ClusterAdvice::serviceAccount),
            Map.entry("admissionregistration.v1.MutatingAdmissionPolicy", ClusterAdvice::admission),
            Map.entry("admissionregistration.v1.MutatingAdmissionPolicyBinding", ClusterAdvice::admission),
            Map.entry("admissionregistration.v1.MutatingWebhookConfiguration", ClusterAdvice::admission),
            Map.entry("admissionregistration.v1.ValidatingAdmissionPolicy", ClusterAdvice::admission),
            Map.entry("admissionregistration.v1.ValidatingAdmissionPolicyBinding", ClusterAdvice::admission),
            Map.entry("admissionregistration.v1.ValidatingWebhookConfiguration", ClusterAdvice::admission),
            Map.entry("apiextensions.v1.CustomResourceDefinition", DefinitionAdvice::definition),
            Map.entry("resource.v1.ResourceSlice", ClusterAdvice::resourceSlice),
            Map.entry("resource.v1beta1.ResourceSlice", ClusterAdvice::resourceSlice),
            Map.entry("resource.v1beta2.ResourceSlice", ClusterAdvice::resourceSlice));

    private Advice() {}

    /** What is said of objects of one type. */
    @FunctionalInterface
    private interface Adviser {
        /** @param before null for a new object */
        void advise(ObjectNode now, @Nullable ObjectNode before, Told told);
    }

    /** What whoever asks anything of a kind is told, since it is deprecated; empty for most. */
    public static String deprecation(Kind kind) {
        return kind.custom() == null
                ? OLD_KINDS.getOrDefault(typeName(kind), "")
                : kind.custom().deprecationWarning();
    }

    /** @param before null for a new object */
    public static List<String> on(Kind kind, ObjectNode now, @Nullable ObjectNode before) {
        Told told = new Told();
        if (kind.custom() != null) {
            finalizers(now, before, told);
        } else {
            Adviser adviser = BY_TYPE.get(typeName(kind));
            if (adviser != null) {
                adviser.advise(now, before, told);
            }
        }
        return told.list();
    }

    /** What is refused of built-in kinds is only warned of here. Source: apiextensions-apiserver, customresource/validator.go. */
    private static void finalizers(ObjectNode now, @Nullable ObjectNode before, Told told) {
        Set<String> fresh = finalizers(now);
        if (before != null && !fresh.isEmpty()) {
            fresh.removeAll(finalizers(before));
        }
        for (String name : fresh) {
            if (!name.contains("/") && !STANDARD_FINALIZERS.contains(name)) {
                told.say("metadata.finalizers: " + GoString.quoted(name), "prefer a domain-qualified finalizer name "
                        + (name.contains(".") ? "including a path (/) " : "")
                        + "to avoid accidental conflicts with other finalizer writers");
            }
        }
    }

    private static Set<String> finalizers(ObjectNode object) {
        Set<String> names = new TreeSet<>();
        object.path("metadata").path("finalizers").forEach(name -> names.add(name.asText()));
        return names;
    }

    private static String typeName(Kind kind) {
        return kind.schema() instanceof Schema.Struct struct ? struct.typeName() : "";
    }
}
