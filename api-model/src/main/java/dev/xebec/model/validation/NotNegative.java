package dev.xebec.model.validation;

import java.util.Set;

/**
 * The numbers that must be zero or more, which no published schema states.
 *
 * <p>Source: {@code pkg/apis/*}{@code /validation} of Kubernetes.
 */
final class NotNegative {
    private static final Set<String> FIELDS = Set.of("core.v1.PodSpec.terminationGracePeriodSeconds",
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

    private NotNegative() {}

    static boolean contains(String typeName, String field) {
        return FIELDS.contains(typeName + "." + field);
    }
}
