package dev.xebec.node.runtime;

import java.io.IOException;

/** The standard streams of a container's main process, shared with whoever else is attached. */
public interface AttachSession extends AutoCloseable {

    /** Hands on bytes; blocks while the process does not read. An IOException where it has no standard input (any more). */
    void input(byte[] bytes, int from, int length) throws IOException;

    /** This client sends nothing more. Ends the process' input where the container is to read from one client only. */
    void endInput();

    /**
     * What was written since the last call, not more than the buffer takes; 0 where nothing is there now, -1 once nothing
     * will come any more.
     */
    int stdout(byte[] buffer) throws IOException;

    /** As {@link #stdout}; a terminal has none. */
    int stderr(byte[] buffer) throws IOException;

    /** Tells a terminal its new size; without a terminal nothing happens. */
    void resize(int columns, int rows);

    @Override
    void close();
}
