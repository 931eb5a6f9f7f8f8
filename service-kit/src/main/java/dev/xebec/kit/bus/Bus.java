package dev.xebec.kit.bus;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import java.time.Duration;
import java.util.Map;

/**
 * The way between services: requests with a deadline, and streams. Handlers run on virtual threads and may block; so do
 * callers. Addresses are plain strings ({@code state.master-0}, {@code api}, {@code node.node-0}); several members may
 * serve one address, and a call reaches one of them.
 */
public interface Bus {

    /** This member's name on the bus, new at each start. */
    String id();

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

    /**
     * What this member says of itself from now on, whole; empty for nothing. It travels with the bus's own heartbeats, and at once
     * where it is another than before. To be said again several times within {@link BusSettings#beatSilence}, be it the same:
     * of a member that hangs, nothing that it said before is to be heard.
     */
    void say(Bytes word);

    /** What the members say of themselves that are there and do not hang, by members' names; who came last is the last. */
    Map<String, Bytes> words();

    /** Calls back after {@link #words} may have changed, on a thread that must not wait. */
    Registration onWords(Runnable listener);

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
