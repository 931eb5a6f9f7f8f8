package dev.xebec.contracts.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.member.Member;
import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.Write;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is written is what is read, and nothing else is read. */
class StateCodecProperties {

    @Provide
    Arbitrary<String> keys() {
        // No lone surrogates: they are no text, and UTF-8 cannot carry them.
        return Arbitraries.strings().withCharRange('\u0000', '\uD7FF').ofMaxLength(20);
    }

    @Provide
    Arbitrary<Bytes> values() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(40).map(Bytes::of);
    }

    @Provide
    Arbitrary<Proposal> proposals() {
        Arbitrary<Long> number = Arbitraries.longs();
        Arbitrary<Guard> guards = Arbitraries.oneOf(keys().map(Guard.Absent::new),
                Combinators.combine(keys(), number).as(Guard.ModRevision::new),
                Combinators.combine(keys(), number).as(Guard.Version::new));
        Arbitrary<Write> writes = Arbitraries.oneOf(keys().map(Write.Delete::new),
                Combinators.combine(keys(), values(), number).as(Write.Put::new));
        Arbitrary<Txn> txns = Combinators.combine(guards.list().ofMaxSize(3), writes.list().ofMaxSize(3)).as(Txn::new);
        return Combinators.combine(number, number, number, txns.list().ofMaxSize(4))
                .as((client, sequence, below, list) -> new Proposal(LogGroup.MAIN, client, sequence, below, list));
    }

    @Provide
    Arbitrary<KeyValue> keyValues() {
        Arbitrary<Long> number = Arbitraries.longs();
        return Combinators.combine(keys(), values(), number, number, number).as(KeyValue::new);
    }

    @Property(tries = 300)
    void aProposalComesBack(@ForAll("proposals") Proposal proposal) {
        assertThat(StateCodec.proposal(StateCodec.proposal(proposal))).isEqualTo(proposal);
    }

    @Property(tries = 300)
    void aProposalCutOffIsMalformed(@ForAll("proposals") Proposal proposal, @ForAll int at) {
        byte[] whole = StateCodec.proposal(proposal).array();
        byte[] part = Arrays.copyOf(whole, Math.floorMod(at, whole.length));
        assertThatThrownBy(() -> StateCodec.proposal(Bytes.of(part))).isInstanceOf(MalformedMessageException.class);
    }

    @Property(tries = 500)
    void anyBytesAreAProposalOrMalformed(@ForAll byte[] bytes) {
        byte[] array = bytes.clone();
        if (array.length > 0) {
            array[0] = 1;
        }
        try {
            Proposal proposal = StateCodec.proposal(Bytes.of(array));
            assertThat(StateCodec.proposal(StateCodec.proposal(proposal))).isEqualTo(proposal);
        } catch (MalformedMessageException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    @Property(tries = 200)
    void resultsComeBack(@ForAll("keyValues") KeyValue one, @ForAll("keyValues") KeyValue other,
            @ForAll long revision) {
        List<TxnResult> results = List.of(new TxnResult.Committed(revision),
                new TxnResult.Refused(revision, List.of(one, other)), new TxnResult.Invalid(one.key()));
        ByteWriter out = new ByteWriter();
        StateCodec.results(out, results);
        ByteReader in = new ByteReader(out.finish());
        assertThat(StateCodec.results(in)).isEqualTo(results);
        in.finish();
    }

    @Property(tries = 200)
    void changesComeBack(@ForAll("keyValues") KeyValue keyValue, @ForAll long revision) {
        ByteWriter out = new ByteWriter();
        StateCodec.change(out, new Change(revision, keyValue.key(), keyValue));
        StateCodec.change(out, new Change(revision, keyValue.key(), null));
        ByteReader in = new ByteReader(out.finish());
        assertThat(StateCodec.change(in)).isEqualTo(new Change(revision, keyValue.key(), keyValue));
        assertThat(StateCodec.change(in)).isEqualTo(new Change(revision, keyValue.key(), null));
        in.finish();
    }

    @Property(tries = 200)
    void membersComeBack(@ForAll("keys") String text, @ForAll long number, @ForAll boolean flag) {
        Member member = new Member(text, text + "x", number, Math.abs(number >> 1), text,
                Instant.ofEpochMilli(number >> 8), flag, !flag, number, 42);
        ByteWriter out = new ByteWriter();
        MemberCodec.member(out, member);
        assertThat(MemberCodec.member(new ByteReader(out.finish()))).isEqualTo(member);
    }
}
