package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** Fields that Kubernetes refuses as a whole, so that it says nothing of what is in them. */
final class UnreadParts {
    private static final Set<String> OF_CONTAINERS = Set.of("lifecycle", "livenessProbe", "readinessProbe",
            "startupProbe");

    /** Fields of which the rules of the types that hold them say everything. */
    private static final Set<String> TOLD_BY_RULES = Set.of("core.v1.ResourceFieldSelector.resource",
            "core.v1.HTTPHeader.name", "core.v1.Container.resizePolicy", "core.v1.Container.restartPolicy",
            "core.v1.Container.restartPolicyRules", "core.v1.EphemeralContainer.restartPolicy",
            "core.v1.EphemeralContainer.restartPolicyRules", "core.v1.VolumeMount.recursiveReadOnly",
            "core.v1.ServiceAccountTokenProjection.path", "rbac.v1.Subject.kind", "rbac.v1.RoleRef.kind",
            "core.v1.EphemeralContainer.resizePolicy",
            "core.v1.ObjectFieldSelector.fieldPath", "core.v1.ResourceClaim.name", "core.v1.EndpointAddress.ip",
            "core.v1.PodOS.name", "autoscaling.v2.MetricSpec.type", "autoscaling.v2.MetricSpec.object",
            "autoscaling.v2.MetricSpec.external", "autoscaling.v2.MetricSpec.pods",
            "autoscaling.v2.MetricSpec.resource", "autoscaling.v2.MetricSpec.containerResource");

    private UnreadParts() {}

    static boolean has(String typeName, ObjectNode object, String field, String path) {
        if (TOLD_BY_RULES.contains(typeName + "." + field)) {
            return true;
        }
        return switch (typeName) {
            case "core.v1.EphemeralContainer" -> OF_CONTAINERS.contains(field);
            case "core.v1.Container" -> OF_CONTAINERS.contains(field) && path.contains("nitContainers[")
                    && !Findings.text(object, "restartPolicy").equals("Always");
            case "core.v1.ClusterTrustBundleProjection" ->
                field.equals("labelSelector") && (object.hasNonNull("name") || !object.hasNonNull("signerName"));
            case "core.v1.PersistentVolumeClaimTemplate", "resource.v1.ResourceClaimTemplateSpec",
                    "resource.v1beta1.ResourceClaimTemplateSpec", "resource.v1beta2.ResourceClaimTemplateSpec" ->
                field.equals("metadata");
            case "batch.v1.JobSpec" -> field.equals("selector") && path.contains("jobTemplate");
            case "storage.v1.VolumeAttachmentSource" ->
                field.equals("inlineVolumeSpec") && object.hasNonNull("persistentVolumeName");
            default -> false;
        };
    }
}
