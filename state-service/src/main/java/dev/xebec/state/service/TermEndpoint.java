package dev.xebec.state.service;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.codec.ByteReader;
import dev.xebec.contracts.codec.ByteWriter;
import dev.xebec.contracts.codec.MalformedMessageException;
import dev.xebec.kit.bus.Bus;
import java.time.Duration;
import java.util.function.LongSupplier;

/** A replica's term on the bus at {@code state.<replica>.term}, for the leader's read barriers. */
final class TermEndpoint implements AutoCloseable {
    private static final int MAX_ANSWER_BYTES = 16;

    private final Bus.Registration registration;

    /** @param term asked at each call: never older than the call */
    TermEndpoint(Bus bus, String replica, LongSupplier term) {
        registration = bus.serve(address(replica),
                request -> new ByteWriter(MAX_ANSWER_BYTES).varint(term.getAsLong()).finish());
    }

    /** Asks a replica; {@link UnavailableException} when it does not answer in time. */
    static long ask(Bus bus, String replica, Duration deadline) {
        Bytes answer = bus.call(address(replica), Bytes.EMPTY, deadline);
        try {
            return new ByteReader(answer).varint();
        } catch (MalformedMessageException e) {
            throw new UnavailableException("the term of " + replica + " cannot be read", e);
        }
    }

    private static String address(String replica) {
        return "state." + replica + ".term";
    }

    @Override
    public void close() {
        registration.close();
    }
}
