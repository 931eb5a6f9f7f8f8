package dev.xebec.node.runtime;

import java.io.InputStream;
import java.io.OutputStream;

/** A command that runs in a container. The streams block; several threads may use one each. */
public interface ExecSession extends AutoCloseable {

    OutputStream stdin();

    InputStream stdout();

    InputStream stderr();

    /** Tells a terminal its new size; without a terminal nothing happens. */
    void resize(int columns, int rows);

    /** The exit code, once it is over. */
    int await() throws InterruptedException;

    /** Ends the command if it still runs. */
    @Override
    void close();
}
