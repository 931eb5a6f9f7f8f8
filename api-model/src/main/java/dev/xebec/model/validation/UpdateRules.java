package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** What may change, by the type of the whole object. Source: the validation packages of Kubernetes. */
final class UpdateRules {
    private static final Map<String, UpdateRule> RULES = Map.ofEntries(Map.entry("core.v1.Pod", PodUpdateRules::check),
            Map.entry("apps.v1.Deployment", immutable("spec.selector")),
            Map.entry("apps.v1.ReplicaSet", immutable("spec.selector")),
            Map.entry("apps.v1.DaemonSet", immutable("spec.selector")),
            Map.entry("apps.v1.StatefulSet", immutable("spec.selector", "spec.volumeClaimTemplates", "spec.serviceName",
                    "spec.podManagementPolicy")),
            Map.entry("apps.v1.ControllerRevision", immutable("data")),
            Map.entry("batch.v1.Job", JobUpdateRules::check),
            Map.entry("core.v1.Service", ServiceRules::update),
            Map.entry("core.v1.ConfigMap", DataRules::update),
            Map.entry("core.v1.Secret", DataRules::updateSecret),
            Map.entry("core.v1.Node", ClusterRules::updateNode),
            Map.entry("core.v1.ResourceQuota", QuotaScopeRules::update),
            Map.entry("core.v1.PersistentVolume", StorageRules::updateVolume),
            Map.entry("core.v1.PersistentVolumeClaim", StorageRules::updateClaim),
            Map.entry("events.v1.Event", EventUpdateRules::check),
            Map.entry("storage.v1.StorageClass",
                    unshown("parameters", "provisioner", "reclaimPolicy", "volumeBindingMode")),
            Map.entry("storage.v1.VolumeAttachment", unshown("spec")),
            Map.entry("storage.v1.CSIStorageCapacity", immutable("nodeTopology", "storageClassName")),
            Map.entry("storage.v1.VolumeAttributesClass", StorageClassRules::updateAttributesClass),
            Map.entry("storage.v1.CSIDriver", StorageClassRules::updateDriver),
            Map.entry("storage.v1.CSINode", StorageClassRules::updateNode),
            Map.entry("scheduling.v1.PriorityClass", ClusterRules::updatePriorityClass),
            Map.entry("discovery.v1.EndpointSlice", unshown("addressType")),
            Map.entry("networking.v1.IngressClass", immutable("spec.controller")),
            Map.entry("networking.v1.ServiceCIDR", NetworkPolicyRules::updateServiceCidr),
            Map.entry("networking.v1.IPAddress", unshown("spec.parentRef")),
            Map.entry("node.v1.RuntimeClass", unshown("handler")),
            Map.entry("rbac.v1.RoleBinding", RbacRules::updateBinding),
            Map.entry("rbac.v1.ClusterRoleBinding", RbacRules::updateBinding),
            Map.entry("certificates.v1.PodCertificateRequest", immutable("spec")),
            Map.entry("certificates.v1beta1.PodCertificateRequest", immutable("spec")),
            Map.entry("certificates.v1.ClusterTrustBundle", immutable("spec.signerName")),
            Map.entry("certificates.v1beta1.ClusterTrustBundle", immutable("spec.signerName")),
            Map.entry("resource.v1.ResourceClaim", unshown("spec")),
            Map.entry("resource.v1beta2.ResourceClaim", unshown("spec")),
            Map.entry("resource.v1beta1.ResourceClaim", unshown("spec")),
            Map.entry("resource.v1.ResourceClaimTemplate", immutable("spec")),
            Map.entry("resource.v1beta2.ResourceClaimTemplate", immutable("spec")),
            Map.entry("resource.v1beta1.ResourceClaimTemplate", immutable("spec")),
            Map.entry("resource.v1.ResourceSlice", immutable("spec.driver", "spec.pool.name", "spec.nodeName")),
            Map.entry("resource.v1beta2.ResourceSlice", immutable("spec.driver", "spec.pool.name", "spec.nodeName")),
            Map.entry("resource.v1beta1.ResourceSlice", immutable("spec.driver", "spec.pool.name", "spec.nodeName")),
            Map.entry("storagemigration.v1.StorageVersionMigration", immutable("spec")),
            Map.entry("storagemigration.v1beta1.StorageVersionMigration", immutable("spec")),
            Map.entry("coordination.v1beta1.LeaseCandidate", immutable("spec.leaseName")));

    private UpdateRules() {}

    static void check(String typeName, ObjectNode now, ObjectNode before, Findings findings) {
        UpdateRule rule = RULES.get(typeName);
        if (rule != null) {
            rule.check(now, before, findings);
        }
    }

    private static UpdateRule immutable(String... paths) {
        return (now, before, findings) -> {
            for (String path : paths) {
                findings.immutable(path, at(now, path), at(before, path));
            }
        };
    }

    /** The same where what is wanted is not repeated in the refusal. */
    private static UpdateRule unshown(String... paths) {
        return (now, before, findings) -> {
            for (String path : paths) {
                if (!Findings.same(at(now, path), at(before, path))) {
                    findings.invalid(path, Findings.NOTHING, Findings.IMMUTABLE);
                }
            }
        };
    }

    private static JsonNode at(JsonNode node, String path) {
        JsonNode value = node;
        for (String field : path.split("\\.")) {
            value = value.path(field);
        }
        return value;
    }
}
