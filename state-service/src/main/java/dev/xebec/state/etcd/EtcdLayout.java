package dev.xebec.state.etcd;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.KeyValue;
import io.etcd.jetcd.ByteSequence;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Where things stand in etcd. Keys under {@code data/} hold what is stored, as it is, so that etcd's own tools show it. Those under
 * {@code once/} are the registers of {@link Registers}. {@code compacted} is the revision below which reads are refused.
 */
final class EtcdLayout {
    /** Below and above every key. */
    static final ByteSequence ALL = ByteSequence.from(new byte[1]);

    private static final HexFormat HEX = HexFormat.of();

    private final String data;
    private final String once;
    private final ByteSequence dataStart;
    private final ByteSequence dataEnd;
    private final ByteSequence compacted;
    private final ByteSequence touched;

    EtcdLayout(String root) {
        data = root + "data/";
        once = root + "once/";
        dataStart = ByteSequence.from(data, StandardCharsets.UTF_8);
        // The character after a slash.
        dataEnd = ByteSequence.from(root + "data0", StandardCharsets.UTF_8);
        compacted = ByteSequence.from(root + "compacted", StandardCharsets.UTF_8);
        touched = ByteSequence.from(root + "touched", StandardCharsets.UTF_8);
    }

    ByteSequence compacted() {
        return compacted;
    }

    /** Written for nothing but the event. */
    ByteSequence touched() {
        return touched;
    }

    ByteSequence key(String key) {
        return ByteSequence.from(data + key, StandardCharsets.UTF_8);
    }

    /** An exclusive end of a range; empty for the end of all. */
    ByteSequence end(String to) {
        return to.isEmpty() ? dataEnd : key(to);
    }

    boolean isData(ByteSequence key) {
        return key.startsWith(dataStart);
    }

    String name(ByteSequence key) {
        byte[] bytes = key.getBytes();
        return new String(bytes, dataStart.size(), bytes.length - dataStart.size(), StandardCharsets.UTF_8);
    }

    KeyValue keyValue(io.etcd.jetcd.KeyValue stored) {
        return new KeyValue(name(stored.getKey()), Bytes.of(stored.getValue().getBytes()), stored.getCreateRevision(),
                stored.getModRevision(), stored.getVersion());
    }

    ByteSequence register(long client, int lane, int index) {
        return ByteSequence.from(once + HEX.toHexDigits(client) + "/" + lane + "/" + index, StandardCharsets.UTF_8);
    }

    static ByteSequence number(long number) {
        return ByteSequence.from(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    static long number(ByteSequence stored) {
        return ByteBuffer.wrap(stored.getBytes()).getLong();
    }
}
