package dev.xebec.gateway.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.Keys;
import dev.xebec.contracts.state.Write;
import dev.xebec.gateway.admission.ServiceAddresses.Reservation;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives Services their node ports, each reserved by a key of its own in the transaction that stores the Service. A port that
 * a Service names is tried for it; others are tried from where the Service's name hashes to, those that people like to name
 * last. Source: k/k {@code pkg/registry/core/service/storage/alloc.go}.
 */
final class NodePorts {
    private static final String RESOURCE = "servicenodeports";
    private static final String RESERVATIONS = "cluster.xebec.dev/" + RESOURCE;
    private static final int FIRST = 30_000;
    private static final int COUNT = 2_768;
    /** Ports at the beginning that are given out last. Source: KEP-3668. */
    private static final int NAMED = 86;

    private final ObjectRegistry registry;

    NodePorts(ObjectRegistry registry) {
        this.registry = registry;
    }

    /**
     * Sets the ports in the tree.
     *
     * @param before null for a new Service
     */
    Reservation change(Kind kind, ObjectKey key, @Nullable ObjectNode before, ObjectNode service) {
        Set<Integer> held = before == null ? Set.of() : of(before);
        if (!has(service)) {
            return release(key, held, Set.of());
        }
        StoreImage image = registry.image();
        Set<Integer> taken = new LinkedHashSet<>(of(service));
        named(kind, key, service, held, image);
        boolean gives = service.at("/spec/allocateLoadBalancerNodePorts").asBoolean(true);
        Map<Integer, Integer> byPort = new HashMap<>();
        if (gives) {
            for (JsonNode port : service.path("spec").path("ports")) {
                if (port.path("nodePort").asInt(0) == 0) {
                    int given = byPort.computeIfAbsent(port.path("port").asInt(),
                            number -> free(kind, key, taken, image));
                    taken.add(given);
                    ((ObjectNode) port).put("nodePort", given);
                }
            }
        }
        ObjectNode spec = (ObjectNode) service.get("spec");
        if (checksHealth(spec) && spec.path("healthCheckNodePort").asInt(0) == 0) {
            int given = free(kind, key, taken, image);
            taken.add(given);
            spec.put("healthCheckNodePort", given);
        }
        return reserve(key, taken, held, image).and(release(key, held, taken));
    }

    /** The ports of a removed Service. */
    Reservation remove(ObjectKey key, ObjectNode service) {
        return release(key, of(service), Set.of());
    }

    private static boolean has(ObjectNode service) {
        String type = service.path("spec").path("type").asText("");
        return type.equals("NodePort") || type.equals("LoadBalancer");
    }

    private static boolean checksHealth(JsonNode spec) {
        return spec.path("type").asText("").equals("LoadBalancer")
                && spec.path("externalTrafficPolicy").asText("").equals("Local");
    }

    private static Set<Integer> of(ObjectNode service) {
        Set<Integer> ports = new LinkedHashSet<>();
        if (has(service)) {
            service.path("spec").path("ports").forEach(port -> ports.add(port.path("nodePort").asInt(0)));
            ports.add(service.path("spec").path("healthCheckNodePort").asInt(0));
            ports.remove(0);
        }
        return ports;
    }

    private static void named(Kind kind, ObjectKey key, ObjectNode service, Set<Integer> held, StoreImage image) {
        JsonNode ports = service.path("spec").path("ports");
        for (int at = 0; at < ports.size(); at++) {
            int wanted = ports.get(at).path("nodePort").asInt(0);
            if (wanted != 0 && !held.contains(wanted) && isOfAnother(wanted, key, image)) {
                throw new RejectedException(Status.invalid(kind.name(), key.name(), List.of(FieldError
                        .invalid("spec.ports[" + at + "].nodePort", wanted, "provided port is already allocated"))));
            }
        }
    }

    private static boolean isOfAnother(int port, ObjectKey key, StoreImage image) {
        CachedObject reservation = image.get(RESERVATIONS, "", Integer.toString(port));
        return reservation != null && !reservation.parse().tree().path("service").asText("").equals(key.toString());
    }

    private static int free(Kind kind, ObjectKey key, Set<Integer> taken, StoreImage image) {
        int others = COUNT - NAMED;
        int start = Math.floorMod(key.toString().hashCode() * 0x9E3779B9, others);
        for (int step = 0; step < COUNT; step++) {
            int port = FIRST + (step < others ? NAMED + (start + step) % others : step - others);
            if (!taken.contains(port) && image.get(RESERVATIONS, "", Integer.toString(port)) == null) {
                return port;
            }
        }
        throw new RejectedException(Status.invalid(kind.name(), key.name(), List.of(FieldError.invalid(
                "spec.ports[0].nodePort", 0, "failed to allocate a nodePort: range is full"))));
    }

    private static Reservation reserve(ObjectKey key, Set<Integer> ports, Set<Integer> held, StoreImage image) {
        List<Guard> guards = new ArrayList<>();
        List<Write> writes = new ArrayList<>();
        for (int port : ports) {
            if (!held.contains(port)) {
                CachedObject own = image.get(RESERVATIONS, "", Integer.toString(port));
                guards.add(own == null
                        ? new Guard.Absent(key(port))
                        : new Guard.ModRevision(key(port), own.revision()));
                ObjectNode value = Json.object();
                value.putObject("metadata").put("name", Integer.toString(port));
                value.put("service", key.toString());
                writes.add(new Write.Put(key(port), Bytes.of(Json.bytes(value)), 0));
            }
        }
        return new Reservation(guards, writes);
    }

    private Reservation release(ObjectKey key, Set<Integer> held, Set<Integer> kept) {
        StoreImage image = registry.image();
        List<Guard> guards = new ArrayList<>();
        List<Write> writes = new ArrayList<>();
        for (int port : held) {
            CachedObject reservation = image.get(RESERVATIONS, "", Integer.toString(port));
            if (!kept.contains(port) && reservation != null && !isOfAnother(port, key, image)) {
                guards.add(new Guard.ModRevision(key(port), reservation.revision()));
                writes.add(new Write.Delete(key(port)));
            }
        }
        return new Reservation(guards, writes);
    }

    private static String key(int port) {
        return Keys.of("cluster.xebec.dev", RESOURCE, "", Integer.toString(port));
    }
}
