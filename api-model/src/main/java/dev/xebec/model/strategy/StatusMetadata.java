package dev.xebec.model.strategy;

import dev.xebec.model.kind.Kind;
import dev.xebec.model.schema.Schema;
import java.util.Map;
import java.util.Set;

/**
 * Which metadata a request to {@code /status} cannot change. Of most kinds it can change all that the object's own requests
 * can.
 *
 * <p>Source: {@code statusStrategy.PrepareForUpdate} and {@code GetResetFields} of {@code pkg/registry/*}, apimachinery
 * {@code ResetObjectMetaForStatus}.
 *
 * @param kept what stays as it was
 * @param whole whether nobody comes to own any metadata by way of the status, rather than only none that is kept
 */
public record StatusMetadata(Set<String> kept, boolean whole) {
    private static final StatusMetadata FREE = new StatusMetadata(Set.of(), false);
    private static final StatusMetadata STANDARD = new StatusMetadata(Set.of("deletionTimestamp", "generation",
            "selfLink", "labels", "annotations", "finalizers", "ownerReferences"), true);
    private static final StatusMetadata ALL = new StatusMetadata(Set.of("name", "generateName", "namespace", "uid",
            "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "selfLink", "labels",
            "annotations", "finalizers", "ownerReferences"), true);
    private static final Map<String, StatusMetadata> BY_TYPE = Map.ofEntries(
            Map.entry("apps.v1.Deployment", new StatusMetadata(Set.of("labels"), false)),
            Map.entry("core.v1.Pod", new StatusMetadata(Set.of("deletionTimestamp", "ownerReferences"), false)),
            Map.entry("apiregistration.v1.APIService",
                    new StatusMetadata(Set.of("labels", "annotations", "finalizers", "ownerReferences"), true)),
            Map.entry("flowcontrol.v1.FlowSchema", ALL),
            Map.entry("flowcontrol.v1.PriorityLevelConfiguration", ALL),
            Map.entry("certificates.v1.PodCertificateRequest", STANDARD),
            Map.entry("certificates.v1beta1.PodCertificateRequest", STANDARD),
            Map.entry("networking.v1.ServiceCIDR", STANDARD),
            Map.entry("storagemigration.v1.StorageVersionMigration", STANDARD),
            Map.entry("storagemigration.v1beta1.StorageVersionMigration", STANDARD),
            Map.entry("resource.v1.ResourceClaim", STANDARD),
            Map.entry("resource.v1beta2.ResourceClaim", STANDARD),
            Map.entry("resource.v1beta1.ResourceClaim", STANDARD),
            Map.entry("resource.v1.DeviceTaintRule", STANDARD),
            Map.entry("resource.v1beta2.DeviceTaintRule", STANDARD),
            Map.entry("storage.v1.VolumeAttachment", STANDARD),
            Map.entry("storage.v1.CSINode", STANDARD),
            Map.entry("scheduling.v1beta1.PodGroup", STANDARD),
            Map.entry("admissionregistration.v1.ValidatingAdmissionPolicy", STANDARD));

    static StatusMetadata of(Kind kind) {
        return kind.custom() != null
                ? ALL
                : kind.schema() instanceof Schema.Struct struct
                        ? BY_TYPE.getOrDefault(struct.typeName(), FREE)
                        : FREE;
    }
}
