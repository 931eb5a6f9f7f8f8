package dev.xebec.state.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.ReplicaGroup;
import dev.xebec.contracts.state.ReplicaGroup.Change;
import dev.xebec.contracts.state.ReplicaGroup.Phase;
import dev.xebec.contracts.state.ReplicaGroup.Replica;
import dev.xebec.state.transport.TestAuthority;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replicas that come and go while the group serves. */
final class MembersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void growsFromOneToThreeAndLosesTheFirst() {
        TestAuthority authority = new TestAuthority(directory.resolve("pki"));
        UnaryOperator<RaftConfig> secured = config -> config
                .withAccess(RaftConfig.Access.over("", authority.member(config.name())));
        try (Group group = Group.of(1, directory, secured)) {
            group.startAll();
            Writer writer = new Writer();
            writer.put(group.store(0), "alone", "1");
            for (int i = 1; i < 3; i++) {
                int joined = group.joining(directory, secured);
                RaftStateStore waits = group.start(joined);
                assertThat(waits.votes()).isFalse();
                assertThat(waits.knowsAGroup()).isFalse();
                assertThat(done(group, add(group, joined))).isEqualTo(Phase.DONE);
                Group.await("its vote to count", waits::votes);
                writer.put(group.store(joined), "with-" + i, "1");
            }
            assertThat(names(group)).containsExactly("state-0", "state-1", "state-2");
            assertThat(done(group, store -> store.remove(LogGroup.MAIN, "state-0"))).isEqualTo(Phase.DONE);
            assertThat(names(group)).containsExactly("state-1", "state-2");
            group.stop(0);
            long revision = writer.put(group.store(1), "without", "1");
            assertThat(group.store(2).currentRevision(LogGroup.MAIN)).isEqualTo(revision);
            assertThat(Writer.read(group.store(2), "")).hasSize(4);
        }
    }

    @Test
    void knowsItsMembersFromTheLogAfterRestarts() {
        try (Group group = Group.of(3, directory)) {
            group.startAll();
            for (int i = 3; i < 5; i++) {
                int joined = group.joining(directory, UnaryOperator.identity());
                group.start(joined);
                assertThat(done(group, add(group, joined))).isEqualTo(Phase.DONE);
            }
            for (String name : List.of("state-0", "state-1")) {
                assertThat(done(group, store -> store.remove(LogGroup.MAIN, name))).isEqualTo(Phase.DONE);
            }
            for (int i = 0; i < 5; i++) {
                group.stop(i);
            }
            for (int i = 2; i < 5; i++) {
                group.start(i);
            }
            assertThat(names(group)).containsExactly("state-2", "state-3", "state-4");
            new Writer().put(group.store(4), "a", "1");
        }
    }

    /** Its term would grow with each election that it calls, and end the others' leader's. */
    @Test
    void leavesTheOthersAloneOnceItIsRemovedAndAfterARestart() {
        try (Group group = Group.of(4, directory)) {
            group.startAll();
            Writer writer = new Writer();
            int removed = group.awaitFollower();
            String name = group.config(removed).name();
            assertThat(done(group, store -> store.remove(LogGroup.MAIN, name))).isEqualTo(Phase.DONE);
            RaftStateStore gone = group.store(removed);
            Group.await("the removed one to know", () -> !gone.votes());
            int leader = group.awaitLeader();
            long term = group.store(leader).term();
            group.stop(removed);
            RaftStateStore again = group.start(removed);
            for (int i = 0; i < 20; i++) {
                writer.put(group.store(leader), "k" + i, "1");
                Group.sleep(Duration.ofMillis(100));
            }
            assertThat(again.votes()).isFalse();
            assertThat(again.leads()).isFalse();
            assertThat(again.term()).isLessThanOrEqualTo(term);
            assertThat(group.store(leader).term()).isEqualTo(term);
            assertThat(group.store(leader).leads()).isTrue();

            assertThat(done(group, add(group, removed))).isEqualTo(Phase.DONE);
            Group.await("its vote to count again", again::votes);
            long revision = writer.put(group.store(leader), "back", "1");
            Group.await("what it missed", () -> again.replica().position().revision() >= revision);
        }
    }

    /** It was down when the others removed it, so its log says that it votes. */
    @Test
    void isToldOfItsRemovalByTheLeader() {
        try (Group group = Group.of(4, directory)) {
            group.startAll();
            int removed = group.awaitFollower();
            group.stop(removed);
            String name = group.config(removed).name();
            assertThat(done(group, store -> store.remove(LogGroup.MAIN, name))).isEqualTo(Phase.DONE);
            long term = group.store(group.awaitLeader()).term();
            RaftStateStore again = group.start(removed);
            Group.await("it to be told", () -> !again.votes());
            new Writer().put(group.store(group.awaitLeader()), "a", "1");
            assertThat(group.store(group.awaitLeader()).term()).isEqualTo(term);
            assertThat(again.term()).isLessThanOrEqualTo(term);
        }
    }

    @Test
    void takesBackAReplicaThatLostItsDisk() throws Exception {
        try (Group group = Group.of(3, directory, config -> config.withSnapshots(50, 64 * 1024))) {
            group.startAll();
            Writer writer = new Writer();
            int lost = group.awaitFollower();
            for (int i = 0; i < 200; i++) {
                writer.put(group.store(group.awaitLeader()), "k" + i, "v".repeat(1_000));
            }
            group.stop(lost);
            Trees.delete(group.config(lost).directory());
            String name = group.config(lost).name();
            assertThat(done(group, store -> store.remove(LogGroup.MAIN, name))).isEqualTo(Phase.DONE);
            group.reconfigure(lost, config -> config.withAccess(config.access().joining()));
            RaftStateStore empty = group.start(lost);
            assertThat(empty.votes()).isFalse();
            assertThat(done(group, add(group, lost))).isEqualTo(Phase.DONE);
            long revision = writer.put(group.store(group.awaitLeader()), "after", "1");
            Group.await("everything to be there", () -> empty.replica().position().revision() >= revision);
            assertThat(((RangeResult.Page) empty.range(RangeQuery.prefix("").at(revision))).keyValues()).hasSize(201);
            // It is needed now.
            int other = group.awaitFollower();
            group.stop(other == lost ? group.awaitLeader() : other);
            writer.put(group.store(group.awaitLeader()), "with it", "1");
        }
    }

    @Test
    void movesAReplicaToAnotherAddress() {
        try (Group group = Group.of(3, directory)) {
            group.startAll();
            int moving = group.awaitFollower();
            group.stop(moving);
            int port = FreePorts.take(1).getFirst();
            String name = group.config(moving).name();
            group.reconfigure(moving, config -> {
                Peer here = new Peer(name, "127.0.0.1", port);
                return RaftConfig.of(name, config.directory(), config.peers().stream()
                        .map(peer -> peer.name().equals(name) ? here : peer).toList());
            });
            RaftStateStore moved = group.start(moving);
            assertThat(done(group, store -> store.add(LogGroup.MAIN, name, "127.0.0.1:" + port)))
                    .isEqualTo(Phase.DONE);
            long revision = new Writer().put(group.store(group.awaitLeader()), "a", "1");
            Group.await("what was written then", () -> moved.replica().position().revision() >= revision);
            assertThat(leader(group).group(LogGroup.MAIN).replica(name)).map(Replica::address)
                    .contains("127.0.0.1:" + port);
        }
    }

    @Test
    void refusesWhatCannotBeAndChangesNothing() {
        try (Group group = Group.of(3, directory)) {
            group.startAll();
            RaftStateStore leader = leader(group);
            int silent = FreePorts.take(1).getFirst();
            refuses(() -> leader.add(LogGroup.MAIN, "state-9", "127.0.0.1:" + silent),
                    "state-9 cannot be reached at 127.0.0.1:" + silent + ", so nothing is changed");
            refuses(() -> leader.add(LogGroup.MAIN, "state-9", "nowhere.invalid:5703"), "nowhere.invalid");
            refuses(() -> leader.add(LogGroup.MAIN, "state-9", group.config(0).self().address()),
                    "is the address of state-0 already");
            for (String address : List.of("host", "host:", "host:0", "host:70000", "http://host:1", "a,b:1", ":5")) {
                refuses(() -> leader.add(LogGroup.MAIN, "state-9", address), "\"" + address + "\"");
            }
            refuses(() -> leader.add(LogGroup.MAIN, "no name", "127.0.0.1:1"), "\"no name\" is no name of a replica");
            refuses(() -> leader.remove(LogGroup.MAIN, "state-9"),
                    "state-9 is none of the replicas, which are state-0, state-1, state-2");
            assertThat(names(group)).containsExactly("state-0", "state-1", "state-2");
            assertThat(leader.group(LogGroup.MAIN).change()).isEmpty();
            // Nothing to do is no change either.
            assertThat(leader.add(LogGroup.MAIN, "state-0", group.config(0).self().address()).change()).isEmpty();
            new Writer().put(leader, "a", "1");
        }
    }

    @Test
    void refusesARemovalThatWouldLeaveNoMajority() {
        try (Group group = Group.of(3, directory)) {
            group.startAll();
            int down = group.awaitFollower();
            group.stop(down);
            int other = 3 - down - group.awaitLeader();
            RaftStateStore leader = leader(group);
            refuses(() -> leader.remove(LogGroup.MAIN, group.config(other).name()),
                    group.config(down).name() + " cannot be reached");
            new Writer().put(leader, "a", "1");
            assertThat(done(group, store -> store.remove(LogGroup.MAIN, group.config(down).name())))
                    .isEqualTo(Phase.DONE);
            assertThat(names(group)).hasSize(2);
        }
    }

    @Test
    void refusesToRemoveTheLast() {
        try (Group group = Group.of(1, directory)) {
            group.startAll();
            refuses(() -> group.store(0).remove(LogGroup.MAIN, "state-0"), "is the last replica");
        }
    }

    @Test
    void handsOverLeadershipWhenItStops() throws IOException {
        try (Group group = Group.of(3, directory)) {
            group.startAll();
            int leader = group.awaitLeader();
            long term = group.store(leader).term();
            group.store(leader).handOver();
            assertThat(group.store(leader).leads()).isFalse();
            int next = group.awaitLeader();
            assertThat(next).isNotEqualTo(leader);
            assertThat(group.store(next).term()).isEqualTo(term + 1);
        }
    }

    private static void refuses(Runnable call, String why) {
        assertThatThrownBy(call::run).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(why);
    }

    private static RaftStateStore leader(Group group) {
        return group.store(group.awaitLeader());
    }

    private static List<String> names(Group group) {
        return ask(group, store -> store.group(LogGroup.MAIN)).replicas().stream().map(Replica::name).toList();
    }

    static Function<RaftStateStore, ReplicaGroup> add(Group group, int which) {
        return store -> store.add(LogGroup.MAIN, group.config(which).name(), group.config(which).self().address());
    }

    /** Begins a change at whoever leads, and tells how it ends. */
    static Phase done(Group group, Function<RaftStateStore, ReplicaGroup> change) {
        ReplicaGroup now = ask(group, change);
        while (now.change().map(Change::phase).filter(Phase.RUNNING::equals).isPresent()) {
            Group.sleep(Duration.ofMillis(20));
            now = ask(group, store -> store.group(LogGroup.MAIN));
        }
        return now.change().map(Change::phase).orElse(Phase.DONE);
    }

    private static ReplicaGroup ask(Group group, Function<RaftStateStore, ReplicaGroup> question) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return question.apply(leader(group));
            } catch (UnavailableException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
            }
        }
    }
}
