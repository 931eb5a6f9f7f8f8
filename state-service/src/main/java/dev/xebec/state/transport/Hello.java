package dev.xebec.state.transport;

import java.io.IOException;

/**
 * The first frame of a connection: who calls whom. A name may lead to where another replica listens by now, and what is meant
 * for one replica must not be taken for another's.
 */
record Hello(String from, String to) {
    /** Kind of the frame, and the protocol's version. */
    static final int KIND = 0x11;
    static final int WELCOME = 0x12;
    static final int REFUSED = 0x13;
    static final int MAX_BYTES = 1024;

    String text() {
        return from + "\n" + to;
    }

    static Hello read(Frames frames) throws IOException {
        Frames.Frame frame = frames.read(MAX_BYTES);
        String[] names = frame.text().split("\n", -1);
        if (frame.kind() != KIND || names.length != 2) {
            throw new IOException("no greeting of a replica");
        }
        return new Hello(names[0], names[1]);
    }
}
