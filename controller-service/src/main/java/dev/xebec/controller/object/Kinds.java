package dev.xebec.controller.object;

import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.GroupVersionResource;

/** Kinds and resources that controllers create or point at. */
public final class Kinds {
    public static final GroupVersionKind DEPLOYMENT = new GroupVersionKind("apps", "v1", "Deployment");
    public static final GroupVersionKind REPLICA_SET = new GroupVersionKind("apps", "v1", "ReplicaSet");
    public static final GroupVersionKind POD = new GroupVersionKind("", "v1", "Pod");
    public static final GroupVersionKind NAMESPACE = new GroupVersionKind("", "v1", "Namespace");
    public static final GroupVersionKind SERVICE = new GroupVersionKind("", "v1", "Service");
    public static final GroupVersionKind ENDPOINTS = new GroupVersionKind("", "v1", "Endpoints");
    public static final GroupVersionKind CONFIG_MAP = new GroupVersionKind("", "v1", "ConfigMap");
    public static final GroupVersionKind SERVICE_ACCOUNT = new GroupVersionKind("", "v1", "ServiceAccount");
    public static final GroupVersionKind ENDPOINT_SLICE = new GroupVersionKind("discovery.k8s.io", "v1",
            "EndpointSlice");
    public static final GroupVersionKind MASTER = new GroupVersionKind("cluster.xebec.dev", "v1alpha1", "Master");

    public static final GroupVersionKind JOB = new GroupVersionKind("batch", "v1", "Job");

    public static final GroupVersionResource JOBS = new GroupVersionResource("batch", "v1", "jobs");
    public static final GroupVersionResource STATEFUL_SETS = new GroupVersionResource("apps", "v1", "statefulsets");
    public static final GroupVersionResource REPLICATION_CONTROLLERS = new GroupVersionResource("", "v1",
            "replicationcontrollers");
    public static final GroupVersionResource POD_DISRUPTION_BUDGETS = new GroupVersionResource("policy", "v1",
            "poddisruptionbudgets");

    private Kinds() {}
}
