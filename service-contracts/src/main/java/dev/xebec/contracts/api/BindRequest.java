package dev.xebec.contracts.api;

import java.util.List;
import java.util.Map;

/**
 * Binds many pods, each with its own outcome: {@code POST /apis/cluster.xebec.dev/v1alpha1/bindings} on the bus door,
 * body and answer as JSON of these records' component names.
 */
public record BindRequest(List<Bind> binds) {
    /** Binds in one request. */
    public static final int MAX_BINDS = 512;

    /**
     * @param podRevision the pod's revision that the decision was made from
     * @param nodeVersion the node's allocation version ({@code binds} of its NodeAllocation) that the decision was made
     *     from, counting earlier binds to the same node in this request; 0 where the node has none
     * @param labels that the pod gets besides; its own of these names go
     * @param annotations as the labels
     */
    public record Bind(String namespace, String pod, String uid, long podRevision, String node, long nodeVersion,
            Map<String, String> labels, Map<String, String> annotations) {

        /** Without anything besides. */
        public Bind(String namespace, String pod, String uid, long podRevision, String node, long nodeVersion) {
            this(namespace, pod, uid, podRevision, node, nodeVersion, Map.of(), Map.of());
        }
    }

    /**
     * @param outcome BOUND; POD_CHANGED (decide again from a newer pod); NODE_TAKEN (somebody bound to the node in the
     *     meantime); GONE (pod or node is no more); REFUSED (see message)
     */
    public record Result(String namespace, String pod, Outcome outcome, String message) {}

    /** What became of one bind. */
    public enum Outcome {
        BOUND, POD_CHANGED, NODE_TAKEN, GONE, REFUSED
    }
}
