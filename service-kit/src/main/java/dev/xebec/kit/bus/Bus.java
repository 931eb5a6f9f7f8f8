package dev.xebec.kit.bus;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import java.time.Duration;

/**
 * The way between services: requests with a deadline, and streams. Handlers run on virtual threads and may block; so do
 * callers. Addresses are plain strings ({@code state.master-0}, {@code api}, {@code node.node-0}); several members may
 * serve one address, and a call reaches one of them.
 */
public interface Bus {

    /** Serves requests at an address on this member until the registration is closed. */
    Registration serve(String address, RequestHandler handler);

    /** Serves streams at an address on this member until the registration is closed. */
    Registration serveStreams(String address, StreamHandler handler);

    /**
     * Sends a request and waits for its answer. {@link UnavailableException} after {@code deadline}, when nobody serves
     * the address, or when the handler failed; the request may still have been carried out.
     */
    Bytes call(String address, Bytes request, Duration deadline);

    /** Opens a stream to one member that serves the address. */
    BusStream open(String address, Bytes request, Duration deadline);

    /** Tells every member that listens, without an answer; may be lost. */
    void publish(String address, Bytes message);

    /** Listens to what is published to the address, by this member too. */
    Registration listen(String address, java.util.function.Consumer<Bytes> listener);

    /** Answers one request; a thrown {@link UnavailableException} reaches the caller as one. */
    interface RequestHandler {
        Bytes handle(Bytes request);
    }

    /** Works on one opened stream; the stream ends when the method returns, fails when it throws. */
    interface StreamHandler {
        void handle(Bytes request, BusStream stream);
    }

    /** Something that can be taken back. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
