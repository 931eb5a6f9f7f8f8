package dev.xebec.kit.state;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.codec.ByteReader;
import dev.xebec.contracts.codec.ByteWriter;
import dev.xebec.contracts.codec.MalformedMessageException;
import dev.xebec.contracts.codec.ReplicaGroupCodec;
import dev.xebec.contracts.codec.StateCodec;
import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.ReplicaGroup;
import dev.xebec.contracts.state.Saved;
import dev.xebec.contracts.state.StoreStatus;
import dev.xebec.contracts.state.TxnResult;
import java.util.List;
import java.util.function.Consumer;

/** What client and endpoint say to each other, as bytes: a version, the kind, then its fields. */
final class StateMessages {
    /** Bytes of keys and values in one message, beyond which a page or a run of changes is cut. */
    static final int PAGE_BYTES = 1024 * 1024;

    private static final int VERSION = 1;

    private StateMessages() {}

    /** Any replica: {@code state}. */
    static final String ANY = "state";

    static String address(String replica) {
        return ANY + "." + replica;
    }

    /** A question to a replica. */
    sealed interface Request {

        record Propose(Proposal proposal) implements Request {}

        record Barrier(LogGroup group) implements Request {}

        record Range(RangeQuery query) implements Request {}

        record Compact(LogGroup group, long revision) implements Request {}

        record Status(LogGroup group) implements Request {}

        record Stage(LogGroup group, long restore, int part, List<Saved> saved) implements Request {}

        record Restore(LogGroup group, long restore, int parts, long atLeast) implements Request {}

        record Replicas(LogGroup group) implements Request {}

        record AddReplica(LogGroup group, String name, String address) implements Request {}

        record RemoveReplica(LogGroup group, String name) implements Request {}
    }

    static Bytes request(Request request) {
        return switch (request) {
            case Request.Propose propose -> {
                Bytes proposal = StateCodec.proposal(propose.proposal());
                yield start(proposal.size() + 16, 0).bytes(proposal).finish();
            }
            case Request.Barrier barrier -> message(1, out -> StateCodec.group(out, barrier.group()));
            case Request.Range range -> message(2, out -> StateCodec.rangeQuery(out, range.query()));
            case Request.Compact compact -> message(3, out -> {
                StateCodec.group(out, compact.group());
                out.varint(compact.revision());
            });
            case Request.Status status -> message(4, out -> StateCodec.group(out, status.group()));
            case Request.Stage stage -> message(5, out -> {
                StateCodec.group(out, stage.group());
                StateCodec.saved(out.varint(stage.restore()).varint(stage.part()), stage.saved());
            });
            case Request.Restore restore -> message(6, out -> {
                StateCodec.group(out, restore.group());
                out.varint(restore.restore()).varint(restore.parts()).varint(restore.atLeast());
            });
            case Request.Replicas replicas -> message(7, out -> StateCodec.group(out, replicas.group()));
            case Request.AddReplica add -> message(8, out -> {
                StateCodec.group(out, add.group());
                out.utf8(add.name()).utf8(add.address());
            });
            case Request.RemoveReplica remove -> message(9, out -> {
                StateCodec.group(out, remove.group());
                out.utf8(remove.name());
            });
        };
    }

    static Request request(Bytes bytes) {
        ByteReader in = new ByteReader(bytes).version(VERSION, "a request to the state service");
        int kind = in.u8();
        Request request = switch (kind) {
            case 0 -> new Request.Propose(StateCodec.proposal(in.bytes()));
            case 1 -> new Request.Barrier(StateCodec.group(in));
            case 2 -> new Request.Range(StateCodec.rangeQuery(in));
            case 3 -> new Request.Compact(StateCodec.group(in), in.varint());
            case 4 -> new Request.Status(StateCodec.group(in));
            case 5 -> new Request.Stage(StateCodec.group(in), in.varint(), in.varint32(),
                    StateCodec.saved(in));
            case 6 -> new Request.Restore(StateCodec.group(in), in.varint(), in.varint32(), in.varint());
            case 7 -> new Request.Replicas(StateCodec.group(in));
            case 8 -> new Request.AddReplica(StateCodec.group(in), in.utf8(), in.utf8());
            case 9 -> new Request.RemoveReplica(StateCodec.group(in), in.utf8());
            default -> throw new MalformedMessageException("no request of kind " + kind);
        };
        in.finish();
        return request;
    }

    /** An answer of a replica. */
    sealed interface Reply {

        /** @param leader who applied it, so that clients learn */
        record Results(String leader, List<TxnResult> results) implements Reply {}

        /** The replica does not lead; {@code leader} may be empty. */
        record NotLeader(String leader) implements Reply {}

        /** A revision: of a barrier, or what compaction is in force. */
        record Revision(long revision) implements Reply {}

        record Page(long revision, List<KeyValue> keyValues, boolean more) implements Reply {}

        record Compacted(long compactedRevision) implements Reply {}

        record Status(StoreStatus status) implements Reply {}

        /** The request itself is wrong. */
        record Invalid(String message) implements Reply {}

        /** The proposal's results are forgotten, so whether it was applied is not known. */
        record Forgotten(String message) implements Reply {}

        record Replicas(ReplicaGroup group) implements Reply {}
    }

    static Bytes reply(Reply reply) {
        return switch (reply) {
            case Reply.Results results -> message(0, out -> {
                out.utf8(results.leader());
                StateCodec.results(out, results.results());
            });
            case Reply.NotLeader not -> message(1, out -> out.utf8(not.leader()));
            case Reply.Revision revision -> message(2, out -> out.varint(revision.revision()));
            case Reply.Page page -> start(PAGE_BYTES / 4, 3).varint(page.revision())
                    .list(page.keyValues(), StateCodec::keyValue).bool(page.more()).finish();
            case Reply.Compacted compacted -> message(4, out -> out.varint(compacted.compactedRevision()));
            case Reply.Status status -> message(5, out -> StateCodec.status(out, status.status()));
            case Reply.Invalid invalid -> message(6, out -> out.utf8(invalid.message()));
            case Reply.Forgotten forgotten -> message(7, out -> out.utf8(forgotten.message()));
            case Reply.Replicas replicas -> message(8, out -> ReplicaGroupCodec.write(out, replicas.group()));
        };
    }

    static Reply reply(Bytes bytes) {
        ByteReader in = new ByteReader(bytes).version(VERSION, "an answer of the state service");
        int kind = in.u8();
        Reply reply = switch (kind) {
            case 0 -> new Reply.Results(in.utf8(), StateCodec.results(in));
            case 1 -> new Reply.NotLeader(in.utf8());
            case 2 -> new Reply.Revision(in.varint());
            case 3 -> new Reply.Page(in.varint(), in.list(StateCodec::keyValue), in.bool());
            case 4 -> new Reply.Compacted(in.varint());
            case 5 -> new Reply.Status(StateCodec.status(in));
            case 6 -> new Reply.Invalid(in.utf8());
            case 7 -> new Reply.Forgotten(in.utf8());
            case 8 -> new Reply.Replicas(ReplicaGroupCodec.read(in));
            default -> throw new MalformedMessageException("no answer of kind " + kind);
        };
        in.finish();
        return reply;
    }

    /** One chunk of a change stream. */
    sealed interface Flow {

        record Changes(List<Change> changes, long through) implements Flow {}

        record Progress(long revision) implements Flow {}

        record Compacted(long compactedRevision) implements Flow {}
    }

    static Bytes query(ChangesQuery query) {
        return message(0, out -> StateCodec.changesQuery(out, query));
    }

    static ChangesQuery query(Bytes bytes) {
        ByteReader in = new ByteReader(bytes).version(VERSION, "a change query");
        if (in.u8() != 0) {
            throw new MalformedMessageException("not a change query");
        }
        ChangesQuery query = StateCodec.changesQuery(in);
        in.finish();
        return query;
    }

    static Bytes flow(Flow flow) {
        return switch (flow) {
            case Flow.Changes changes -> message(0,
                    out -> out.varint(changes.through()).list(changes.changes(), StateCodec::change));
            case Flow.Progress progress -> message(1, out -> out.varint(progress.revision()));
            case Flow.Compacted compacted -> message(2, out -> out.varint(compacted.compactedRevision()));
        };
    }

    static Flow flow(Bytes bytes) {
        ByteReader in = new ByteReader(bytes).version(VERSION, "a chunk of changes");
        int kind = in.u8();
        Flow flow = switch (kind) {
            case 0 -> {
                long through = in.varint();
                yield new Flow.Changes(in.list(StateCodec::change), through);
            }
            case 1 -> new Flow.Progress(in.varint());
            case 2 -> new Flow.Compacted(in.varint());
            default -> throw new MalformedMessageException("no chunk of changes of kind " + kind);
        };
        in.finish();
        return flow;
    }

    private static ByteWriter start(int capacity, int kind) {
        return new ByteWriter(capacity).u8(VERSION).u8(kind);
    }

    private static Bytes message(int kind, Consumer<ByteWriter> fields) {
        ByteWriter out = start(64, kind);
        fields.accept(out);
        return out.finish();
    }
}
