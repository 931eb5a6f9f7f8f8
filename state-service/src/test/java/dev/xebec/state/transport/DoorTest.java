package dev.xebec.state.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is heard at a replica's Raft port. */
final class DoorTest {
    private static final int ASK = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final RequestVoteRequestProto QUESTION = RequestVoteRequestProto.newBuilder().setCandidateTerm(7)
            .build();

    @TempDir
    private static Path folder;
    private static TestAuthority members;
    private static TestAuthority others;

    @BeforeAll
    static void authorities() {
        members = new TestAuthority(folder.resolve("members"));
        others = new TestAuthority(folder.resolve("others"));
    }

    @Test
    void hearsAMemberWhateverItsCertificateIsFor() throws Exception {
        try (Door door = open(members.member("one"), new AtomicInteger());
                Links links = links(members.member("elsewhere.example"), door, "one")) {
            assertThat(ask(links)).isEqualTo(7);
            assertThat(ask(links)).isEqualTo(7);
        }
    }

    @Test
    void refusesAnotherAuthoritysCertificate() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        // It trusts the members, so that it is not the caller that refuses.
        try (Door door = open(members.member("one"), asked);
                Links links = links(others.member("intruder", members), door, "one")) {
            assertThatThrownBy(() -> ask(links)).isInstanceOf(IOException.class);
        }
        assertThat(asked).hasValue(0);
    }

    @Test
    void refusesToCallAnImpostor() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        // It trusts the members, so that it is not the one called that refuses.
        try (Door door = open(others.member("one", members), asked);
                Links links = links(members.member("two"), door, "one")) {
            assertThatThrownBy(() -> ask(links)).isInstanceOf(IOException.class).hasMessageContaining("path");
        }
        assertThat(asked).hasValue(0);
    }

    @Test
    void refusesWhoSpeaksInTheClear() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (Door door = open(members.member("one"), asked)) {
            Links links = new Links(Wire.of(Optional.empty()), new Hello("two", "one"), Resolver.SYSTEM, at(door));
            assertThatThrownBy(() -> ask(links)).isInstanceOf(IOException.class);
            links.close();
        }
        assertThat(asked).hasValue(0);
    }

    @Test
    void refusesWhatIsMeantForAnotherReplica() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (Door door = open(members.member("one"), asked);
                Links links = links(members.member("two"), door, "three")) {
            assertThatThrownBy(() -> ask(links)).isInstanceOf(IOException.class)
                    .hasMessageContaining("this is one, not three");
        }
        assertThat(asked).hasValue(0);
    }

    @Test
    void listensOnItsOwnAddressOnly() throws Exception {
        try (Door door = open(members.member("one"), new AtomicInteger())) {
            assertThat(door.address().getAddress()).isEqualTo(InetAddress.getByName("127.0.0.1"));
            InetSocketAddress another = new InetSocketAddress("127.0.0.2", door.address().getPort());
            try (Socket socket = new Socket()) {
                assertThatThrownBy(() -> socket.connect(another)).isInstanceOf(ConnectException.class);
            }
        }
    }

    @Test
    void findsWhoeverAnswersUnderTheName() throws Exception {
        try (Door wrong = open("two", members.member("two"), new AtomicInteger());
                Door right = open(members.member("one"), new AtomicInteger());
                Links links = new Links(Wire.of(Optional.of(members.member("me"))), new Hello("me", "one"),
                        Resolver.SYSTEM, List.of(new Links.Address("nowhere.invalid", 1), at(wrong).getFirst(),
                                at(right).getFirst()))) {
            assertThat(ask(links)).isEqualTo(7);
        }
    }

    @Test
    void callsAgainWhereAKeptConnectionBroke() throws Exception {
        PeerTls tls = members.member("one");
        Door door = open(tls, new AtomicInteger());
        try (Links links = links(members.member("two"), door, "one")) {
            assertThat(ask(links)).isEqualTo(7);
            int port = door.address().getPort();
            door.close();
            Wire wire = Wire.of(Optional.of(tls));
            try (Door again = Door.open(wire, "one", new InetSocketAddress("127.0.0.1", port), DoorTest::answer)) {
                assertThat(again.address().getPort()).isEqualTo(port);
                assertThat(ask(links)).isEqualTo(7);
            }
        } finally {
            door.close();
        }
    }

    /** Ratis interrupts who waits for a follower when it no longer leads. */
    @Test
    void letsGoOfACallerThatIsInterrupted() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<Void> never = new CompletableFuture<>();
        PeerTls tls = members.member("one");
        try (Door door = Door.open(Wire.of(Optional.of(tls)), "one", new InetSocketAddress("127.0.0.1", 0),
                (call, frames) -> {
                    asked.countDown();
                    never.join();
                }); Links links = links(members.member("two"), door, "one")) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread caller = Thread.ofPlatform().start(() -> {
                try {
                    thrown.set(new AssertionError("answered " + ask(links)));
                } catch (IOException e) {
                    thrown.set(e);
                }
            });
            assertThat(asked.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            caller.interrupt();
            caller.join();
            assertThat(thrown.get()).isInstanceOf(java.io.InterruptedIOException.class);
        } finally {
            never.complete(null);
        }
    }

    private static Door open(PeerTls tls, AtomicInteger asked) throws IOException {
        return open("one", tls, asked);
    }

    private static Door open(String name, PeerTls tls, AtomicInteger asked) throws IOException {
        return Door.open(Wire.of(Optional.of(tls)), name, new InetSocketAddress("127.0.0.1", 0), (call, frames) -> {
            asked.incrementAndGet();
            answer(call, frames);
        });
    }

    private static void answer(Frames.Frame call, Frames frames) throws IOException {
        RequestVoteRequestProto request = call.parse(RequestVoteRequestProto.parser());
        frames.write(call.kind(), RequestVoteReplyProto.newBuilder().setTerm(request.getCandidateTerm()).build());
    }

    private static Links links(PeerTls tls, Door door, String to) throws IOException {
        return new Links(Wire.of(Optional.of(tls)), new Hello("caller", to), Resolver.SYSTEM, at(door));
    }

    private static List<Links.Address> at(Door door) throws IOException {
        return List.of(new Links.Address("127.0.0.1", door.address().getPort()));
    }

    private static long ask(Links links) throws IOException {
        return links.call(ASK, QUESTION, PATIENCE).parse(RequestVoteReplyProto.parser()).getTerm();
    }
}
