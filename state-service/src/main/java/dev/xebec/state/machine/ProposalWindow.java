package dev.xebec.state.machine;

import dev.xebec.contracts.codec.ByteReader;
import dev.xebec.contracts.codec.ByteWriter;
import dev.xebec.contracts.codec.MalformedMessageException;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.TxnResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What proposals were answered, so that a repeated one is answered the same and applied once. What is kept depends only
 * on the entries applied: per client the results not yet settled, at most {@link #MAX_RESULTS}; of at most
 * {@link #MAX_CLIENTS} clients, those applied last. A client's mark, below which its proposals are forgotten, and its place
 * among the clients are kept apart from the results, because they outlive the result of the proposal that moved them. Used
 * by the applying thread alone.
 */
final class ProposalWindow {
    /** Of one client; the oldest is forgotten, and its repetition then told so. A client has few in flight. */
    static final int MAX_RESULTS = Proposal.MAX_RESULTS;
    /** Processes; the one silent for longest is forgotten. */
    static final int MAX_CLIENTS = 1_024;

    private final Storage storage;
    /** Least recently applied first. */
    private final LinkedHashMap<Long, Client> clients = new LinkedHashMap<>();

    private ProposalWindow(Storage storage) {
        this.storage = storage;
    }

    static ProposalWindow load(Storage storage) {
        ProposalWindow window = new ProposalWindow(storage);
        Map<Long, Client> found = new LinkedHashMap<>();
        TreeMap<Long, Long> byOrder = new TreeMap<>();
        storage.read(Table.PROPOSALS, cursor -> {
            for (cursor.seek(new byte[0]); cursor.valid(); cursor.next()) {
                byte[] key = cursor.key();
                long id = Layout.getLong(key, 0);
                byte[] stored = cursor.value();
                Client client = found.computeIfAbsent(id, unused -> new Client());
                if (!Layout.isClient(key)) {
                    client.sequences.add(Layout.getLong(key, 8));
                }
                // Format 1 has these two with the results alone.
                client.lastOrder = Math.max(client.lastOrder, Layout.getLong(stored, 0));
                client.forgottenBelow = Math.max(client.forgottenBelow, Layout.getLong(stored, 8));
            }
            return true;
        });
        found.forEach((id, client) -> byOrder.put(client.lastOrder, id));
        for (long id : byOrder.values()) {
            Client client = found.get(id);
            if (client != null) {
                window.clients.put(id, client);
            }
        }
        return window;
    }

    /**
     * The first answer to a proposal that was applied before, or that it is forgotten; null for one that was not.
     *
     * @param compacted the compacted revision before the entry
     */
    Applied.@Nullable Outcome answered(Proposal proposal, long compacted) {
        Client client = clients.get(proposal.client());
        if (client == null) {
            return null;
        }
        if (client.sequences.contains(proposal.sequence())) {
            byte[] stored = storage.get(Table.PROPOSALS, Layout.proposal(proposal.client(), proposal.sequence()));
            if (stored == null) {
                throw new IllegalStateException("the answer to proposal " + proposal.sequence() + " is missing");
            }
            return new Applied.Results(
                    new ByteReader(stored, 16, stored.length - 16).list(in -> result(in, compacted)));
        }
        return proposal.sequence() < client.forgottenBelow
                ? new Applied.Forgotten("proposal " + proposal.sequence()
                        + " may have been applied before: its results are forgotten")
                : null;
    }

    /** @param order of the entry among all entries */
    void record(Storage.Batch batch, long order, Proposal proposal, List<TxnResult> results) {
        Client client = clients.remove(proposal.client());
        if (client == null) {
            client = new Client();
        }
        clients.put(proposal.client(), client);
        client.sequences.add(proposal.sequence());
        client.lastOrder = order;
        client.forgottenBelow = Math.max(client.forgottenBelow,
                Math.min(proposal.settledBelow(), proposal.sequence()));
        if (client.sequences.size() > MAX_RESULTS) {
            client.forgottenBelow = Math.max(client.forgottenBelow, client.sequences.first() + 1);
        }
        batch.put(Table.PROPOSALS, Layout.proposal(proposal.client(), proposal.sequence()),
                encode(order, client.forgottenBelow, results));
        batch.put(Table.PROPOSALS, Layout.client(proposal.client()), Layout.longs(order, client.forgottenBelow));
        while (client.sequences.first() < client.forgottenBelow) {
            batch.delete(Table.PROPOSALS, Layout.proposal(proposal.client(), client.sequences.removeFirst()));
        }
        if (clients.size() > MAX_CLIENTS) {
            Map.Entry<Long, Client> eldest = clients.pollFirstEntry();
            batch.delete(Table.PROPOSALS, Layout.client(eldest.getKey()));
            for (long sequence : eldest.getValue().sequences) {
                batch.delete(Table.PROPOSALS, Layout.proposal(eldest.getKey(), sequence));
            }
        }
    }

    private static byte[] encode(long order, long forgottenBelow, List<TxnResult> results) {
        ByteWriter out = new ByteWriter(32 + 8 * results.size()).fixed64(order).fixed64(forgottenBelow);
        return out.list(results, ProposalWindow::result).finish().array();
    }

    /** Refusals keep only where the values stand that they showed: results stay small. */
    private static void result(ByteWriter out, TxnResult result) {
        switch (result) {
            case TxnResult.Committed committed -> out.u8(0).varint(committed.revision());
            case TxnResult.Refused refused -> out.u8(1).varint(refused.revision()).list(refused.current(),
                    (to, shown) -> to.utf8(shown.key()).varint(shown.modRevision()));
            case TxnResult.Invalid invalid -> out.u8(2).utf8(invalid.message());
        }
    }

    private TxnResult result(ByteReader in, long compacted) {
        int tag = in.u8();
        return switch (tag) {
            case 0 -> new TxnResult.Committed(in.varint());
            case 1 -> {
                long revision = in.varint();
                List<KeyValue> current = new ArrayList<>();
                int count = in.varint32();
                for (int i = 0; i < count; i++) {
                    KeyValue shown = shown(in.utf8(), in.varint(), compacted);
                    if (shown != null) {
                        current.add(shown);
                    }
                }
                yield new TxnResult.Refused(revision, List.copyOf(current));
            }
            case 2 -> new TxnResult.Invalid(in.utf8());
            default -> throw new MalformedMessageException("no stored result of kind " + tag);
        };
    }

    /** The value that a refusal showed; where it is compacted since, swept or not, the key as it is now. */
    private @Nullable KeyValue shown(String key, long modRevision, long compacted) {
        byte[] encoded = Layout.utf8(key);
        byte[] wanted = Layout.data(encoded, modRevision);
        byte[] newestKept = Layout.data(encoded, Math.max(modRevision, compacted));
        byte[] stored = storage.read(Table.DATA, cursor -> {
            cursor.seek(newestKept);
            return cursor.valid() && Arrays.equals(cursor.key(), wanted) ? cursor.value() : null;
        });
        if (stored != null) {
            return Version.decode(key, modRevision, stored);
        }
        byte[] head = storage.get(Table.HEADS, encoded);
        if (head == null) {
            return null;
        }
        long newest = Head.decode(head).modRevision();
        byte[] now = storage.get(Table.DATA, Layout.data(encoded, newest));
        return now == null ? null : Version.decode(key, newest, now);
    }

    private static final class Client {
        final TreeSet<Long> sequences = new TreeSet<>();
        long forgottenBelow;
        long lastOrder = -1;
    }
}
