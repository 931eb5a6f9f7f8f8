package dev.xebec.state.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.Write;
import dev.xebec.state.memory.MemoryStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * A machine that is opened anew at any point answers and forgets as one that never was. The sequences are long enough to
 * fill the window of a client and the list of clients, so they are played from a seed, not listed.
 */
final class ReopenedWindowProperties {
    private static final int PROPOSALS = 2_000;
    private final MemoryStorage oneStorage = new MemoryStorage();
    private final MemoryStorage otherStorage = new MemoryStorage();

    /** Few clients, who send much, settle little, and repeat what is long past. */
    @Property(tries = 30)
    void answersTheSameToAFewBusyClients(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int clients) {
        RandomGenerator chance = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        long[] newest = new long[clients];
        play(chance, index -> {
            int client = chance.nextInt(clients);
            long jump = chance.nextInt(4) == 0 ? -chance.nextInt(2 * ProposalWindow.MAX_RESULTS) : chance.nextInt(4);
            long sequence = Math.max(1, newest[client] + jump);
            newest[client] = Math.max(newest[client], sequence);
            long settled = chance.nextInt(100) == 0 ? Math.max(1, sequence - chance.nextInt(300)) : 1;
            return proposal(client, sequence, settled, chance);
        });
    }

    /** More clients than are remembered. */
    @Property(tries = 10)
    void forgetsTheSameClients(@ForAll long seed) {
        RandomGenerator chance = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        int others = ProposalWindow.MAX_CLIENTS + 100;
        play(chance, index -> index < others
                ? proposal(index, 3, 1, chance)
                : proposal(chance.nextInt(others), 1 + chance.nextInt(4), 1 + chance.nextInt(3), chance));
    }

    private interface Proposals {
        Proposal at(int index);
    }

    private void play(RandomGenerator chance, Proposals proposals) {
        StateMachine never = StateMachine.open(oneStorage);
        StateMachine often = StateMachine.open(otherStorage);
        for (int index = 0; index < PROPOSALS; index++) {
            if (chance.nextInt(50) == 0) {
                often = StateMachine.open(otherStorage);
            }
            if (chance.nextInt(70) == 0) {
                assertThat(often.sweep(PROPOSALS)).isNotNull();
            }
            Entry entry = chance.nextInt(100) == 0
                    ? new Entry.Compact(never.position().revision() - chance.nextInt(20))
                    : new Entry.Propose(proposals.at(index));
            assertThat(often.apply(index, 1, entry)).as("entry %d", index).isEqualTo(never.apply(index, 1, entry));
        }
        assertThat(window(otherStorage)).as("what is kept").isEqualTo(window(oneStorage));
    }

    /** Everything kept of proposals: keys and values. */
    private static List<Bytes> window(Storage storage) {
        return storage.read(Table.PROPOSALS, cursor -> {
            List<Bytes> kept = new ArrayList<>();
            for (cursor.seek(new byte[0]); cursor.valid(); cursor.next()) {
                kept.add(Bytes.of(cursor.key()));
                kept.add(Bytes.of(cursor.value()));
            }
            return kept;
        });
    }

    private static Proposal proposal(long client, long sequence, long settled, RandomGenerator chance) {
        String key = "k" + chance.nextInt(6);
        Guard guard = chance.nextBoolean() ? new Guard.Absent(key) : new Guard.Version(key, chance.nextInt(3));
        Write write = chance.nextInt(3) == 0
                ? new Write.Delete(key)
                : new Write.Put(key, Bytes.utf8("" + sequence), 0);
        return new Proposal(LogGroup.MAIN, client, sequence, settled, List.of(new Txn(
                chance.nextInt(3) == 0 ? List.of() : List.of(guard), List.of(write))));
    }
}
