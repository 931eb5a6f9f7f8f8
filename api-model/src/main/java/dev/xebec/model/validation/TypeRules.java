package dev.xebec.model.validation;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of types that a schema cannot state, by type name. */
final class TypeRules {
    private static final Map<String, TypeRule> RULES = Map.ofEntries(
            Map.entry("core.v1.PodSpec", PodSpecRules::check),
            Map.entry("core.v1.Container", ContainerRules::check),
            Map.entry("core.v1.EphemeralContainer", ContainerRules::check),
            Map.entry("core.v1.ContainerPort", ContainerRules::port),
            Map.entry("core.v1.EnvVar", EnvRules::variable),
            Map.entry("core.v1.Probe", ProbeRules::probe),
            Map.entry("core.v1.EnvFromSource", EnvRules::from),
            Map.entry("core.v1.ResourceRequirements", ContainerRules::resources),
            Map.entry("core.v1.Volume", VolumeRules::volume),
            Map.entry("core.v1.Toleration", AffinityRules::toleration),
            Map.entry("core.v1.NodeSelectorRequirement", AffinityRules::requirement),
            Map.entry("core.v1.TopologySpreadConstraint", AffinityRules::spread),
            Map.entry("core.v1.PreferredSchedulingTerm", AffinityRules::preferred),
            Map.entry("core.v1.WeightedPodAffinityTerm", AffinityRules::preferred),
            Map.entry("core.v1.PodAffinityTerm", AffinityRules::podTerm),
            Map.entry("core.v1.PodSecurityContext", SecurityRules::pod),
            Map.entry("core.v1.SecurityContext", SecurityRules::container),
            Map.entry("core.v1.SeccompProfile", SecurityRules::seccomp),
            Map.entry("core.v1.AppArmorProfile", SecurityRules::appArmor),
            Map.entry("storage.v1.StorageClass", StorageClassRules::storageClass),
            Map.entry("storage.v1.VolumeAttributesClass", StorageClassRules::attributesClass),
            Map.entry("storage.v1.CSIDriverSpec", StorageClassRules::csiDriver),
            Map.entry("storage.v1.CSINodeSpec", StorageClassRules::csiNode),
            Map.entry("storage.v1.VolumeAttachmentSpec", StorageClassRules::attachment),
            Map.entry("storage.v1.CSIStorageCapacity", StorageClassRules::capacity),
            Map.entry("certificates.v1.CertificateSigningRequestSpec", ApiRules::signingRequest),
            Map.entry("certificates.v1.ClusterTrustBundle", ApiRules::trustBundle),
            Map.entry("certificates.v1beta1.ClusterTrustBundle", ApiRules::trustBundle),
            Map.entry("node.v1.RuntimeClass", ApiRules::runtimeClass),
            Map.entry("flowcontrol.v1.FlowSchema", FlowControlRules::schema),
            Map.entry("flowcontrol.v1.PriorityLevelConfiguration", PriorityLevelRules::level),
            Map.entry("admissionregistration.v1.ValidatingAdmissionPolicy", PolicyRules::validating),
            Map.entry("admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec", ApiRules::policyBinding),
            Map.entry("admissionregistration.v1.MutatingAdmissionPolicyBindingSpec", ApiRules::mutatingBinding),
            Map.entry("admissionregistration.v1beta1.MutatingAdmissionPolicyBindingSpec", ApiRules::mutatingBinding),
            Map.entry("admissionregistration.v1.MutatingAdmissionPolicy", PolicyRules::mutating),
            Map.entry("admissionregistration.v1beta1.MutatingAdmissionPolicy", PolicyRules::mutating),
            Map.entry("events.v1.Event", ApiRules::event),
            Map.entry("apiregistration.v1.APIService", ApiServiceRules::check),
            Map.entry("core.v1.ReplicationControllerSpec", WorkloadRules::replicationController),
            Map.entry("core.v1.PodTemplateSpec", WorkloadRules::template),
            Map.entry("meta.v1.LabelSelector", SelectorRules::selector),
            Map.entry("meta.v1.LabelSelectorRequirement", SelectorRules::requirement),
            Map.entry("apps.v1.DeploymentSpec", WorkloadRules::deployment),
            Map.entry("apps.v1.ReplicaSetSpec", WorkloadRules::replicaSet),
            Map.entry("apps.v1.StatefulSetSpec", WorkloadRules::statefulSet),
            Map.entry("apps.v1.DaemonSetSpec", WorkloadRules::daemonSet),
            Map.entry("batch.v1.JobSpec", JobRules::job),
            Map.entry("batch.v1.CronJobSpec", JobRules::cronJob),
            Map.entry("core.v1.ServiceSpec", ServiceRules::spec),
            Map.entry("core.v1.ServicePort", ServiceRules::port),
            Map.entry("core.v1.ConfigMap", DataRules::configMap),
            Map.entry("core.v1.Secret", DataRules::secret),
            Map.entry("core.v1.NodeSpec", ClusterRules::node),
            Map.entry("core.v1.ResourceQuotaSpec", ClusterRules::quota),
            Map.entry("core.v1.LimitRangeSpec", LimitRules::limits),
            Map.entry("admissionregistration.v1.MutatingWebhookConfiguration", WebhookRules::configuration),
            Map.entry("admissionregistration.v1.ValidatingWebhookConfiguration", WebhookRules::configuration),
            Map.entry("scheduling.v1.PriorityClass", ClusterRules::priorityClass),
            Map.entry("coordination.v1.LeaseSpec", ClusterRules::lease),
            Map.entry("policy.v1.PodDisruptionBudgetSpec", ClusterRules::disruptionBudget),
            Map.entry("autoscaling.v2.HorizontalPodAutoscalerSpec", AutoscalerRules::spec),
            Map.entry("autoscaling.v1.HorizontalPodAutoscalerSpec", AutoscalerRules::spec),
            Map.entry("core.v1.Event", ClusterRules::event),
            Map.entry("rbac.v1.Role", RbacRules::role),
            Map.entry("rbac.v1.ClusterRole", RbacRules::clusterRole),
            Map.entry("rbac.v1.RoleBinding", RbacRules::roleBinding),
            Map.entry("rbac.v1.ClusterRoleBinding", RbacRules::clusterRoleBinding),
            Map.entry("networking.v1.IngressSpec", NetworkRules::ingress),
            Map.entry("networking.v1.IngressBackend", NetworkRules::backend),
            Map.entry("networking.v1.HTTPIngressPath", NetworkRules::ingressPath),
            Map.entry("networking.v1.IPBlock", NetworkPolicyRules::ipBlock),
            Map.entry("networking.v1.NetworkPolicySpec", NetworkPolicyRules::spec),
            Map.entry("networking.v1.NetworkPolicyPort", NetworkPolicyRules::port),
            Map.entry("networking.v1.NetworkPolicyPeer", NetworkPolicyRules::peer),
            Map.entry("networking.v1.IngressClassSpec", NetworkPolicyRules::ingressClass),
            Map.entry("networking.v1.IPAddress", NetworkPolicyRules::ipAddress),
            Map.entry("networking.v1.ServiceCIDRSpec", NetworkPolicyRules::serviceCidr),
            Map.entry("autoscaling.v2.HPAScalingRules", AutoscalerRules::scaling),
            Map.entry("core.v1.EndpointSubset", NetworkRules::subset),
            Map.entry("discovery.v1.EndpointSlice", NetworkRules::endpointSlice),
            Map.entry("core.v1.EndpointAddress", NetworkRules::endpointAddress),
            Map.entry("core.v1.PersistentVolumeSpec", StorageRules::volume),
            Map.entry("core.v1.PersistentVolumeClaimSpec", ClaimRules::claim),
            Map.entry("core.v1.PersistentVolumeClaimTemplate", ClaimRules::template),
            Map.entry("resource.v1.ResourceClaimTemplateSpec", ClaimRules::template),
            Map.entry("resource.v1beta1.ResourceClaimTemplateSpec", ClaimRules::template),
            Map.entry("resource.v1beta2.ResourceClaimTemplateSpec", ClaimRules::template),
            Map.entry("resource.v1.ResourceClaimSpec", DeviceClaimRules::claim),
            Map.entry("resource.v1.DeviceClassSpec", DeviceClassRules::deviceClass),
            Map.entry("resource.v1.ResourceSliceSpec", DeviceSliceRules::slice),
            Map.entry("resource.v1.DeviceTaintRuleSpec", DeviceTaintRules::rule),
            Map.entry("resource.v1beta2.ResourceClaimSpec", DeviceClaimRules::claim),
            Map.entry("resource.v1beta2.DeviceClassSpec", DeviceClassRules::deviceClass),
            Map.entry("resource.v1beta2.ResourceSliceSpec", DeviceSliceRules::slice),
            Map.entry("resource.v1beta2.DeviceTaintRuleSpec", DeviceTaintRules::rule));

    /** Types whose rule says all of their own fields, also which of them are required and what they may be. */
    private static final Set<String> SAYING_ALL = Set.of("meta.v1.LabelSelectorRequirement",
            "core.v1.NodeSelectorRequirement", "autoscaling.v2.CrossVersionObjectReference",
            "autoscaling.v1.CrossVersionObjectReference");

    /** The same for what is below them, too. */
    private static final Set<String> SAYING_ALL_BELOW = Set.of("resource.v1.ResourceClaimSpec",
            "resource.v1.DeviceClassSpec", "resource.v1.ResourceSliceSpec", "resource.v1.DeviceTaintRuleSpec",
            "resource.v1beta2.ResourceClaimSpec", "resource.v1beta2.DeviceClassSpec",
            "resource.v1beta2.ResourceSliceSpec", "resource.v1beta2.DeviceTaintRuleSpec",
            "flowcontrol.v1.FlowSchema", "flowcontrol.v1.PriorityLevelConfiguration",
            "admissionregistration.v1.ValidatingAdmissionPolicy", "admissionregistration.v1.MutatingAdmissionPolicy",
            "admissionregistration.v1beta1.MutatingAdmissionPolicy");

    private TypeRules() {}

    static boolean saysAll(String typeName) {
        return SAYING_ALL.contains(typeName);
    }

    /** Whether the rule says all of the type and of what is below. */
    static boolean saysAllBelow(String typeName) {
        return SAYING_ALL_BELOW.contains(typeName);
    }

    static @Nullable TypeRule of(String typeName) {
        return RULES.get(typeName);
    }
}
