package dev.xebec.gateway.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.Keys;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.contracts.state.Write;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.cache.ReadBarrier;
import dev.xebec.gateway.cache.Splice;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.cache.StoreKey;
import dev.xebec.gateway.cache.StoredForm;
import dev.xebec.gateway.cache.WatchCache;
import dev.xebec.gateway.conversion.Conversions;
import dev.xebec.gateway.kinds.Definition;
import dev.xebec.gateway.kinds.ServedKinds;
import dev.xebec.gateway.kinds.StaleKindException;
import dev.xebec.model.custom.CustomType;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes objects. A decision is first made from what the cache has, which costs no question; the write is conditional on
 * that state, and a refused condition brings the newest state back. A refusal or a no-op that was decided from a state that
 * may be old is decided again from one that is certain.
 */
public final class ObjectRegistry {
    /** Times that somebody else may be quicker before the client is told to try again. */
    static final int MAX_ATTEMPTS = 64;
    /**
     * How long after its beginning a write may still be decided again: nobody waits for it any more then, and it would
     * overwrite what was written since.
     */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final WatchCache cache;
    private final ReadBarrier barrier;
    private final Commits commits;
    private final ServedKinds kinds;
    private final Conversions conversions;
    private final Duration patience;

    public ObjectRegistry(WatchCache cache, ReadBarrier barrier, Commits commits, ServedKinds kinds,
            Conversions conversions) {
        this(cache, barrier, commits, kinds, conversions, PATIENCE);
    }

    ObjectRegistry(WatchCache cache, ReadBarrier barrier, Commits commits, ServedKinds kinds, Conversions conversions,
            Duration patience) {
        this.patience = patience;
        this.kinds = kinds;
        this.conversions = conversions;
        this.cache = cache;
        this.barrier = barrier;
        this.commits = commits;
    }

    /** Decides; called again with a newer state where the first one was old. Refuses by RejectedException. */
    @FunctionalInterface
    public interface Decider {
        Decision decide(Present present);
    }

    /** Whether a write is carried out, or only found possible. */
    public enum Mode {
        REAL, DRY_RUN
    }

    /** The newest image that is here at once; may lag. */
    public StoreImage image() {
        return cache.image();
    }

    /** An image with every write that was acknowledged before. */
    public StoreImage newest() {
        return barrier.await();
    }

    public Outcome write(Kind kind, ObjectKey key, Mode mode, Decider decider) {
        return write(kind, key, mode, Start.AT_HAND, decider);
    }

    /** From which state the first decision is made. */
    public enum Start {
        /** What the cache has: costs no question, and may have to be decided again. */
        AT_HAND,
        /** The newest: for decisions that are expensive or leave traces elsewhere. */
        CERTAIN
    }

    public Outcome write(Kind kind, ObjectKey key, Mode mode, Start start, Decider decider) {
        long end = System.nanoTime() + patience.toNanos();
        Present present = switch (start) {
            case AT_HAND -> Present.of(shown(cache.image(), kind, key), false);
            case CERTAIN -> Present.of(shown(barrier.await(), kind, key), true);
        };
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            if (attempt > 0 && System.nanoTime() - end > 0) {
                throw new RejectedException(Status.timeout("the write of " + key.name()
                        + " was not done within " + patience.toSeconds() + " s and is given up", 1));
            }
            Decision decision;
            try {
                decision = decider.decide(present);
            } catch (SettledException settled) {
                Present certain = certain(kind, key, present);
                if (certain.revision() == present.revision()) {
                    throw settled.refusal();
                }
                present = certain;
                continue;
            } catch (RejectedException refused) {
                if (present.certain()) {
                    throw refused;
                }
                present = certain(kind, key, present);
                continue;
            }
            if (decision instanceof Decision.Keep && outdated(cache.image(), kind, key, present)) {
                decision = new Decision.Put(present.existing().copy());
            }
            if (decision instanceof Decision.Keep && !present.certain()) {
                Present certain = certain(kind, key, present);
                if (certain.revision() != present.revision()) {
                    present = certain;
                    continue;
                }
            }
            Outcome outcome = mode == Mode.DRY_RUN ? dry(present, decision) : commit(kind, key, present, decision);
            if (outcome != null) {
                return outcome;
            }
            present = afterRefusal(kind, key);
        }
        throw new RejectedException(Status.conflict(kind.resource(), key.name(),
                "it is being changed faster than this change can be made; please try again"));
    }

    private static @Nullable CachedObject find(StoreImage image, Kind kind, ObjectKey key) {
        return image.get(StoreKey.resourceOf(kind), key.namespace(), key.name());
    }

    private @Nullable CachedObject shown(StoreImage image, Kind kind, ObjectKey key) {
        CachedObject found = find(image, kind, key);
        return found == null ? null : conversions.shown(kind, found);
    }

    /**
     * Whether an object lies in the store in another version than it would be stored in now, or in an older definition's
     * form: then a write that changes nothing is carried out nevertheless, which is how objects are brought up to date.
     */
    private boolean outdated(StoreImage image, Kind kind, ObjectKey key, Present present) {
        CachedObject lies = find(image, kind, key);
        return lies != null && present.exists() && lies.revision() == present.revision()
                && (!lies.speaks(kind.storedAs().apiVersion())
                        || (kind.name().equals(kind.storedAs()) && conversions.shown(kind, lies) != lies));
    }

    private Present certain(Kind kind, ObjectKey key, Present present) {
        return present.certain() ? present : Present.of(shown(barrier.await(), kind, key), true);
    }

    /** A refused guard may be one of another key: everything is read again at a revision that has the reason. */
    private Present afterRefusal(Kind kind, ObjectKey key) {
        return Present.of(shown(barrier.await(), kind, key), false);
    }

    private Outcome dry(Present present, Decision decision) {
        return switch (decision) {
            case Decision.Put put -> new Outcome(present.exists() ? Outcome.Kind.UPDATED : Outcome.Kind.CREATED,
                    present.exists()
                            ? Bytes.of(Splice.insert(stored(put.tree()), present.revision()).json())
                            : Bytes.of(stored(put.tree())),
                    present.revision());
            case Decision.Remove remove ->
                new Outcome(Outcome.Kind.REMOVED, last(present, remove, present.revision()), present.revision());
            case Decision.Keep keep -> new Outcome(Outcome.Kind.UNCHANGED, json(present), present.revision());
        };
    }

    private @Nullable Outcome commit(Kind kind, ObjectKey key, Present present, Decision decision) {
        String storeKey = StoreKey.of(kind, key.namespace(), key.name());
        List<Guard> guards = new ArrayList<>(2);
        guards.add(present.exists() ? new Guard.ModRevision(storeKey, present.revision()) : new Guard.Absent(storeKey));
        List<Write> writes = new ArrayList<>(2);
        guardDefinition(kind, guards);
        return switch (decision) {
            case Decision.Put put -> {
                checkCreate(kind, key, present);
                byte[] shown = stored(put.tree());
                byte[] value = kind.name().equals(kind.storedAs())
                        ? shown
                        : stored(conversions.stored(kind, put.tree()));
                writes.add(new Write.Put(storeKey, Bytes.of(value), put.expiresAtEpochMillis()));
                guards.addAll(put.guards());
                writes.addAll(put.writes());
                Decision.Way way = put.way();
                Txn txn = new Txn(guards, writes);
                long revision = committed(way == null ? commits.commit(txn) : way.commit(txn));
                yield revision == 0
                        ? null
                        : new Outcome(present.exists() ? Outcome.Kind.UPDATED : Outcome.Kind.CREATED,
                                Bytes.of(Splice.insert(answered(kind, shown, value), revision).json()), revision);
            }
            case Decision.Remove remove -> {
                writes.add(new Write.Delete(storeKey));
                guards.addAll(remove.guards());
                writes.addAll(remove.writes());
                long revision = committed(commits.commit(new Txn(guards, writes)));
                yield revision == 0
                        ? null
                        : new Outcome(Outcome.Kind.REMOVED, last(present, remove, revision), revision);
            }
            case Decision.Keep keep -> new Outcome(Outcome.Kind.UNCHANGED, json(present), present.revision());
        };
    }

    /** What has been made of an object for the store is made of that for the client: both may differ from what he sent. */
    private byte[] answered(Kind kind, byte[] shown, byte[] value) {
        CustomType custom = kind.custom();
        return shown == value || custom == null || (!Conversions.asksSomebody(kind) && custom.stored() == null)
                ? shown
                : stored(conversions.to(kind, Json.parseObject(value)));
    }

    /** A custom object is written by the definition that it was judged by, or not at all. */
    private void guardDefinition(Kind kind, List<Guard> guards) {
        if (kind.custom() == null) {
            return;
        }
        String name = kind.plural() + "." + kind.name().group();
        Definition definition = kinds.definition(kind);
        if (definition == null || definition.kinds().stream().noneMatch(served -> served == kind)) {
            throw new StaleKindException(name);
        }
        guards.add(new Guard.ModRevision(Keys.of(GroupVersionResource.CUSTOM_RESOURCE_DEFINITIONS.group(),
                GroupVersionResource.CUSTOM_RESOURCE_DEFINITIONS.resource(), "", name), definition.revision()));
    }

    /** Source: apiextensions-apiserver {@code pkg/apiserver/customresource_handler.go}. */
    private void checkCreate(Kind kind, ObjectKey key, Present present) {
        Definition definition = present.exists() ? null : kinds.definition(kind);
        if (definition != null && definition.terminating()) {
            throw new RejectedException(Definition.terminating(kind, key.name()));
        }
    }

    /** The new revision; 0 where a guard did not hold. */
    private static long committed(TxnResult result) {
        return switch (result) {
            case TxnResult.Committed committed -> committed.revision();
            case TxnResult.Refused refused -> 0;
            case TxnResult.Invalid invalid ->
                throw new RejectedException(Status.tooLarge(invalid.message()));
        };
    }

    /** See {@link StoredForm}. */
    public static byte[] stored(ObjectNode tree) {
        return StoredForm.of(tree);
    }

    private static Bytes json(Present present) {
        CachedObject cached = present.cached();
        return cached == null ? Bytes.EMPTY : cached.json();
    }

    private static Bytes last(Present present, Decision.Remove remove, long revision) {
        ObjectNode shown = remove.shown();
        return shown == null
                ? json(present, revision)
                : Bytes.of(Splice.insert(stored(shown), revision).json());
    }

    private static Bytes json(Present present, long revision) {
        CachedObject cached = present.cached();
        return cached == null ? Bytes.EMPTY : cached.jsonAt(revision);
    }

    /** For callers that write without a single object at the centre. */
    public Commits commits() {
        return commits;
    }
}
