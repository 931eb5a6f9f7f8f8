package dev.xebec.kit.cluster;

import java.util.function.Consumer;

/** Which nodes leave the cluster, as somebody sees them leave: a hint, which may come late, never, or in error. */
public interface Departures {

    /** The id of the node that this process is; empty outside of a cluster. */
    String self();

    /** Calls back with the id of each node that leaves, on a thread of the cluster's: the listener has to be quick. */
    Watch onLeft(Consumer<String> listener);

    /** A running watch for leaving nodes. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
