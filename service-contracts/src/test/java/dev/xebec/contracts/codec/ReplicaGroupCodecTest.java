package dev.xebec.contracts.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.state.ReplicaGroup;
import dev.xebec.contracts.state.ReplicaGroup.Change;
import dev.xebec.contracts.state.ReplicaGroup.Kind;
import dev.xebec.contracts.state.ReplicaGroup.Phase;
import dev.xebec.contracts.state.ReplicaGroup.Replica;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReplicaGroupCodecTest {
    @Test
    void readsWhatItWrites() {
        ReplicaGroup busy = new ReplicaGroup("a", 7, 12_345,
                List.of(new Replica("a", "host-a:5703", 0, 0, true),
                        new Replica("b", "[::1]:5703", 99, Long.MAX_VALUE, false)),
                Optional.of(new Change(Kind.ADD, "c", "host-c:5703", Phase.RUNNING, 12, "")));
        ReplicaGroup quiet = new ReplicaGroup("", 0, -1, List.of(), Optional.empty());
        for (ReplicaGroup group : List.of(busy, quiet)) {
            ByteWriter out = new ByteWriter();
            ReplicaGroupCodec.write(out, group);
            ByteReader in = new ByteReader(out.finish());
            assertThat(ReplicaGroupCodec.read(in)).isEqualTo(group);
            in.finish();
        }
    }
}
