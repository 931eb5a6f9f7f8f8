package dev.xebec.kit.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.member.Member;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who is there, by a clock that the test turns. */
class MemberTableTest {
    private static final long OWN = 1;
    private static final long SILENCE = TimeUnit.MILLISECONDS.toNanos(1_500);
    private static final long BEAT = TimeUnit.MILLISECONDS.toNanos(300);

    private final MemberTable table = new MemberTable(OWN, SILENCE, 0);
    private long now;

    private static Member member(String role, String process, long incarnation, boolean ready) {
        return new Member(role, process, incarnation, 7, "", Instant.EPOCH, ready, false, 0, 0);
    }

    private static Heartbeat beat(long source, String process, Member... members) {
        return new Heartbeat(source, "node-of-" + process, process, false, Arrays.asList(members));
    }

    private List<String> ready() {
        return table.view().ready().getOrDefault("scheduler-service", List.of()).stream().map(Member::name).toList();
    }

    private void pass(long nanos) {
        for (long end = now + nanos; now < end;) {
            now = Math.min(end, now + BEAT);
            table.expire(now);
        }
    }

    @Test
    void showsReadyMembersByNameAndAllOthersToo() {
        table.heard(beat(3, "c", member("scheduler-service", "c", 3, true)), now);
        table.heard(beat(2, "b", member("scheduler-service", "b", 2, true),
                member("controller-service", "b", 2, false)), now);
        assertThat(ready()).containsExactly("scheduler-service@b", "scheduler-service@c");
        assertThat(table.view().all()).extracting(Member::name).containsExactly("controller-service@b",
                "scheduler-service@b", "scheduler-service@c");
    }

    @Test
    void tellsOfChangesOfTheReadyOnly() {
        assertThat(table.heard(beat(2, "b", member("scheduler-service", "b", 2, true)), now))
                .containsExactly("scheduler-service");
        assertThat(table.heard(beat(2, "b", member("scheduler-service", "b", 2, true)), now)).isEmpty();
        assertThat(table.heard(beat(2, "b", member("scheduler-service", "b", 2, false)), now))
                .containsExactly("scheduler-service");
        assertThat(table.heard(beat(2, "b"), now)).isEmpty();
    }

    @Test
    void dropsWhoIsSilentForLongerThanTheLimitAndNotSooner() {
        table.heard(beat(2, "b", member("scheduler-service", "b", 2, true)), now);
        pass(SILENCE);
        assertThat(ready()).containsExactly("scheduler-service@b");
        pass(BEAT);
        assertThat(ready()).isEmpty();
    }

    @Test
    void neverDropsItself() {
        table.heard(beat(OWN, "a", member("scheduler-service", "a", 1, true)), now);
        pass(10 * SILENCE);
        table.nodeLeft("node-of-a");
        assertThat(ready()).containsExactly("scheduler-service@a");
    }

    @Test
    void dropsAtOnceWhoSaysGoodbyeOrWhoseNodeLeft() {
        table.heard(beat(2, "b", member("scheduler-service", "b", 2, true)), now);
        table.heard(beat(3, "c", member("scheduler-service", "c", 3, true)), now);
        assertThat(table.heard(new Heartbeat(2, "node-of-b", "b", true, List.of()), now))
                .containsExactly("scheduler-service");
        assertThat(table.nodeLeft("node-of-c")).containsExactly("scheduler-service");
        assertThat(table.view().all()).isEmpty();
    }

    @Test
    void aRestartedProcessReplacesItsOldSelf() {
        table.heard(beat(2, "b", member("scheduler-service", "b", 2, true)), now);
        assertThat(table.heard(beat(9, "b", member("scheduler-service", "b", 9, true)), now))
                .containsExactly("scheduler-service");
        assertThat(table.view().all()).extracting(Member::incarnation).containsExactly(9L);
    }

    @Test
    void aProcessThatStalledItselfGivesTheOthersARoundToBeHeard() {
        table.heard(beat(2, "b", member("scheduler-service", "b", 2, true)), now);
        now += 20 * SILENCE;
        assertThat(table.expire(now)).isEmpty();
        assertThat(ready()).containsExactly("scheduler-service@b");
        now += BEAT;
        assertThat(table.expire(now)).containsExactly("scheduler-service");
    }

    @Test
    void aProcessThatIsAlwaysLateStillFindsOthersGone() {
        table.heard(beat(2, "b", member("scheduler-service", "b", 2, true)), now);
        now += 20 * SILENCE;
        assertThat(table.expire(now)).isEmpty();
        now += SILENCE;
        assertThat(table.expire(now)).containsExactly("scheduler-service");
    }

    @Test
    void aHeartbeatSurvivesTheWire() {
        Heartbeat heartbeat = beat(-5, "b", member("scheduler-service", "b", Long.MIN_VALUE, true),
                new Member("state-service", "b", 3, 4, "https://b:6443", Instant.ofEpochMilli(1_700_000_000_123L), true,
                        true, 1L << 40, 33));
        Bytes wire = heartbeat.encode();
        assertThat(Heartbeat.decode(wire)).isEqualTo(heartbeat);
    }
}
