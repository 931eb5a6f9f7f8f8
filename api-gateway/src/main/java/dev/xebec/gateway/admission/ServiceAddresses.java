package dev.xebec.gateway.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.Keys;
import dev.xebec.contracts.state.Write;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives Services their cluster addresses, and with {@link NodePorts} their node ports. An address is reserved by a key of its own in the same transaction as the
 * Service, so no two Services of all gateways can have one; it is tried first where the Service's name hashes to.
 */
final class ServiceAddresses {
    static final String RESERVATIONS = "cluster.xebec.dev/serviceaddresses";
    private static final Set<String> WITHOUT_ADDRESS = Set.of("ExternalName");

    private final ObjectRegistry registry;
    private final Ipv4Range range;
    private final NodePorts nodePorts;

    ServiceAddresses(ObjectRegistry registry, Ipv4Range range) {
        this.registry = registry;
        this.nodePorts = new NodePorts(registry);
        this.range = range;
    }

    static boolean concerns(Kind kind) {
        return kind.resource().equals(GroupVersionResource.SERVICES);
    }

    /** A new Service: sets its address in the tree. Asked again at each attempt, as the others are. */
    Reservation create(Kind kind, ObjectKey key, ObjectNode service) {
        return reserve(kind, key, service, "").and(nodePorts.change(kind, key, null, service));
    }

    /** A changed Service: an address that it did not have is reserved, one that it has no longer is given back. */
    Reservation update(Kind kind, ObjectKey key, ObjectNode before, ObjectNode after) {
        String held = held(before);
        Reservation reserved = reserve(kind, key, after, written(before))
                .and(nodePorts.change(kind, key, before, after));
        return held.equals(held(after)) ? reserved : reserved.and(release(key, held));
    }

    /** The address and the ports of a removed Service. */
    Reservation remove(ObjectKey key, ObjectNode service) {
        return release(key, held(service)).and(nodePorts.remove(key, service));
    }

    /** @param guards and {@code writes} of the reservation */
    record Reservation(List<Guard> guards, List<Write> writes) {
        static final Reservation NONE = new Reservation(List.of(), List.of());

        Reservation and(Reservation other) {
            return new Reservation(Stream.concat(guards.stream(), other.guards.stream()).toList(),
                    Stream.concat(writes.stream(), other.writes.stream()).toList());
        }
    }

    /** @param before what the Service says already in the place of an address, empty for nothing */
    private Reservation reserve(Kind kind, ObjectKey key, ObjectNode service, String before) {
        ObjectNode spec = service.get("spec") instanceof ObjectNode there ? there : service.putObject("spec");
        if (WITHOUT_ADDRESS.contains(spec.path("type").asText("ClusterIP"))) {
            return Reservation.NONE;
        }
        String wanted = spec.path("clusterIP").asText("").replace("null", "");
        if (!wanted.isEmpty() && wanted.equals(before)) {
            return Reservation.NONE;
        }
        if (wanted.equals("None")) {
            spec.putArray("clusterIPs").add("None");
            family(spec);
            return Reservation.NONE;
        }
        String address = wanted.isEmpty() ? free(kind, key) : checked(kind, key, wanted);
        spec.put("clusterIP", address);
        spec.putArray("clusterIPs").add(address);
        family(spec);
        ObjectNode value = Json.object();
        value.putObject("metadata").put("name", address);
        value.put("service", key.toString());
        String reservation = reservationKey(address);
        CachedObject own = reserved(address);
        return new Reservation(
                List.of(own == null
                        ? new Guard.Absent(reservation)
                        : new Guard.ModRevision(reservation, own.revision())),
                List.of(new Write.Put(reservation, Bytes.of(Json.bytes(value)), 0)));
    }

    /** The address that a Service has from the range; empty for none. */
    private String held(ObjectNode service) {
        String address = written(service);
        return range.contains(address) ? address : "";
    }

    private static String written(ObjectNode service) {
        JsonNode spec = service.path("spec");
        return WITHOUT_ADDRESS.contains(spec.path("type").asText("ClusterIP"))
                ? ""
                : spec.path("clusterIP").asText("");
    }

    /** Gives an address back if it is this Service's. */
    private Reservation release(ObjectKey key, String address) {
        CachedObject reservation = address.isEmpty() ? null : reserved(address);
        return reservation == null || !isOf(reservation, key)
                ? Reservation.NONE
                : new Reservation(List.of(new Guard.ModRevision(reservationKey(address), reservation.revision())),
                        List.of(new Write.Delete(reservationKey(address))));
    }

    private @Nullable CachedObject reserved(String address) {
        return registry.image().get(RESERVATIONS, "", address);
    }

    private static boolean isOf(CachedObject reservation, ObjectKey key) {
        return reservation.parse().tree().path("service").asText("").equals(key.toString());
    }

    private String free(Kind kind, ObjectKey key) {
        StoreImage image = registry.image();
        long start = Math.floorMod(key.toString().hashCode() * 0x9E3779B97F4A7C15L, range.size());
        for (long step = 0; step < range.size(); step++) {
            String address = range.address((start + step) % range.size());
            if (image.get(RESERVATIONS, "", address) == null) {
                return address;
            }
        }
        throw new RejectedException(Status.forbidden(kind.resource(), key.name(),
                "no address is left in the range of Services"));
    }

    /** An address that was left behind by this Service is its own. */
    private String checked(Kind kind, ObjectKey key, String wanted) {
        CachedObject reservation = reserved(wanted);
        String wrong = !range.contains(wanted)
                ? "the provided IP is not in the valid range"
                : reservation != null && !isOf(reservation, key) ? "provided IP is already allocated" : "";
        if (!wrong.isEmpty()) {
            throw new RejectedException(Status.invalid(kind.name(), key.name(), List.of(FieldError.invalid(
                    "spec.clusterIPs", wanted, "failed to allocate IP " + wanted + ": " + wrong))));
        }
        return wanted;
    }

    private static void family(ObjectNode spec) {
        if (!spec.has("ipFamilies")) {
            spec.putArray("ipFamilies").add("IPv4");
        }
        if (!spec.has("ipFamilyPolicy")) {
            spec.put("ipFamilyPolicy", "SingleStack");
        }
    }

    private static String reservationKey(String address) {
        return Keys.of("cluster.xebec.dev", "serviceaddresses", "", address);
    }
}
