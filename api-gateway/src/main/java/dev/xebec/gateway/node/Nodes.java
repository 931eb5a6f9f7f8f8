package dev.xebec.gateway.node;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.codec.NodeCodec;
import dev.xebec.contracts.node.NodeStreamRequest;
import dev.xebec.kit.bus.Bus;
import dev.xebec.kit.bus.BusStream;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

/** The way to the nodes' agents. */
public final class Nodes {
    /** Streams to containers that one gateway carries at once; further ones are refused with 429. */
    public static final int MAX_STREAMS = 2_000;
    /** How long an agent may take to answer that it is there. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Bus bus;
    private final Semaphore places = new Semaphore(MAX_STREAMS);

    public Nodes(Bus bus) {
        this.bus = bus;
    }

    /** Takes a place for one stream; {@link #leave} gives it back. */
    public void enter() {
        if (!places.tryAcquire()) {
            throw new RejectedException(Status.tooManyRequests("this server carries " + MAX_STREAMS
                    + " streams to containers already; please try again later", 1));
        }
    }

    public void leave() {
        places.release();
    }

    /** Places that are taken. */
    public int open() {
        return MAX_STREAMS - places.availablePermits();
    }

    /** Opens a stream; refuses where the node's agent cannot be reached. */
    public BusStream open(String node, NodeStreamRequest request) {
        try {
            return bus.open(NodeStreamRequest.address(node), NodeCodec.request(request), PATIENCE);
        } catch (UnavailableException silent) {
            throw new RejectedException(unreachable("node \"" + node + "\" cannot be reached: " + silent.getMessage()));
        }
    }

    /** Without a Retry-After, which clients would obey ten times before they tell their user. */
    public static Status unreachable(String message) {
        return new Status(503, "ServiceUnavailable", message, "", "", "", "", List.of(), 0);
    }
}
