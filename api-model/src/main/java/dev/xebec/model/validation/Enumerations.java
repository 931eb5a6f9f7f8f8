package dev.xebec.model.validation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The words and the numbers that built-in types' fields may have, which no published schema states.
 *
 * <p>Source: {@code pkg/apis/*}{@code /validation} of Kubernetes.
 */
final class Enumerations {
    private static final String TEXT = """
            core.v1.PodSpec.restartPolicy Always Never OnFailure
            core.v1.PodSpec.dnsPolicy ClusterFirst ClusterFirstWithHostNet Default None
            core.v1.PodSpec.preemptionPolicy Never PreemptLowerPriority
            core.v1.PodOS.name linux windows
            core.v1.Container.imagePullPolicy Always IfNotPresent Never
            core.v1.Container.terminationMessagePolicy FallbackToLogsOnError File
            core.v1.Container.restartPolicy Always Never OnFailure
            core.v1.EphemeralContainer.imagePullPolicy Always IfNotPresent Never
            core.v1.EphemeralContainer.terminationMessagePolicy FallbackToLogsOnError File
            core.v1.ContainerPort.protocol SCTP TCP UDP
            core.v1.ContainerResizePolicy.restartPolicy NotRequired RestartContainer
            core.v1.HTTPGetAction.scheme HTTP HTTPS
            core.v1.ServicePort.protocol SCTP TCP UDP
            core.v1.ServiceSpec.type ClusterIP ExternalName LoadBalancer NodePort
            core.v1.ServiceSpec.sessionAffinity ClientIP None
            core.v1.ServiceSpec.externalTrafficPolicy Cluster Local
            core.v1.ServiceSpec.internalTrafficPolicy Cluster Local
            core.v1.ServiceSpec.ipFamilyPolicy PreferDualStack RequireDualStack SingleStack
            core.v1.EndpointPort.protocol SCTP TCP UDP
            core.v1.Toleration.effect NoExecute NoSchedule PreferNoSchedule
            core.v1.Toleration.operator Equal Exists Gt Lt
            core.v1.Taint.effect NoExecute NoSchedule PreferNoSchedule
            core.v1.NodeSelectorRequirement.operator DoesNotExist Exists Gt In Lt NotIn
            core.v1.TopologySpreadConstraint.whenUnsatisfiable DoNotSchedule ScheduleAnyway
            core.v1.TopologySpreadConstraint.nodeAffinityPolicy Honor Ignore
            core.v1.TopologySpreadConstraint.nodeTaintsPolicy Honor Ignore
            core.v1.SeccompProfile.type Localhost RuntimeDefault Unconfined
            core.v1.PodSecurityContext.fsGroupChangePolicy Always OnRootMismatch
            core.v1.VolumeMount.mountPropagation Bidirectional HostToContainer None
            core.v1.PersistentVolumeClaimSpec.volumeMode Block Filesystem
            core.v1.PersistentVolumeSpec.volumeMode Block Filesystem
            core.v1.PersistentVolumeSpec.persistentVolumeReclaimPolicy Delete Recycle Retain
            apps.v1.DeploymentStrategy.type Recreate RollingUpdate
            apps.v1.DaemonSetUpdateStrategy.type OnDelete RollingUpdate
            apps.v1.StatefulSetUpdateStrategy.type OnDelete RollingUpdate
            apps.v1.StatefulSetSpec.podManagementPolicy OrderedReady Parallel
            batch.v1.CronJobSpec.concurrencyPolicy Allow Forbid Replace
            batch.v1.JobSpec.completionMode Indexed NonIndexed
            batch.v1.JobSpec.podReplacementPolicy Failed TerminatingOrFailed
            batch.v1.PodFailurePolicyRule.action Count FailIndex FailJob Ignore
            batch.v1.PodFailurePolicyOnExitCodesRequirement.operator In NotIn
            policy.v1.PodDisruptionBudgetSpec.unhealthyPodEvictionPolicy AlwaysAllow IfHealthyBudget
            networking.v1.HTTPIngressPath.pathType Exact ImplementationSpecific Prefix
            networking.v1.NetworkPolicyPort.protocol SCTP TCP UDP
            discovery.v1.EndpointSlice.addressType FQDN IPv4 IPv6
            discovery.v1.EndpointPort.protocol SCTP TCP UDP
            storage.v1.StorageClass.reclaimPolicy Delete Retain
            storage.v1.StorageClass.volumeBindingMode Immediate WaitForFirstConsumer
            scheduling.v1.PriorityClass.preemptionPolicy Never PreemptLowerPriority
            autoscaling.v2.MetricSpec.type ContainerResource External Object Pods Resource
            autoscaling.v2.MetricTarget.type AverageValue Utilization Value
            autoscaling.v2.HPAScalingRules.selectPolicy Disabled Max Min
            autoscaling.v2.HPAScalingPolicy.type Percent Pods
            meta.v1.LabelSelectorRequirement.operator DoesNotExist Exists In NotIn
            """;

    private static final Set<String> NOT_NEGATIVE = Set.of("core.v1.PodSpec.terminationGracePeriodSeconds",
            "core.v1.Probe.initialDelaySeconds", "core.v1.Probe.timeoutSeconds", "core.v1.Probe.periodSeconds",
            "core.v1.Probe.successThreshold", "core.v1.Probe.failureThreshold",
            "core.v1.ReplicationControllerSpec.replicas", "core.v1.ReplicationControllerSpec.minReadySeconds",
            "apps.v1.DeploymentSpec.replicas", "apps.v1.DeploymentSpec.minReadySeconds",
            "apps.v1.DeploymentSpec.revisionHistoryLimit", "apps.v1.DeploymentSpec.progressDeadlineSeconds",
            "apps.v1.ReplicaSetSpec.replicas", "apps.v1.ReplicaSetSpec.minReadySeconds",
            "apps.v1.StatefulSetSpec.replicas", "apps.v1.StatefulSetSpec.minReadySeconds",
            "apps.v1.StatefulSetSpec.revisionHistoryLimit", "apps.v1.DaemonSetSpec.minReadySeconds",
            "apps.v1.DaemonSetSpec.revisionHistoryLimit", "apps.v1.StatefulSetOrdinals.start",
            "batch.v1.JobSpec.parallelism", "batch.v1.JobSpec.completions", "batch.v1.JobSpec.backoffLimit",
            "batch.v1.JobSpec.backoffLimitPerIndex", "batch.v1.JobSpec.maxFailedIndexes",
            "batch.v1.JobSpec.activeDeadlineSeconds", "batch.v1.JobSpec.ttlSecondsAfterFinished",
            "batch.v1.CronJobSpec.startingDeadlineSeconds", "batch.v1.CronJobSpec.successfulJobsHistoryLimit",
            "batch.v1.CronJobSpec.failedJobsHistoryLimit", "coordination.v1.LeaseSpec.leaseTransitions",
            "apps.v1.ControllerRevision.revision", "autoscaling.v1.ScaleSpec.replicas");

    private static final Map<String, Set<String>> WORDS = parse();

    private Enumerations() {
    }

    private static Map<String, Set<String>> parse() {
        Map<String, Set<String>> words = new HashMap<>();
        TEXT.lines().forEach(line -> {
            String[] parts = line.strip().split(" ");
            Set<String> allowed = new HashSet<>(Set.of(parts));
            allowed.remove(parts[0]);
            words.put(parts[0], Set.copyOf(allowed));
        });
        return Map.copyOf(words);
    }

    /** Empty for any word. */
    static Set<String> of(String typeName, String field) {
        return WORDS.getOrDefault(typeName + "." + field, Set.of());
    }

    static boolean notNegative(String typeName, String field) {
        return NOT_NEGATIVE.contains(typeName + "." + field);
    }
}
