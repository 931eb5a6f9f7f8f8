package dev.xebec.kit.cluster;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import dev.xebec.contracts.UnavailableException;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes of the cluster that a Vert.x is part of, as Hazelcast sees them: a hint, quick about crashes (0.4–0.7 s),
 * slow about hangs, and wrong for a while when the network splits. A Vert.x that is not clustered is one node without a
 * name.
 */
public final class ClusterNodes implements Departures {
    static final String NODE_ID = "__vertx.nodeId";
    private static final Logger LOG = LoggerFactory.getLogger(ClusterNodes.class);

    private final String self;
    private final @Nullable HazelcastClusterManager manager;

    private ClusterNodes(String self, @Nullable HazelcastClusterManager manager) {
        this.self = self;
        this.manager = manager;
    }

    public static ClusterNodes of(Vertx vertx) {
        if (vertx instanceof VertxInternal internal
                && internal.clusterManager() instanceof HazelcastClusterManager manager) {
            return new ClusterNodes(manager.getNodeId(), manager);
        }
        return new ClusterNodes("", null);
    }

    @Override
    public String self() {
        return self;
    }

    /** Ids of the nodes that are there, this one too. {@link UnavailableException} once this node has left. */
    public Set<String> live() {
        try {
            return manager == null ? Set.of(self) : Set.copyOf(manager.getNodes());
        } catch (HazelcastException | HazelcastInstanceNotActiveException e) {
            throw new UnavailableException("the cluster does not say who is there", e);
        }
    }

    public boolean clustered() {
        return manager != null;
    }

    /** Tells the cluster again where this node's event bus is, in case that it has forgotten. */
    public void tellAgain() {
        if (manager != null) {
            Promise<Void> told = Promise.promise();
            told.future().onFailure(failure -> LOG.warn("Cannot tell the cluster where this node is: {}",
                    failure.getMessage()));
            manager.setNodeInfo(manager.getNodeInfo(), told);
        }
    }

    /** {@inheritDoc} The thread is one of Hazelcast's. */
    @Override
    public Watch onLeft(Consumer<String> listener) {
        if (manager == null) {
            return () -> {
            };
        }
        Cluster watched = manager.getHazelcastInstance().getCluster();
        UUID registration = watched.addMembershipListener(new MembershipListener() {
            @Override
            public void memberAdded(MembershipEvent event) {
                // Newcomers say so themselves.
            }

            @Override
            public void memberRemoved(MembershipEvent event) {
                String id = event.getMember().getAttribute(NODE_ID);
                if (id != null) {
                    listener.accept(id);
                }
            }
        });
        return () -> watched.removeMembershipListener(registration);
    }
}
