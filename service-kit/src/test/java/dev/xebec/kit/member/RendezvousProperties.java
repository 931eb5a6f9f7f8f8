package dev.xebec.kit.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.member.Member;
import dev.xebec.contracts.member.Members;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Laws of the sharing of keys. */
class RendezvousProperties {
    private static final String ROLE = "scheduler-service";
    private static final int KEYS = 2_000;

    private static Members of(Iterable<String> processes) {
        List<Member> members = new ArrayList<>();
        processes.forEach(
                process -> members.add(new Member(ROLE, process, 1, 1, "", Instant.EPOCH, true, false, 0, 0)));
        return Members.fixed(members);
    }

    private static RendezvousOwnership of(Members members, String process) {
        return new RendezvousOwnership(members, ROLE, process, () -> true);
    }

    private static String key(int i) {
        return "/pods/default/web-" + i;
    }

    @Property(tries = 200)
    void agreeingViewsGiveEachKeyExactlyOneOwner(
            @ForAll @Size(min = 1, max = 9) Set<@AlphaChars @StringLength(min = 1, max = 8) String> processes,
            @ForAll @Size(max = 50) List<String> keys) {
        Members members = of(processes);
        List<RendezvousOwnership> owners = processes.stream().map(process -> of(members, process)).toList();
        for (String key : keys) {
            assertThat(owners.stream().filter(owner -> owner.owns(key)).count()).isEqualTo(1);
        }
    }

    @Property(tries = 50)
    void onlyTheKeysOfALeavingMemberMove(@ForAll @IntRange(min = 2, max = 9) int count,
            @ForAll @IntRange(max = 8) int who) {
        List<String> before = IntStream.range(0, count).mapToObj(i -> "master-" + i).toList();
        String leaving = before.get(who % count);
        List<String> after = before.stream().filter(process -> !process.equals(leaving)).toList();
        Members wide = of(before);
        Members narrow = of(after);
        RendezvousOwnership gone = of(wide, leaving);
        for (String process : after) {
            RendezvousOwnership then = of(wide, process);
            RendezvousOwnership now = of(narrow, process);
            for (int i = 0; i < KEYS; i++) {
                boolean keeps = then.owns(key(i));
                assertThat(!keeps || now.owns(key(i))).as("what it had, it keeps").isTrue();
                assertThat(keeps || gone.owns(key(i)) || !now.owns(key(i))).as("what is new was the leaver's").isTrue();
            }
        }
    }

    @Property(tries = 20)
    void sharesAreEven(@ForAll @IntRange(min = 2, max = 9) int count) {
        List<String> processes = IntStream.range(0, count).mapToObj(i -> "master-" + i).toList();
        Members members = of(processes);
        for (String process : processes) {
            RendezvousOwnership owner = of(members, process);
            long owned = IntStream.range(0, KEYS).filter(i -> owner.owns(key(i))).count();
            assertThat(owned).isBetween((long) (KEYS / count * 0.7), (long) (KEYS / count * 1.3));
            assertThat(owner.sharePercent()).isEqualTo(100 / count);
        }
    }

    @Property(tries = 20)
    void whoIsNotReadyOrCannotReachTheStateServiceOwnsNothing(@ForAll @Size(max = 50) List<String> keys) {
        Members members = of(List.of("master-0", "master-1"));
        RendezvousOwnership stranger = of(members, "master-2");
        RendezvousOwnership cutOff = new RendezvousOwnership(members, ROLE, "master-0", () -> false);
        assertThat(keys).noneMatch(stranger::owns).noneMatch(cutOff::owns);
        assertThat(stranger.sharePercent() + cutOff.sharePercent()).isZero();
    }
}
