package dev.xebec.kit.state;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.codec.MalformedMessageException;
import dev.xebec.contracts.codec.StateCodec;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.NotLeaderException;
import dev.xebec.contracts.state.OutcomeForgottenException;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.RegroupableStore;
import dev.xebec.contracts.state.RestorableStore;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.Txn;
import dev.xebec.kit.bus.Bus;
import dev.xebec.kit.bus.BusStream;
import dev.xebec.kit.state.StateMessages.Reply;
import dev.xebec.kit.state.StateMessages.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * One replica of the store on the bus: at {@code state.<replica>}, and at {@code state} with all others. A replica that
 * does not lead says so at once, and who does as far as it knows.
 */
public final class StateEndpoint implements AutoCloseable {
    /** Keys of one page; fewer where they make {@link StateMessages#PAGE_BYTES}. */
    static final int PAGE_KEYS = 512;

    private final StateStore store;
    private final String replica;
    private final List<Bus.Registration> registrations;
    /** Those of subscribers that are still served. */
    private final Queue<BusStream> streams = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    /** Serves from now on, until closed. */
    public StateEndpoint(Bus bus, StateStore store, String replica) {
        this.store = store;
        this.replica = replica;
        String own = StateMessages.address(replica);
        registrations = List.of(bus.serve(own, this::answer), bus.serve(StateMessages.ANY, this::answer),
                bus.serveStreams(own, this::stream), bus.serveStreams(StateMessages.ANY, this::stream));
    }

    private Bytes answer(Bytes bytes) {
        Reply reply;
        try {
            reply = switch (StateMessages.request(bytes)) {
                case Request.Propose propose -> propose(propose.proposal());
                case Request.Barrier barrier -> new Reply.Revision(store.currentRevision(barrier.group()));
                case Request.Range range -> page(range.query());
                case Request.Compact compact -> new Reply.Revision(store.compact(compact.group(), compact.revision()));
                case Request.Status status -> new Reply.Status(store.status(status.group()));
                case Request.Stage stage -> {
                    restorable().stage(stage.group(), stage.restore(), stage.part(), stage.saved());
                    yield new Reply.Revision(0);
                }
                case Request.Restore restore -> new Reply.Revision(restorable().restore(restore.group(),
                        restore.restore(), restore.parts(), restore.atLeast()));
                case Request.Replicas replicas -> new Reply.Replicas(regroupable().group(replicas.group()));
                case Request.AddReplica add -> new Reply.Replicas(
                        regroupable().add(add.group(), add.name(), add.address()));
                case Request.RemoveReplica remove -> new Reply.Replicas(
                        regroupable().remove(remove.group(), remove.name()));
            };
        } catch (NotLeaderException e) {
            reply = new Reply.NotLeader(e.leader());
        } catch (OutcomeForgottenException e) {
            reply = new Reply.Forgotten(String.valueOf(e.getMessage()));
        } catch (MalformedMessageException | IllegalArgumentException e) {
            reply = new Reply.Invalid(String.valueOf(e.getMessage()));
        }
        return StateMessages.reply(reply);
    }

    private RestorableStore restorable() {
        if (store instanceof RestorableStore restorable) {
            return restorable;
        }
        throw new IllegalArgumentException("this store is restored with its own tools");
    }

    private RegroupableStore regroupable() {
        if (store instanceof RegroupableStore regroupable) {
            return regroupable;
        }
        throw new IllegalArgumentException("this store has no replicas that Xebec could change");
    }

    private Reply propose(Proposal proposal) {
        if (proposal.txns().size() > Proposal.MAX_TXNS) {
            return new Reply.Invalid(proposal.txns().size() + " transactions in a proposal; at most "
                    + Proposal.MAX_TXNS + " are allowed");
        }
        long size = 0;
        for (Txn txn : proposal.txns()) {
            size += StateCodec.sizeOf(txn);
        }
        if (size > 2L * Proposal.MAX_BYTES) {
            return new Reply.Invalid("a proposal of " + size + " bytes; at most " + Proposal.MAX_BYTES
                    + " of values are allowed");
        }
        return new Reply.Results(replica, store.propose(proposal));
    }

    private Reply page(RangeQuery query) {
        int limit = query.limit() == 0 ? PAGE_KEYS : Math.min(query.limit(), PAGE_KEYS);
        RangeQuery bounded = new RangeQuery(query.group(), query.from(), query.to(), query.atRevision(), limit);
        return switch (store.range(bounded)) {
            case RangeResult.Compacted compacted -> new Reply.Compacted(compacted.compactedRevision());
            case RangeResult.Page page -> cut(page);
        };
    }

    private static Reply cut(RangeResult.Page page) {
        List<KeyValue> fitting = new ArrayList<>(page.keyValues().size());
        long bytes = 0;
        for (KeyValue keyValue : page.keyValues()) {
            bytes += keyValue.key().length() + keyValue.value().size();
            if (bytes > StateMessages.PAGE_BYTES && !fitting.isEmpty()) {
                return new Reply.Page(page.revision(), fitting, true);
            }
            fitting.add(keyValue);
        }
        return new Reply.Page(page.revision(), fitting, page.more());
    }

    private void stream(Bytes request, BusStream stream) {
        streams.add(stream);
        try (ChangeFeed feed = new ChangeFeed(stream)) {
            if (closed) {
                leave(stream);
            }
            feed.run(store, StateMessages.query(request));
        } catch (MalformedMessageException e) {
            throw new UnavailableException(String.valueOf(e.getMessage()), e);
        } finally {
            streams.remove(stream);
        }
    }

    private void leave(BusStream stream) {
        stream.fail("state replica " + replica + " leaves");
    }

    /** Serves nobody any more; also who follows changes goes elsewhere, since this replica may hear of no more of them. */
    @Override
    public void close() {
        closed = true;
        registrations.forEach(Bus.Registration::close);
        streams.forEach(this::leave);
    }
}
