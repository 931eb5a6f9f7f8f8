package dev.xebec.kit.bus;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.codec.ByteReader;
import dev.xebec.contracts.codec.ByteWriter;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A bus's heartbeat to all others: the only one that a process has.
 *
 * @param offered version of its offer
 * @param offer what it serves; null where it is the one that it told lately
 * @param said version of its word
 * @param word what it says of itself; null where it is the one that it told lately
 */
record Beat(Mood mood, String bus, String node, long offered, @Nullable Offer offer, long said,
        @Nullable Word word) {
    /** 1 had no word: members told of themselves in heartbeats of their own. */
    private static final int FORMAT = 2;

    /** What the beat says beside "I am here". */
    enum Mood {
        /** Answer with your own, whole. */
        HELLO, STEADY, GOODBYE
    }

    Bytes encode() {
        ByteWriter out = new ByteWriter(128).u8(FORMAT).u8(mood.ordinal()).utf8(bus).utf8(node).varint(offered);
        out.bool(offer != null);
        if (offer != null) {
            out.strings(List.copyOf(offer.requests())).strings(List.copyOf(offer.streams()));
            out.strings(List.copyOf(offer.topics()));
        }
        out.varint(said).bool(word != null);
        if (word != null) {
            out.bytes(word.text());
        }
        return out.finish();
    }

    static Beat decode(Bytes bytes) {
        ByteReader in = new ByteReader(bytes).version(FORMAT, "a heartbeat");
        Mood mood = in.constant(Mood.values());
        String bus = in.utf8();
        String node = in.utf8();
        long offered = in.varint();
        Offer offer = in.bool()
                ? new Offer(offered, Set.copyOf(in.strings()), Set.copyOf(in.strings()), Set.copyOf(in.strings()))
                : null;
        long said = in.varint();
        Word word = in.bool() ? new Word(said, in.bytes()) : null;
        in.finish();
        return new Beat(mood, bus, node, offered, offer, said, word);
    }
}
