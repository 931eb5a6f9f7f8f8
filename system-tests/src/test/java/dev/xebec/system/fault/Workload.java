package dev.xebec.system.fault;

import java.util.List;

/** Something that works on the cluster while faults strike it, and is judged when they are over. */
public interface Workload {
    /** Begins; the cluster is settled. */
    void start();

    /** Ends; the cluster has settled again. Returns when all calls have their answer. */
    void stop() throws InterruptedException;

    /** What the cluster did that it must never do, a sentence each. Asked once, after {@link #stop()}. */
    List<String> violations() throws Exception;
}
