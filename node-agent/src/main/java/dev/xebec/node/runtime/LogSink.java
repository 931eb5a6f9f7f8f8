package dev.xebec.node.runtime;

/** Takes log entries, one after another. */
public interface LogSink {

    /** Returns false to have no more. */
    boolean accept(LogEntry entry);

    /** Asked while nothing comes: false when nobody listens any more. */
    default boolean open() {
        return true;
    }
}
