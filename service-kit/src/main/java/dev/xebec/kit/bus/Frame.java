package dev.xebec.kit.bus;

import dev.xebec.contracts.Bytes;
import java.nio.charset.StandardCharsets;

/**
 * What travels on the event bus: everything, in one form. Immutable, so that it is passed by reference in one process.
 *
 * @param address the served address; empty for frames of a stream and answers
 * @param stream the receiver's number of the stream; of OPEN, the opener's
 * @param number what it counts depends on the kind
 */
record Frame(Kind kind, String address, long stream, long number, Bytes body) {

    /** What a frame is. */
    enum Kind {
        /** A request. */
        CALL,
        /** Opens a stream; the body is the opener's bus and the request. */
        OPEN,
        /** Something published. */
        TELL,
        /** Asks to send a MARK with this number to the bus named in the body. */
        PROBE,
        /** What a probed bus wants to see arrive. */
        MARK,
        /** A good answer. Of OPEN: {@code stream} is the acceptor's number. */
        ANSWER,
        /** The request failed; the body says why. */
        UNAVAILABLE,
        /** A chunk; {@code number} is its place in the stream. */
        DATA,
        /** A piece of a chunk that goes on in the next frame. */
        PART,
        /** {@code number}: cost of all frames consumed so far. */
        CREDIT,
        /** {@code number}: the next place; the body names the sender's end and what it consumed. */
        ALIVE,
        /** Nothing more will be sent; {@code number}: the next place. */
        END,
        /** As END, and nothing more will be read. */
        CLOSE,
        /** The stream is broken; the body says why. */
        FAIL
    }

    static Frame call(String address, Bytes body) {
        return new Frame(Kind.CALL, address, 0, 0, body);
    }

    static Frame tell(String address, Bytes body) {
        return new Frame(Kind.TELL, address, 0, 0, body);
    }

    static Frame answer(Bytes body) {
        return new Frame(Kind.ANSWER, "", 0, 0, body);
    }

    static Frame unavailable(String reason) {
        return new Frame(Kind.UNAVAILABLE, "", 0, 0, Bytes.utf8(reason));
    }

    static Frame ofStream(Kind kind, long stream, long number, Bytes body) {
        return new Frame(kind, "", stream, number, body);
    }

    static Frame fail(long stream, String reason) {
        return new Frame(Kind.FAIL, "", stream, 0, Bytes.utf8(reason));
    }

    String text() {
        return new String(body.array(), StandardCharsets.UTF_8);
    }
}
