package dev.xebec.gateway.request;

import dev.xebec.contracts.Bytes;

/** The body of a streamed answer while it is written. Thread-safe; chunks arrive in the order of the calls of one thread. */
public interface ResponseStream {

    /**
     * Writes and flushes; blocks the virtual thread while the client does not keep up.
     *
     * @return false when the client has gone: stop
     */
    boolean write(Bytes chunk);

    /** Runs soon on the connection's event loop; there {@link #push} writes without blocking. */
    void onLoop(Runnable task);

    /** Runs on the connection's event loop after a delay; returns what cancels it. */
    Runnable onLoopAfter(long delayMillis, Runnable task);

    /** Writes without blocking, whatever is queued already; call it on the event loop. */
    void push(Bytes chunk);

    /** Whether the client takes more at once. */
    boolean ready();

    /** Calls back on the event loop, once, when {@link #ready} is true again. */
    void whenReady(Runnable task);

    boolean closed();

    /** Calls back on the event loop when the client has gone or the stream has ended; at once where that is past. */
    void onClose(Runnable task);

    /** Ends the body in good order. */
    void end();

    /** Breaks the body off, where the way to the client can say so: he is not to take what he has for the whole. */
    default void abort() {
        end();
    }
}
