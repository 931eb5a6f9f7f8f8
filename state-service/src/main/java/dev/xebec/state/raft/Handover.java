package dev.xebec.state.raft;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.ReplicaGroup;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives leadership to another replica, so that nobody has to notice a leader's silence first. */
final class Handover {
    private static final Logger LOG = LoggerFactory.getLogger(Handover.class);
    /** Replicas that are tried; a third one would cost more than an election does. */
    private static final int TRIES = 2;

    private Handover() {}

    /** Those that are likely to take over, the best first: they answer, and have the most. */
    static List<String> candidates(ReplicaGroup group) {
        return group.replicas().stream().filter(replica -> replica.live() && !replica.name().equals(group.leader()))
                .sorted(Comparator.comparingLong(ReplicaGroup.Replica::behind)
                        .thenComparing(ReplicaGroup.Replica::silentMillis).thenComparing(ReplicaGroup.Replica::name))
                .limit(TRIES).map(ReplicaGroup.Replica::name).toList();
    }

    /**
     * Who leads now.
     *
     * @param transfer hands over to a replica within a time, or throws {@link UnavailableException}
     * @param patience for each replica that is tried
     * @throws UnavailableException when nobody took over
     */
    static String handOver(ReplicaGroup group, BiConsumer<String, Duration> transfer, Duration patience) {
        UnavailableException last = new UnavailableException("no other replica answers");
        for (String candidate : candidates(group)) {
            try {
                long start = System.nanoTime();
                transfer.accept(candidate, patience);
                LOG.info("{} hands leadership over to {} within {} ms", group.leader(), candidate,
                        Duration.ofNanos(System.nanoTime() - start).toMillis());
                return candidate;
            } catch (UnavailableException e) {
                LOG.info("{} did not take over leadership: {}", candidate, e.getMessage());
                last = e;
            }
        }
        throw last;
    }
}
