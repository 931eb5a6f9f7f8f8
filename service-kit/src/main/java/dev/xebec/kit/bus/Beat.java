package dev.xebec.kit.bus;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.codec.ByteReader;
import dev.xebec.contracts.codec.ByteWriter;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A bus's heartbeat to all others.
 *
 * @param version of its offer
 * @param offer what it serves; null where it is the one that it told lately
 */
record Beat(Mood mood, String bus, String node, long version, @Nullable Offer offer) {
    private static final int FORMAT = 1;

    /** What the beat says beside "I am here". */
    enum Mood {
        /** The first one: answer with your own. */
        HELLO, STEADY, GOODBYE
    }

    Bytes encode() {
        ByteWriter out = new ByteWriter(128).u8(FORMAT).u8(mood.ordinal()).utf8(bus).utf8(node).varint(version);
        out.bool(offer != null);
        if (offer != null) {
            out.strings(List.copyOf(offer.requests())).strings(List.copyOf(offer.streams()));
            out.strings(List.copyOf(offer.topics()));
        }
        return out.finish();
    }

    static Beat decode(Bytes bytes) {
        ByteReader in = new ByteReader(bytes).version(FORMAT, "a heartbeat");
        Mood mood = in.constant(Mood.values());
        String bus = in.utf8();
        String node = in.utf8();
        long version = in.varint();
        Offer offer = in.bool()
                ? new Offer(version, Set.copyOf(in.strings()), Set.copyOf(in.strings()), Set.copyOf(in.strings()))
                : null;
        in.finish();
        return new Beat(mood, bus, node, version, offer);
    }
}
