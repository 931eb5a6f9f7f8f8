package dev.xebec.kit.bus;

import dev.xebec.contracts.Bytes;

/**
 * What one bus says of itself.
 *
 * @param version one more at each change
 * @param text empty where it says nothing
 */
record Word(long version, Bytes text) {
    static final Word NONE = new Word(0, Bytes.EMPTY);

    Word next(Bytes another) {
        return new Word(version + 1, another);
    }
}
