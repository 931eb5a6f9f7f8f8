package dev.xebec.kit.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.member.Member;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemberTableTest {
    private final MemberTable table = new MemberTable();

    private static Member member(String role, String process, long incarnation, boolean ready) {
        return new Member(role, process, incarnation, 7, "", Instant.EPOCH, ready, false, 0, 0);
    }

    private static Heartbeat beat(String process, Member... members) {
        return new Heartbeat(process, Arrays.asList(members));
    }

    private Set<String> heard(Heartbeat... heartbeats) {
        return table.heard(Arrays.asList(heartbeats));
    }

    private List<String> ready() {
        return table.view().ready().getOrDefault("scheduler-service", List.of()).stream().map(Member::name).toList();
    }

    @Test
    void showsReadyMembersByNameAndAllOthersToo() {
        heard(beat("c", member("scheduler-service", "c", 3, true)), beat("b", member("scheduler-service", "b", 2, true),
                member("controller-service", "b", 2, false)));
        assertThat(ready()).containsExactly("scheduler-service@b", "scheduler-service@c");
        assertThat(table.view().all()).extracting(Member::name).containsExactly("controller-service@b",
                "scheduler-service@b", "scheduler-service@c");
    }

    @Test
    void tellsOfChangesOfTheReadyOnly() {
        Heartbeat ready = beat("b", member("scheduler-service", "b", 2, true));
        assertThat(heard(ready)).containsExactly("scheduler-service");
        assertThat(heard(ready)).isEmpty();
        assertThat(heard(beat("b", member("scheduler-service", "b", 2, false)))).containsExactly("scheduler-service");
        assertThat(heard(beat("b"))).isEmpty();
        assertThat(heard(ready)).containsExactly("scheduler-service");
        assertThat(heard()).containsExactly("scheduler-service");
        assertThat(table.view().all()).isEmpty();
    }

    @Test
    void aRestartedProcessReplacesItsOldSelf() {
        Heartbeat old = beat("b", member("scheduler-service", "b", 2, true));
        heard(old);
        assertThat(heard(old, beat("b", member("scheduler-service", "b", 9, true))))
                .containsExactly("scheduler-service");
        assertThat(table.view().all()).extracting(Member::incarnation).containsExactly(9L);
    }

    @Test
    void aHeartbeatSurvivesTheWire() {
        Heartbeat heartbeat = beat("b", member("scheduler-service", "b", Long.MIN_VALUE, true),
                new Member("state-service", "b", 3, 4, "https://b:6443", Instant.ofEpochMilli(1_700_000_000_123L), true,
                        true, 1L << 40, 33));
        Bytes wire = heartbeat.encode();
        assertThat(Heartbeat.decode(wire)).isEqualTo(heartbeat);
    }
}
