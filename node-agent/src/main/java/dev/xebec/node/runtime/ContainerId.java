package dev.xebec.node.runtime;

/** One run of one container: {@code attempt} is 0 at first and one more with each restart. */
public record ContainerId(String podUid, String container, int attempt) implements Comparable<ContainerId> {

    @Override
    public int compareTo(ContainerId other) {
        int byPod = podUid.compareTo(other.podUid);
        int byName = byPod != 0 ? byPod : container.compareTo(other.container);
        return byName != 0 ? byName : Integer.compare(attempt, other.attempt);
    }

    /** Unique among all containers ever. */
    @Override
    public String toString() {
        return podUid + "." + container + "." + attempt;
    }
}
