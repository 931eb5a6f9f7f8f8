package dev.xebec.model.object;

/** A resource by its full name, as a request's path states it. {@code resource} is the lower-case plural. */
public record GroupVersionResource(String group, String version, String resource) {

    public static final GroupVersionResource PODS = core("pods");
    public static final GroupVersionResource NODES = core("nodes");
    public static final GroupVersionResource NAMESPACES = core("namespaces");
    public static final GroupVersionResource EVENTS = core("events");
    public static final GroupVersionResource CONFIG_MAPS = core("configmaps");
    public static final GroupVersionResource SECRETS = core("secrets");
    public static final GroupVersionResource SERVICES = core("services");
    public static final GroupVersionResource SERVICE_ACCOUNTS = core("serviceaccounts");
    public static final GroupVersionResource ENDPOINTS = core("endpoints");
    public static final GroupVersionResource PERSISTENT_VOLUMES = core("persistentvolumes");
    public static final GroupVersionResource PERSISTENT_VOLUME_CLAIMS = core("persistentvolumeclaims");
    public static final GroupVersionResource VOLUME_ATTRIBUTES_CLASSES = new GroupVersionResource("storage.k8s.io",
            "v1",
            "volumeattributesclasses");
    public static final GroupVersionResource DEPLOYMENTS = new GroupVersionResource("apps", "v1", "deployments");
    public static final GroupVersionResource REPLICA_SETS = new GroupVersionResource("apps", "v1", "replicasets");
    public static final GroupVersionResource ENDPOINT_SLICES = new GroupVersionResource("discovery.k8s.io", "v1",
            "endpointslices");
    public static final GroupVersionResource LEASES = new GroupVersionResource("coordination.k8s.io", "v1", "leases");
    /** The cluster's own replicas, as {@code kubectl get masters} shows them. */
    public static final GroupVersionResource MASTERS = new GroupVersionResource("cluster.xebec.dev", "v1alpha1",
            "masters");
    /** One per node: counts the binds to it, so that concurrent schedulers cannot over-commit it. */
    public static final GroupVersionResource NODE_ALLOCATIONS = new GroupVersionResource("cluster.xebec.dev",
            "v1alpha1", "nodeallocations");

    public static final GroupVersionResource CUSTOM_RESOURCE_DEFINITIONS = new GroupVersionResource(
            "apiextensions.k8s.io", "v1", "customresourcedefinitions");

    /**
     * In what the cluster's own services watch: every custom resource there is and comes to be, with its metadata only. Each
     * object then comes as one of {@link #customOf its resource}.
     */
    public static final GroupVersionResource CUSTOM = new GroupVersionResource("*", "*", "*");

    /** A custom resource in whatever version. */
    public static GroupVersionResource customOf(String group, String resource) {
        return new GroupVersionResource(group, "*", resource);
    }

    /** Whether it stands for a custom resource in whatever version. */
    public boolean custom() {
        return version.equals("*");
    }

    private static GroupVersionResource core(String plural) {
        return new GroupVersionResource("", "v1", plural);
    }

    public GroupVersion groupVersion() {
        return new GroupVersion(group, version);
    }

    /** {@code pods} or {@code deployments.apps}: the form that Status details and kubectl use. */
    public String groupResource() {
        return group.isEmpty() ? resource : resource + "." + group;
    }

    /** The URL path of the collection: all namespaces when {@code namespace} is empty. */
    public String path(String namespace) {
        String root = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
        return namespace.isEmpty() ? root + "/" + resource : root + "/namespaces/" + namespace + "/" + resource;
    }

    /** The URL path of one object; {@code namespace} is empty for cluster-scoped resources. */
    public String path(String namespace, String name) {
        return path(namespace) + "/" + name;
    }

    @Override
    public String toString() {
        return groupVersion() + "/" + resource;
    }
}
