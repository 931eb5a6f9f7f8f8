package dev.xebec.gateway.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.Keys;
import dev.xebec.contracts.state.Write;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Gives Services their cluster addresses. An address is reserved by a key of its own in the same transaction as the
 * Service, so no two Services of all gateways can have one; it is tried first where the Service's name hashes to.
 */
final class ServiceAddresses {
    static final String RESERVATIONS = "cluster.xebec.dev/serviceaddresses";
    private static final Set<String> WITHOUT_ADDRESS = Set.of("ExternalName");

    private final ObjectRegistry registry;
    private final Ipv4Range range;

    ServiceAddresses(ObjectRegistry registry, Ipv4Range range) {
        this.registry = registry;
        this.range = range;
    }

    static boolean concerns(Kind kind) {
        return kind.resource().equals(GroupVersionResource.SERVICES);
    }

    /** Sets the address in the tree and answers what the transaction has to carry; again at each attempt. */
    Reservation reserve(Kind kind, ObjectKey key, ObjectNode service) {
        ObjectNode spec = service.get("spec") instanceof ObjectNode there ? there : service.putObject("spec");
        String wanted = spec.path("clusterIP").asText("").replace("null", "");
        if (WITHOUT_ADDRESS.contains(spec.path("type").asText("ClusterIP"))) {
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
        String reservation = reservationKey(address);
        ObjectNode value = Json.object();
        value.putObject("metadata").put("name", address);
        value.put("service", key.toString());
        return new Reservation(List.of(new Guard.Absent(reservation)),
                List.of(new Write.Put(reservation, Bytes.of(Json.bytes(value)), 0)));
    }

    /** @param guards and {@code writes} of the reservation */
    record Reservation(List<Guard> guards, List<Write> writes) {
        static final Reservation NONE = new Reservation(List.of(), List.of());
    }

    /** Gives the address of a removed Service back. */
    List<Write> release(ObjectNode service) {
        String address = service.path("spec").path("clusterIP").asText("");
        return range.contains(address) ? List.of(new Write.Delete(reservationKey(address))) : new ArrayList<>();
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

    private String checked(Kind kind, ObjectKey key, String wanted) {
        String wrong = !range.contains(wanted)
                ? "the provided IP is not in the valid range"
                : registry.image().get(RESERVATIONS, "", wanted) != null ? "provided IP is already allocated" : "";
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
