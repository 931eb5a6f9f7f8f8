package dev.xebec.state.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.Saved;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.Write;
import dev.xebec.state.memory.MemoryStorage;
import dev.xebec.state.rocks.RocksStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterProperty;

/** Laws of the machine, over any sequence of entries. */
final class StateMachineProperties {
    private static final int SWEEP_STEP = 256;

    private final List<Path> directories = new ArrayList<>();

    /** The machine against the plainest model there is: a map per revision. */
    @Property(tries = 150)
    void answersAsAPlainMapWould(@ForAll("entries") List<Entry> entries) {
        StateMachine machine = StateMachine.open(new MemoryStorage());
        PlainModel model = new PlainModel();
        long index = 0;
        for (Entry entry : entries) {
            Applied applied = machine.apply(index++, 1, entry);
            assertThat(applied.outcome()).isEqualTo(model.apply(entry));
            assertThat(applied.revision()).isEqualTo(model.revision());
        }
        for (long revision = Math.max(1, model.compacted()); revision <= model.revision(); revision++) {
            assertThat(read(machine, revision)).isEqualTo(model.at(revision));
        }
    }

    /** Storage does not matter, nor does being closed and opened again in between. */
    @Property(tries = 25)
    void givesTheSameOnDiskWithRestartsAndSweeps(@ForAll("entries") List<Entry> entries) throws IOException {
        Path directory = Files.createTempDirectory("machine");
        directories.add(directory);
        StateMachine memory = StateMachine.open(new MemoryStorage());
        RocksStorage storage = RocksStorage.open(directory);
        StateMachine disk = StateMachine.open(storage);
        try {
            for (int index = 0; index < entries.size(); index++) {
                Applied expected = memory.apply(index, 1, entries.get(index));
                assertThat(disk.apply(index, 1, entries.get(index))).isEqualTo(expected);
                if (index % 7 == 3) {
                    assertThat(disk.sweep(SWEEP_STEP)).isEqualTo(Sweep.DONE);
                    assertThat(memory.sweep(SWEEP_STEP)).isEqualTo(Sweep.DONE);
                }
                if (index % 11 == 5) {
                    storage.close();
                    storage = RocksStorage.open(directory);
                    disk = StateMachine.open(storage);
                    assertThat(disk.apply(index, 1, entries.get(index)).outcome())
                            .isEqualTo(new Applied.Skipped());
                }
            }
            assertThat(disk.position()).isEqualTo(memory.position());
            long compacted = Math.max(1, memory.position().compacted());
            for (long revision = compacted; revision <= memory.position().revision(); revision++) {
                assertThat(read(disk, revision)).isEqualTo(read(memory, revision));
            }
            assertThat(changes(disk, compacted)).isEqualTo(changes(memory, compacted));
        } finally {
            storage.close();
        }
    }

    /** What the log tells, applied to the state at its beginning, gives the state at its end. */
    @Property(tries = 100)
    void tellsEveryChangeOnce(@ForAll("entries") List<Entry> entries) {
        StateMachine machine = StateMachine.open(new MemoryStorage());
        List<Change> applied = new ArrayList<>();
        Map<String, KeyValue> replayed = new TreeMap<>();
        for (int index = 0; index < entries.size(); index++) {
            long before = machine.position().revision();
            Applied done = machine.apply(index, 1, entries.get(index));
            applied.addAll(done.changes());
            if (done.outcome() instanceof Applied.Restored && done.revision() > before) {
                applied.clear();
                replayed.clear();
                read(machine, done.revision()).forEach(found -> replayed.put(found.key(), found));
            }
            assertThat(machine.sweep(SWEEP_STEP)).isEqualTo(Sweep.DONE);
        }
        long from = Math.max(1, machine.position().compacted());
        assertThat(changes(machine, from)).isEqualTo(
                applied.stream().filter(change -> change.revision() >= from).toList());
        applied.forEach(change -> {
            KeyValue current = change.current();
            if (current == null) {
                replayed.remove(change.key());
            } else {
                replayed.put(change.key(), current);
            }
        });
        assertThat(read(machine, machine.position().revision())).isEqualTo(List.copyOf(replayed.values()));
    }

    private static List<KeyValue> read(StateMachine machine, long revision) {
        if (revision == 0) {
            return List.of();
        }
        return ((RangeResult.Page) machine.range(RangeQuery.prefix("").at(revision))).keyValues();
    }

    private static List<Change> changes(StateMachine machine, long from) {
        List<Change> all = new ArrayList<>();
        long next = from;
        while (next <= machine.position().revision()) {
            History.Changes slice = (History.Changes) machine.changes(next, 200);
            all.addAll(slice.changes());
            next = slice.through() + 1;
        }
        return all;
    }

    @AfterProperty
    void deleteDirectories() throws IOException {
        for (Path directory : directories) {
            try (var files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        }
    }

    @Provide
    Arbitrary<List<Entry>> entries() {
        Arbitrary<Entry> propose = Combinators.combine(Arbitraries.longs().between(1, 3),
                Arbitraries.longs().between(1, 12), Arbitraries.longs().between(1, 6), txn().list().ofMaxSize(4))
                .as((client, sequence, settled, txns) -> new Entry.Propose(
                        new Proposal(LogGroup.MAIN, client, sequence, settled, txns)));
        Arbitrary<Entry> compact = Arbitraries.longs().between(0, 30).map(Entry.Compact::new);
        return Arbitraries.frequencyOf(Tuple.of(12, propose), Tuple.of(1, compact),
                Tuple.of(1, Arbitraries.of(new Entry.Barrier())), Tuple.of(2, stage()), Tuple.of(1, restore())).list()
                .ofMaxSize(40);
    }

    private static Arbitrary<Entry> stage() {
        Arbitrary<Saved> saved = Combinators
                .combine(Arbitraries.of("a", "b", "c"), Arbitraries.strings().alpha().ofMaxLength(3))
                .as((key, value) -> new Saved(key, Bytes.utf8(value)));
        return Combinators.combine(Arbitraries.longs().between(1, 3), Arbitraries.integers().between(0, 1),
                saved.list().ofMaxSize(3)).as(Entry.Stage::new);
    }

    private static Arbitrary<Entry> restore() {
        return Combinators.combine(Arbitraries.longs().between(1, 3), Arbitraries.integers().between(0, 2),
                Arbitraries.longs().between(0, 60)).as(Entry.Restore::new);
    }

    private static Arbitrary<Txn> txn() {
        Arbitrary<String> key = Arbitraries.of("a", "a/b", "b", "ab", "");
        Arbitrary<Guard> guard = Arbitraries.oneOf(key.map(Guard.Absent::new),
                Combinators.combine(key, Arbitraries.longs().between(1, 20)).as(Guard.ModRevision::new),
                Combinators.combine(key, Arbitraries.longs().between(0, 4)).as(Guard.Version::new));
        Arbitrary<Write> write = Arbitraries.oneOf(
                Combinators
                        .combine(key, Arbitraries.strings().alpha().ofMaxLength(3), Arbitraries.longs().between(0, 5))
                        .as((name, value, expiry) -> new Write.Put(name, Bytes.utf8(value), expiry)),
                key.map(Write.Delete::new));
        return Combinators.combine(guard.list().ofMaxSize(2), write.list().ofMaxSize(3)).as(Txn::new);
    }
}
