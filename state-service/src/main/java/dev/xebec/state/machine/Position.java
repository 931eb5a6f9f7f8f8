package dev.xebec.state.machine;

/**
 * Where the machine stands.
 *
 * @param index of the last log entry applied; −1 for none
 * @param term of that entry
 * @param revision 0 while nothing was ever written
 * @param compacted reads below it fail; 0 for none
 */
public record Position(long index, long term, long revision, long compacted) {
    static final Position START = new Position(-1, 0, 0, 0);

    byte[] encode() {
        return Layout.longs(index, term, revision, compacted);
    }

    static Position decode(byte[] encoded) {
        return new Position(Layout.getLong(encoded, 0), Layout.getLong(encoded, 8), Layout.getLong(encoded, 16),
                Layout.getLong(encoded, 24));
    }
}
