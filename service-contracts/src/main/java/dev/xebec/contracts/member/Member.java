package dev.xebec.contracts.member;

import java.time.Instant;

/**
 * One replica of one service, as its own heartbeat describes it.
 *
 * @param role {@code api-gateway}, {@code state-service}, {@code scheduler-service}, {@code controller-service} or
 *     {@code node-agent}
 * @param process the process it lives in, such as {@code master-0} or {@code node-1}
 * @param incarnation random, new at each start
 * @param address where it serves, empty for none
 * @param ready serves and takes a share
 * @param leader leads its Raft group; false for services without one
 * @param revision newest revision that it has applied or cached
 * @param sharePercent of its role's work, as it counts it; 100 for a single replica
 */
public record Member(String role, String process, long incarnation, long pid, String address, Instant startedAt,
        boolean ready, boolean leader, long revision, int sharePercent) {

    /** Unique among live members: {@code scheduler-service@master-0}. */
    public String name() {
        return role + "@" + process;
    }
}
