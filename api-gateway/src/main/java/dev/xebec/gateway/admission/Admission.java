package dev.xebec.gateway.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.Write;
import dev.xebec.gateway.kinds.ServedKinds;
import dev.xebec.gateway.registry.Decision;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.gateway.registry.Present;
import dev.xebec.model.defaulting.Defaulting;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.ApiObject;
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
import java.util.List;
import java.util.stream.Stream;

/** All that a write passes before it is stored, in order. Trees are changed in place. */
public final class Admission {
    /** How long Events are kept. */
    public static final Duration EVENT_LIFETIME = Duration.ofHours(1);

    private final ObjectRegistry registry;
    private final NamespaceLifecycle namespaces;
    private final ServiceAddresses addresses;
    private final DefinitionLifecycle definitions;

    /** @param serviceCidr where Services' cluster addresses come from */
    public Admission(ObjectRegistry registry, ServedKinds kinds, String serviceCidr) {
        this.definitions = new DefinitionLifecycle(registry, kinds);
        this.registry = registry;
        this.namespaces = new NamespaceLifecycle(registry);
        this.addresses = new ServiceAddresses(registry, Ipv4Range.parse(serviceCidr));
    }

    /** Before a name is made up and metadata are stamped. */
    public void beforeCreate(WriteRequest request, ObjectKey key) {
        namespaces.checkCreate(request.kind(), key);
    }

    /** A new object, with its metadata. */
    public void create(WriteRequest request, ObjectKey key, ObjectNode tree) {
        Kind kind = request.kind();
        withSpec(kind, tree);
        Defaulting.apply(kind, tree);
        Strategy.of(kind).prepareCreate(tree);
        PodServiceAccount.apply(kind, tree);
        DefaultTolerations.apply(kind, tree);
        refuse(kind, key.name(), Validation.create(kind, tree));
        Strategy.of(kind).warnings(tree).forEach(request::warn);
    }

    /** A new object's way into the store; asked again at each attempt. */
    public Decision store(WriteRequest request, ObjectKey key, ObjectNode tree, Instant now) {
        Kind kind = request.kind();
        List<Guard> guards = new ArrayList<>(namespaces.checkCreate(kind, key));
        List<Write> writes = new ArrayList<>();
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
        return new Decision.Put(attempt, expiry(kind, now), guards, writes);
    }

    /** A changed object. */
    public void update(WriteRequest request, ObjectNode tree, ApiObject stored) {
        Kind kind = request.kind();
        String subresource = request.subresource();
        Defaulting.apply(kind, tree);
        if (subresource.isEmpty()) {
            Strategy.of(kind).prepareUpdate(tree, stored.tree());
        }
        refuse(kind, stored.name(), Validation.updateSubresource(kind, subresource, tree, stored.tree()));
        Strategy.of(kind).warnings(tree).forEach(request::warn);
    }

    /** What a decision on an existing object carries besides: addresses that come and go, a life that goes on. */
    public Decision complete(WriteRequest request, ApiObject stored, Decision decision, Instant now) {
        Kind kind = request.kind();
        return DefinitionLifecycle.concerns(kind)
                ? settled(stored, decision, now)
                : withAddresses(kind, stored, decision, now);
    }

    /** A write that changes nothing else may find that names are free now. */
    private Decision settled(ApiObject stored, Decision decision, Instant now) {
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

    private Decision withAddresses(Kind kind, ApiObject stored, Decision decision, Instant now) {
        return switch (decision) {
            case Decision.Remove remove -> {
                ServiceAddresses.Reservation freed = ServiceAddresses.concerns(kind)
                        ? addresses.remove(stored.key(), stored.tree())
                        : ServiceAddresses.Reservation.NONE;
                yield new Decision.Remove(joined(remove.guards(), freed.guards()),
                        joined(remove.writes(), freed.writes()));
            }
            case Decision.Put put -> {
                ServiceAddresses.Reservation changed = ServiceAddresses.concerns(kind)
                        ? addresses.update(kind, stored.key(), stored.tree(), put.tree())
                        : ServiceAddresses.Reservation.NONE;
                yield new Decision.Put(put.tree(), expiry(kind, now), joined(put.guards(), changed.guards()),
                        joined(put.writes(), changed.writes()));
            }
            case Decision.Keep keep -> keep;
        };
    }

    private static <T> List<T> joined(List<T> some, List<T> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    public void delete(WriteRequest request, ObjectKey key) {
        namespaces.checkDelete(request.kind(), key);
    }

    /** A kind that has a spec has one in every object, so that what is required in it is missed. */
    private static void withSpec(Kind kind, ObjectNode tree) {
        boolean has = kind.schema() instanceof Schema.Struct struct
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

    private static void refuse(Kind kind, String name, List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw new RejectedException(Status.invalid(kind.name(), name, errors));
        }
    }
}
