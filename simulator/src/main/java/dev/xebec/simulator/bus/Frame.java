package dev.xebec.simulator.bus;

import dev.xebec.contracts.Bytes;

/** What goes from one member of the bus to another. */
sealed interface Frame {

    /** Wants an answer under its number. */
    sealed interface Question extends Frame {
        long number();

        String address();

        Bytes body();
    }

    record Call(long number, String address, Bytes body) implements Question {}

    /** @param stream the opener's end */
    record Open(long number, String address, Bytes body, long stream) implements Question {}

    sealed interface Answer extends Frame {
        long number();
    }

    /** @param stream the acceptor's end; 0 for a call's answer */
    record Done(long number, Bytes body, long stream) implements Answer {}

    record Unavailable(long number, String reason) implements Answer {}

    record Tell(String address, Bytes body) implements Frame {}

    /** What the sender says of itself. @param version one more at each change */
    record Word(long version, Bytes text) implements Frame {}

    /** Of a stream: from one end, by its number at the sender, to the other, by its number at the receiver. */
    record OfStream(long to, long from, Piece piece) implements Frame {}

    /** What the ends of a stream say to each other. */
    sealed interface Piece {}

    /** @param place counts the chunks of one direction from 0 */
    record Chunk(long place, Bytes body) implements Piece {}

    /** @param consumed cost of all chunks read so far */
    record Credit(long consumed) implements Piece {}

    /** The end lives. @param next the place of the chunk that it would send now */
    record Alive(long next, long consumed) implements Piece {}

    /** Nothing more will be sent, and where {@code closed} nothing more read. */
    record End(long next, boolean closed) implements Piece {}

    record Broken(String reason) implements Piece {}
}
