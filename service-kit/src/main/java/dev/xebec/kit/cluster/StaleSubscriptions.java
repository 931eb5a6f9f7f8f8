package dev.xebec.kit.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.multimap.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.spi.cluster.hazelcast.impl.HazelcastRegistrationInfo;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes event bus subscriptions of nodes that are no more. The cluster manager does so when a node leaves, but has
 * been seen to miss some after kills and merges, and then the bus goes on sending to the dead. The oldest member
 * sweeps; an entry goes when two sweeps in a row found its node missing. Source: vertx-hazelcast#196.
 */
final class StaleSubscriptions {
    static final String SUBSCRIPTIONS = "__vertx.subs";

    private static final long SWEEP_MILLIS = 2_000;
    private static final Logger LOG = LoggerFactory.getLogger(StaleSubscriptions.class);

    private final HazelcastInstance hazelcast;
    private final ReentrantLock sweeping = new ReentrantLock();
    private Set<String> missing = new HashSet<>();

    private StaleSubscriptions(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
    }

    /** Sweeps now and then until the Vert.x is closed. */
    static void sweep(Vertx vertx, HazelcastInstance hazelcast) {
        StaleSubscriptions sweeper = new StaleSubscriptions(hazelcast);
        vertx.setPeriodic(SWEEP_MILLIS, timer -> Thread.ofVirtual().name("stale-subscriptions").start(sweeper::run));
    }

    private void run() {
        if (!sweeping.tryLock()) {
            return;
        }
        try {
            if (hazelcast.getCluster().getMembers().iterator().next().localMember()) {
                sweepOnce();
            } else {
                missing.clear();
            }
        } catch (HazelcastException e) {
            // The cluster is being left, or is in the middle of a change; the next sweep finds out.
            LOG.debug("Cannot sweep", e);
        } finally {
            sweeping.unlock();
        }
    }

    private void sweepOnce() {
        MultiMap<String, HazelcastRegistrationInfo> subscriptions = hazelcast.getMultiMap(SUBSCRIPTIONS);
        Set<String> live = new HashSet<>();
        for (Member member : hazelcast.getCluster().getMembers()) {
            String id = member.getAttribute(ClusterNodes.NODE_ID);
            if (id != null) {
                live.add(id);
            }
        }
        Set<String> missingNow = new HashSet<>();
        for (Map.Entry<String, HazelcastRegistrationInfo> entry : subscriptions.entrySet()) {
            String node = entry.getValue().unwrap().nodeId();
            if (live.contains(node)) {
                continue;
            }
            missingNow.add(node);
            if (missing.contains(node) && subscriptions.remove(entry.getKey(), entry.getValue())) {
                LOG.info("Removed the subscription of a node that is no more at {}", entry.getKey());
            }
        }
        missing = missingNow;
    }
}
