package dev.xebec.node.leave;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.kit.client.ApiResult;
import dev.xebec.kit.client.Resources;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves a node's pods to other nodes before its agent ends: cordons the node and evicts by the API, so that disruption
 * budgets hold. Blocks; the node's workers have to run meanwhile, since it is they who end the pods. What cannot be moved in
 * time stays bound to the node, and is started again when that returns under its name.
 */
public final class Departure {
    private static final Logger LOG = LoggerFactory.getLogger(Departure.class);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int GONE = 404;
    /** Looks between two evictions of a pod whose disruption is not allowed now. */
    private static final int LOOKS_BETWEEN = 10;

    private final Resources resources;
    private final String node;
    private final Supplier<Collection<ApiObject>> pods;
    private final BooleanSupplier reachable;

    /**
     * @param pods as the agent knows them, of this node and maybe of others
     * @param reachable whether a gateway is known that could answer
     */
    public Departure(Resources resources, String node, Supplier<Collection<ApiObject>> pods,
            BooleanSupplier reachable) {
        this.resources = resources;
        this.node = node;
        this.pods = pods;
        this.reachable = reachable;
    }

    /**
     * Moves what can be moved within {@code grace}; gives up at once where nobody answers.
     *
     * @param now when it leaves, for people who wonder why the node is cordoned
     * @return whether nothing is left on the node, so that it may be forgotten
     */
    public boolean moveOut(Duration grace, Instant now) throws InterruptedException {
        long deadline = System.nanoTime() + grace.toNanos();
        try {
            if (!reachable.getAsBoolean() || !cordon(now)) {
                return false;
            }
            for (int look = 0;; look++) {
                Occupants left = Occupants.of(pods.get(), node);
                if (left.movable().isEmpty()) {
                    return left.nobody();
                }
                if (System.nanoTime() > deadline || !reachable.getAsBoolean()) {
                    LOG.warn("Node {} leaves with {} pods that could not be moved", node, left.movable().size());
                    return false;
                }
                if (look % LOOKS_BETWEEN == 0) {
                    left.movable().stream().filter(pod -> !pod.deleting()).forEach(this::evict);
                }
                Thread.sleep(LOOK);
            }
        } catch (UnavailableException nobody) {
            LOG.warn("Node {} leaves as it is: {}", node, nobody.getMessage());
            return false;
        }
    }

    /** False where there is no such node. */
    private boolean cordon(Instant now) {
        if (!(resources.get(GroupVersionResource.NODES, "", node) instanceof ApiResult.Ok found)) {
            return false;
        }
        ObjectNode patch = Cordon.set(found.object(), now.toString());
        return patch.isEmpty()
                || resources.merge(GroupVersionResource.NODES, "", node, "", patch) instanceof ApiResult.Ok;
    }

    private void evict(ApiObject pod) {
        ObjectNode eviction = Json.object().put("apiVersion", "policy/v1").put("kind", "Eviction");
        eviction.putObject("metadata").put("name", pod.name()).put("namespace", pod.namespace());
        eviction.putObject("deleteOptions").putObject("preconditions").put("uid", pod.uid());
        if (resources.post(GroupVersionResource.PODS, pod.namespace(), pod.name(), "eviction",
                eviction) instanceof ApiResult.Refused refused && refused.status().code() != GONE) {
            String why = refused.status().code() == TOO_MANY_REQUESTS ? "not now" : "not";
            LOG.info("Pod {} may {} be moved: {}", pod.key(), why, refused.status().message());
        }
    }

    /** Nothing is left here: the node is taken off the cluster. To be called when nothing reports it any more. */
    public void forget() {
        try {
            if (resources.delete(GroupVersionResource.NODES, new ObjectKey("", node), "", 0, 0,
                    "") instanceof ApiResult.Refused refused && refused.status().code() != GONE) {
                LOG.warn("Node {} could not be taken off the cluster: {}", node, refused.status().message());
            }
        } catch (UnavailableException nobody) {
            LOG.warn("Node {} could not be taken off the cluster: {}", node, nobody.getMessage());
        }
    }
}
