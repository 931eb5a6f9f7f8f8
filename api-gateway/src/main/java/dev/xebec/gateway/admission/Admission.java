package dev.xebec.gateway.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.Write;
import dev.xebec.gateway.admission.Epochs.Mark;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.cache.StoreKey;
import dev.xebec.gateway.kinds.ServedKinds;
import dev.xebec.gateway.quota.Demand;
import dev.xebec.gateway.quota.QuotaLedger;
import dev.xebec.gateway.registry.Decision;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.gateway.registry.Present;
import dev.xebec.gateway.registry.SettledException;
import dev.xebec.gateway.webhook.Operation;
import dev.xebec.gateway.webhook.Webhooks;
import dev.xebec.model.defaulting.Defaulting;
import dev.xebec.model.advice.Advice;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import dev.xebec.model.strategy.Strategy;
import dev.xebec.model.validation.Validation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a write passes before it is stored, in order. Trees are changed in place.
 *
 * <p>The order is upstream's: NamespaceLifecycle, then {@link #STEPS}, MutatingAdmissionWebhook (and the steps again where a
 * webhook has changed anything), the kind's own rules, the steps' judgement, ValidatingAdmissionWebhook, and ResourceQuota,
 * whose charge is in the transaction that stores the object. Source: k/k {@code pkg/kubeapiserver/options/plugins.go}.
 */
public final class Admission {
    /** How long Events are kept. */
    public static final Duration EVENT_LIFETIME = Duration.ofHours(1);

    /**
     * The server's own steps in upstream's order. Those that are not here yet have their place: NodeRestriction and PodSecurity
     * after the service account; certificate approval, signing and subject restriction after the runtime class; admission
     * policies right before the webhooks of their sort.
     */
    private static final List<AdmissionStep> STEPS = List.of(new LimitRanges(), new PodServiceAccount(),
            new NewNodeTaint(), new Priorities(), new DefaultTolerations(), DefaultClasses.STORAGE,
            new ProtectedWhileUsed(), new RuntimeClasses(),
            DefaultClasses.INGRESS);
    private static final Map<String, List<AdmissionStep>> BY_RESOURCE = byResource();

    private final ObjectRegistry registry;
    private final NamespaceLifecycle namespaces;
    private final ServiceAddresses addresses;
    private final DefinitionLifecycle definitions;
    private final FieldOwners owners;
    private final @Nullable AskedWebhooks webhooks;
    private final QuotaLedger quotas;

    /**
     * @param serviceCidr where Services' cluster addresses come from
     * @param webhooks null where a write has been put to them in another form
     */
    public Admission(ObjectRegistry registry, ServedKinds kinds, FieldOwners owners, String serviceCidr,
            @Nullable Webhooks webhooks, QuotaLedger quotas) {
        this.definitions = new DefinitionLifecycle(registry, kinds);
        this.registry = registry;
        this.owners = owners;
        this.namespaces = new NamespaceLifecycle(registry);
        this.addresses = new ServiceAddresses(registry, Ipv4Range.parse(serviceCidr));
        this.webhooks = webhooks == null ? null : new AskedWebhooks(registry, webhooks);
        this.quotas = quotas;
    }

    private static Map<String, List<AdmissionStep>> byResource() {
        Map<String, List<AdmissionStep>> steps = new HashMap<>();
        STEPS.forEach(step -> step.resources()
                .forEach(resource -> steps.computeIfAbsent(resource, first -> new ArrayList<>()).add(step)));
        return steps;
    }

    private static List<AdmissionStep> steps(Kind kind) {
        return BY_RESOURCE.getOrDefault(StoreKey.resourceOf(kind), List.of());
    }

    /** Whether any webhook's rules match such a request. */
    public boolean asks(WriteRequest request, Operation operation) {
        return webhooks != null && webhooks.concern(request, operation);
    }

    /** Webhooks are not asked about a state that may be old. */
    public ObjectRegistry.Start start(WriteRequest request, Operation operation) {
        return asks(request, operation)
                ? ObjectRegistry.Start.CERTAIN
                : ObjectRegistry.Start.AT_HAND;
    }

    /** Before a name is made up and metadata are stamped. */
    public void beforeCreate(WriteRequest request, ObjectKey key) {
        namespaces.checkCreate(request.kind(), key);
    }

    /** A new object, with its metadata. */
    public void create(WriteRequest request, ObjectKey key, ObjectNode tree) {
        Kind kind = request.kind();
        withSpec(kind, tree);
        boolean off = Defaulting.applyToSent(kind, tree);
        RepeatedOwners.dropSent(request, tree);
        owners.created(request, tree);
        if (off) {
            Defaulting.shut(kind, tree);
        }
        judgeNew(request, key, tree);
        Advice.on(kind, tree, null).forEach(request::warn);
    }

    private void judgeNew(WriteRequest request, ObjectKey key, ObjectNode tree) {
        Kind kind = request.kind();
        Subject subject = new Subject(kind, key, tree, null, registry);
        request.seen(registry.image());
        steps(kind).forEach(step -> step.mutate(subject));
        if (webhooks != null) {
            AskedWebhooks asked = webhooks;
            FieldOwners.keptValid(request, tree, () -> asked.mutate(request, key, tree, null,
                    () -> steps(kind).forEach(step -> step.mutate(subject))));
        }
        RepeatedOwners.dropAdmitted(request, tree);
        Strategy.of(kind).prepareCreate(tree);
        Requester.stamp(request, tree);
        refuse(kind, key.name(), Validation.create(kind, tree));
        steps(kind).forEach(step -> step.validate(subject));
        if (webhooks != null) {
            webhooks.validate(request, key, tree, null);
        }
        Defaulting.settle(kind, tree);
    }

    /** A new object's way into the store; asked again at each attempt. */
    public Decision store(WriteRequest request, ObjectKey key, ObjectNode tree, Instant now) {
        Kind kind = request.kind();
        StoreImage image = registry.image();
        if (Mark.WEBHOOKS.revision(request.seen()) != Mark.WEBHOOKS.revision(image)) {
            settled(() -> judgeNew(request, key, tree));
        }
        List<Guard> guards = new ArrayList<>(namespaces.checkCreate(kind, key));
        guards.addAll(Marks.guards(kind, key, "", true, Mark.WEBHOOKS.revision(request.seen()), image));
        List<Write> writes = new ArrayList<>(Marks.onCreate(kind, key));
        ObjectNode attempt = tree;
        if (ServiceAddresses.concerns(kind)) {
            attempt = tree.deepCopy();
            ServiceAddresses.Reservation reservation = addresses.create(kind, key, attempt);
            guards.addAll(reservation.guards());
            writes.addAll(reservation.writes());
        }
        if (DefinitionLifecycle.concerns(kind)) {
            attempt = tree.deepCopy();
            ServiceAddresses.Reservation names = definitions.settle(key.name(), attempt, now);
            guards.addAll(names.guards());
            writes.addAll(names.writes());
        }
        BoundAtBirth.Charge charge = BoundAtBirth.charge(kind, tree, registry, now);
        guards.addAll(charge.guards());
        writes.addAll(charge.writes());
        Demand demand = quotas.demand(kind, key, "", attempt, null);
        return new Decision.Put(attempt, expiry(kind, now), guards, writes, way(request, demand));
    }

    /** With the quotas' charge; a dry run is only held against them. */
    private Decision.@Nullable Way way(WriteRequest request, @Nullable Demand demand) {
        if (demand == null) {
            return null;
        }
        if (request.dryRun()) {
            quotas.check(demand);
            return null;
        }
        return txn -> quotas.commit(demand, txn);
    }

    /** A changed object. */
    public void update(WriteRequest request, ObjectNode tree, ApiObject stored) {
        Kind kind = request.kind();
        String subresource = request.subresource();
        ObjectKey key = stored.key();
        request.seen(registry.image());
        boolean off = Defaulting.applyToSent(kind, tree);
        RepeatedOwners.dropSent(request, tree);
        owners.updated(request, tree, stored);
        if (off) {
            Defaulting.shut(kind, tree);
        }
        List<AdmissionStep> steps = subresource.isEmpty() ? steps(kind) : List.of();
        Subject subject = new Subject(kind, key, tree, stored.tree(), registry);
        steps.forEach(step -> step.mutate(subject));
        AskedWebhooks asked = webhooks;
        if (asked != null) {
            settled(() -> FieldOwners.keptValid(request, tree, () -> asked.mutate(request, key, tree, stored.tree(),
                    () -> steps.forEach(step -> step.mutate(subject)))));
        }
        RepeatedOwners.dropAdmitted(request, tree);
        if (subresource.isEmpty()) {
            Strategy.of(kind).prepareUpdate(tree, stored.tree());
        }
        refuse(kind, stored.name(),
                Validation.updateSubresource(kind, subresource, tree, stored.tree(), request::warn));
        steps.forEach(step -> step.validate(subject));
        if (asked != null) {
            settled(() -> asked.validate(request, key, tree, stored.tree()));
        }
        if (subresource.isEmpty()) {
            Advice.on(kind, tree, stored.tree()).forEach(request::warn);
        }
    }

    /** What webhooks refuse follows from the object; asking them again about the same one is no use. */
    private static void settled(Runnable work) {
        try {
            work.run();
        } catch (RejectedException refused) {
            throw new SettledException(refused);
        }
    }

    /**
     * An object of a subresource's own kind, such as a scale, an eviction or a connection: as the webhooks leave it.
     *
     * @param before null for what is new
     */
    public ObjectNode other(WriteRequest request, ObjectKey key, GroupVersionKind kind, Operation operation,
            ObjectNode object, @Nullable ObjectNode before) {
        request.seen(registry.image());
        return webhooks == null ? object : webhooks.other(request, key, kind, operation, object, before);
    }

    /** An object that is about to be deleted. @param options as the client's DeleteOptions */
    public void deleting(WriteRequest request, ApiObject stored, ObjectNode options) {
        request.seen(registry.image());
        AskedWebhooks asked = webhooks;
        if (asked != null) {
            settled(() -> asked.delete(request, stored.key(), stored.tree(), options));
        }
    }

    /** What a decision on an existing object carries besides: addresses that come and go, a life that goes on. */
    public Decision complete(WriteRequest request, ApiObject stored, Decision decision, Instant now) {
        Kind kind = request.kind();
        return DefinitionLifecycle.concerns(kind)
                ? definition(stored, decision, now)
                : withAddresses(request, stored, decision, now);
    }

    /** A write that changes nothing else may find that names are free now. */
    private Decision definition(ApiObject stored, Decision decision, Instant now) {
        return switch (decision) {
            case Decision.Remove remove -> remove;
            case Decision.Put put -> {
                ServiceAddresses.Reservation names = definitions.settle(stored.name(), put.tree(), now);
                yield new Decision.Put(put.tree(), put.expiresAtEpochMillis(), joined(put.guards(), names.guards()),
                        joined(put.writes(), names.writes()));
            }
            case Decision.Keep keep -> {
                ObjectNode tree = stored.copy();
                ServiceAddresses.Reservation names = definitions.settle(stored.name(), tree, now);
                yield tree.equals(stored.tree())
                        ? keep
                        : new Decision.Put(tree, 0, names.guards(), names.writes());
            }
        };
    }

    /** The state that a deletion is decided from. */
    public Present beforeDelete(WriteRequest request, Present present, Instant now) {
        return DefinitionLifecycle.concerns(request.kind()) ? DefinitionLifecycle.held(present, now) : present;
    }

    private Decision withAddresses(WriteRequest request, ApiObject stored, Decision decision, Instant now) {
        Kind kind = request.kind();
        ObjectKey key = stored.key();
        StoreImage image = registry.image();
        List<Guard> marks = Marks.guards(kind, key, request.subresource(), false,
                Mark.WEBHOOKS.revision(request.seen()), image);
        return switch (decision) {
            case Decision.Remove remove -> {
                ServiceAddresses.Reservation freed = ServiceAddresses.concerns(kind)
                        ? addresses.remove(stored.key(), stored.tree())
                        : ServiceAddresses.Reservation.NONE;
                yield new Decision.Remove(
                        joined(remove.guards(), freed.guards(), marks, Marks.removable(kind, key, image)),
                        joined(remove.writes(), freed.writes(), Marks.onRemove(kind, key, image)), remove.shown());
            }
            case Decision.Put put -> {
                ServiceAddresses.Reservation changed = ServiceAddresses.concerns(kind)
                        ? addresses.update(kind, stored.key(), stored.tree(), put.tree())
                        : ServiceAddresses.Reservation.NONE;
                Demand demand = quotas.demand(kind, key, request.subresource(), put.tree(), stored.tree());
                yield new Decision.Put(put.tree(), expiry(kind, now), joined(put.guards(), changed.guards(), marks),
                        joined(put.writes(), changed.writes(), Marks.onUpdate(kind)), way(request, demand));
            }
            case Decision.Keep keep -> keep;
        };
    }

    @SafeVarargs
    private static <T> List<T> joined(List<T>... parts) {
        List<T> all = new ArrayList<>();
        for (List<T> part : parts) {
            all.addAll(part);
        }
        return all;
    }

    public void delete(WriteRequest request, ObjectKey key) {
        namespaces.checkDelete(request.kind(), key);
    }

    /** A built-in kind that has a spec has one in every object, so that what is required in it is missed. */
    private static void withSpec(Kind kind, ObjectNode tree) {
        boolean has = kind.custom() == null && kind.schema() instanceof Schema.Struct struct
                && struct.field("spec") instanceof Schema.Field field
                && field.schema() instanceof Schema.Struct;
        if (has && !tree.has("spec")) {
            tree.putObject("spec");
        }
    }

    private static long expiry(Kind kind, Instant now) {
        boolean event = kind.plural().equals(GroupVersionResource.EVENTS.resource());
        return event ? now.plus(EVENT_LIFETIME).toEpochMilli() : 0;
    }

    /** Kinds that are shown in two groups are judged as that of the one they are kept in. */
    private static GroupVersionKind judgedAs(Kind kind) {
        return kind.custom() == null && !kind.storedAs().group().equals(kind.name().group())
                ? kind.storedAs()
                : kind.name();
    }

    private static void refuse(Kind kind, String name, List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw new RejectedException(Status.invalid(judgedAs(kind), name, errors));
        }
    }
}
