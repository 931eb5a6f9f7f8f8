package dev.xebec.simulator.check;

import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.simulator.check.WrittenLog.Edit;

/** Objects of written logs. */
final class Samples {
    static final GroupVersionResource PODS = GroupVersionResource.PODS;
    static final GroupVersionResource NODES = GroupVersionResource.NODES;
    static final GroupVersionResource SETS = GroupVersionResource.REPLICA_SETS;
    static final GroupVersionResource DEPLOYMENTS = GroupVersionResource.DEPLOYMENTS;

    private Samples() {}

    /** @param more fields of the spec, with a comma before them */
    static Edit pod(String name, String node, String more) {
        return pod(name, "", node, more, "'phase':'Pending'");
    }

    /** @param metadata fields, with a comma before them */
    static Edit pod(String name, String metadata, String node, String more, String status) {
        String bound = node.isEmpty() ? "" : "'nodeName':'" + node + "',";
        return WrittenLog.put(PODS, "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'" + name
                + "','namespace':'d','uid':'u-" + name + "'" + metadata + "},'spec':{" + bound
                + "'restartPolicy':'Always'" + more + "},'status':{" + status + "}}");
    }

    static String cpu(String amount) {
        return ",'containers':[{'name':'c','resources':{'requests':{'cpu':'" + amount + "'}}}]";
    }

    /** With 2 CPUs and 3 places. @param spec its fields */
    static Edit node(String name, String spec) {
        return WrittenLog.put(NODES,
                "{'apiVersion':'v1','kind':'Node','metadata':{'name':'" + name + "','uid':'u-" + name
                        + "','labels':{'kubernetes.io/hostname':'" + name + "','disk':'ssd'}},'spec':{" + spec
                        + "},'status':{'allocatable':{'cpu':'2','memory':'1Gi','pods':'3'}}}");
    }

    static Edit allocation(String node, int binds) {
        return WrittenLog.put(GroupVersionResource.NODE_ALLOCATIONS,
                "{'apiVersion':'cluster.xebec.dev/v1alpha1','kind':'NodeAllocation','metadata':{'name':'" + node
                        + "','uid':'a-" + node + "'},'spec':{'binds':" + binds + "}}");
    }

    static String owned(String kind, String name, String uid) {
        return ",'ownerReferences':[{'apiVersion':'apps/v1','kind':'" + kind + "','name':'" + name + "','uid':'" + uid
                + "','controller':true}]";
    }

    static Edit set(String name, int replicas, String image) {
        return set(name, replicas, image, "");
    }

    /** A ReplicaSet of Deployment web. @param status its fields */
    static Edit set(String name, int replicas, String image, String status) {
        return WrittenLog.put(SETS, "{'apiVersion':'apps/v1','kind':'ReplicaSet','metadata':{'name':'" + name
                + "','namespace':'d','uid':'u-" + name + "'" + owned("Deployment", "web", "u-web")
                + "},'spec':{'replicas':"
                + replicas + ",'template':{'metadata':{'labels':{'app':'w','pod-template-hash':'" + name
                + "'}},'spec':{'containers':[{'name':'c','image':'" + image + "'}]}}},'status':{" + status + "}}");
    }

    /** maxSurge 1, maxUnavailable 1. @param status its fields */
    static Edit deployment(int replicas, String status) {
        return WrittenLog.put(DEPLOYMENTS, "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'web',"
                + "'namespace':'d','uid':'u-web','generation':1},'spec':{'replicas':" + replicas
                + ",'strategy':{'type':'RollingUpdate','rollingUpdate':{'maxSurge':1,'maxUnavailable':1}}},'status':{"
                + status + "}}");
    }
}
