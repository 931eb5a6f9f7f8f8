package dev.xebec.state.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.state.LogGroup;
import dev.xebec.state.transport.Resolver;
import dev.xebec.state.transport.TestAuthority;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three replicas that reach each other by names, over mutual TLS. */
final class SecuredPeersTest {
    /** Addresses by names, as a name server knows them. */
    private final Map<String, String> names = new ConcurrentHashMap<>();

    @TempDir
    private Path directory;

    @Test
    void replicatesToAPeerThatComesBackUnderAnotherAddress() {
        try (Group group = named(new TestAuthority(directory.resolve("pki")))) {
            group.startAll();
            Writer writer = new Writer();
            int moving = group.awaitFollower();
            writer.put(group.store(group.awaitLeader()), "before", "1");
            group.stop(moving);
            names.put("host-" + moving, "127.0.1." + (moving + 1));
            RaftStateStore back = group.start(moving);
            long revision = writer.put(group.store(group.awaitLeader()), "after", "1");
            Group.await("what was written meanwhile", () -> back.replica().position().revision() >= revision);
            // Nobody leads any more but with the vote of the one that moved.
            group.stop(group.awaitLeader());
            assertThat(group.store(group.awaitLeader()).currentRevision(LogGroup.MAIN)).isEqualTo(revision);
        }
    }

    @Test
    void allComeBackWhereOthersWereBefore() {
        try (Group group = named(new TestAuthority(directory.resolve("pki")))) {
            group.startAll();
            Writer writer = new Writer();
            long revision = writer.put(group.store(group.awaitLeader()), "before", "1");
            for (int i = 0; i < 3; i++) {
                group.stop(i);
            }
            for (int i = 0; i < 3; i++) {
                names.put("host-" + i, "127.0.0." + ((i + 1) % 3 + 1));
            }
            for (int i = 0; i < 3; i++) {
                group.start(i);
            }
            assertThat(group.store(group.awaitLeader()).currentRevision(LogGroup.MAIN)).isEqualTo(revision);
        }
    }

    /** Data folders outlive machines: then what is configured is right, and what the log remembers is not. */
    @Test
    void findsPeersWhereTheyAreConfiguredThoughTheLogSaysOtherwise() {
        TestAuthority authority = new TestAuthority(directory.resolve("pki"));
        long revision;
        try (Group group = named(authority)) {
            group.startAll();
            revision = new Writer().put(group.store(group.awaitLeader()), "before", "1");
        }
        names.clear();
        for (int i = 0; i < 3; i++) {
            names.put("new-" + i, "127.0.0." + (i + 1));
        }
        try (Group group = named(authority, "new-")) {
            for (int i = 0; i < 3; i++) {
                group.start(i);
            }
            assertThat(group.store(group.awaitLeader()).currentRevision(LogGroup.MAIN)).isEqualTo(revision);
        }
    }

    @Test
    void doesWithoutAPeerThatAnotherAuthoritySigned() {
        TestAuthority members = new TestAuthority(directory.resolve("pki"));
        TestAuthority others = new TestAuthority(directory.resolve("other"));
        List<Peer> peers = peers("127.0.0.1", 0);
        try (Group group = Group.of(peers, directory, config -> config.withPatience(Duration.ofSeconds(10))
                .withAccess(RaftConfig.Access.over("", config.name().equals("state-2")
                        ? others.member(config.name())
                        : members.member(config.name()))))) {
            RaftStateStore outsider = group.start(2);
            group.start(0);
            group.start(1);
            RaftStateStore leader = group.store(group.awaitLeader());
            long revision = new Writer().put(leader, "a", "1");
            Group.await("both members to have it", () -> group.store(0).replica().position().revision() >= revision
                    && group.store(1).replica().position().revision() >= revision);
            assertThat(leader.leader()).isNotEqualTo("state-2");
            assertThat(outsider.replica().position().index()).isNegative();
            assertThat(outsider.leader()).isEmpty();
        }
    }

    private Group named(TestAuthority authority) {
        for (int i = 0; i < 3; i++) {
            names.put("host-" + i, "127.0.0." + (i + 1));
        }
        return named(authority, "host-");
    }

    private Group named(TestAuthority authority, String prefix) {
        return Group.of(peers(prefix, 1), directory, config -> config.withAccess(new RaftConfig.Access("",
                Optional.of(authority.member(config.name())), resolver(), false)));
    }

    private static List<Peer> peers(String host, int numbered) {
        List<Peer> peers = new ArrayList<>();
        List<Integer> ports = FreePorts.take(3);
        for (int i = 0; i < 3; i++) {
            // One port for all where they have addresses of their own, as containers do.
            peers.add(numbered > 0
                    ? new Peer("state-" + i, host + i, ports.getFirst())
                    : new Peer("state-" + i, host, ports.get(i)));
        }
        return peers;
    }

    private Resolver resolver() {
        return host -> {
            String address = names.get(host);
            if (address == null) {
                throw new UnknownHostException(host);
            }
            return List.of(InetAddress.getByName(address));
        };
    }
}
