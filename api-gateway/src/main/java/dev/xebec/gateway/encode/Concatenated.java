package dev.xebec.gateway.encode;

import dev.xebec.contracts.Bytes;
import java.util.List;

/** Chunks in one piece, for what has to be read as a whole. */
final class Concatenated {
    private Concatenated() {}

    static byte[] of(List<Bytes> chunks) {
        int size = 0;
        for (Bytes chunk : chunks) {
            size += chunk.size();
        }
        byte[] whole = new byte[size];
        int at = 0;
        for (Bytes chunk : chunks) {
            System.arraycopy(chunk.backing(), chunk.start(), whole, at, chunk.size());
            at += chunk.size();
        }
        return whole;
    }
}
