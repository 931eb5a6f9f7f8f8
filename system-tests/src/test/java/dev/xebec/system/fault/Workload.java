package dev.xebec.system.fault;

import java.util.List;

/** Something that works on a cluster from its construction on while faults strike, and is judged when they are over. */
interface Workload extends AutoCloseable {
    /** Ends; the cluster has settled again. Returns when all calls have their answer. */
    void stop() throws Exception;

    /** What the cluster did that it must never do, a sentence each. Asked once, after {@link #stop()}. */
    List<String> violations() throws Exception;

    /** Ends at once. */
    @Override
    void close();
}
