package dev.xebec.contracts.state;

/**
 * @param replica the answering replica's name
 * @param leader the leader's name as this replica knows it; empty where it knows none
 * @param revision the replica's newest applied revision
 * @param compactedRevision reads below it fail
 * @param term the Raft term; 0 where there is none
 * @param bytesOnDisk 0 where nothing is stored
 */
public record StoreStatus(String replica, String leader, long revision, long compactedRevision, long term,
        long bytesOnDisk) {

    public boolean isLeader() {
        return !replica.isEmpty() && replica.equals(leader);
    }
}
