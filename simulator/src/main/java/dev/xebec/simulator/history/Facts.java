package dev.xebec.simulator.history;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What of an object's content the checks look at. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "of")
@JsonSubTypes({@JsonSubTypes.Type(Facts.None.class), @JsonSubTypes.Type(Facts.Pod.class),
        @JsonSubTypes.Type(Facts.Node.class), @JsonSubTypes.Type(Facts.Allocation.class),
        @JsonSubTypes.Type(Facts.ReplicaSet.class)})
public sealed interface Facts {
    Facts NONE = new None();

    record None() implements Facts {}

    /**
     * @param owner the controlling owner's uid; empty for none
     * @param node empty while unbound
     * @param finished whether it has succeeded or failed, so that it takes no room
     * @param deleting whether it is on its way out
     */
    record Pod(String owner, String node, boolean finished, boolean deleting, long cpuMillis,
            long memoryBytes) implements Facts {

        /** Whether it takes room on its node. */
        public boolean takesRoom() {
            return !node.isEmpty() && !finished;
        }

        /** Whether it counts as one of its owner's. */
        public boolean live() {
            return !finished && !deleting;
        }
    }

    /** What a node has to give away. */
    record Node(long cpuMillis, long memoryBytes, long pods) implements Facts {}

    /** @param binds how many pods the node was ever given */
    record Allocation(long binds) implements Facts {}

    /** @param replicas how many pods it asks for */
    record ReplicaSet(long replicas) implements Facts {}
}
