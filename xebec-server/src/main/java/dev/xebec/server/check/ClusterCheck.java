package dev.xebec.server.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Asks every gateway of a live cluster and holds the answers against what always has to be so. Reads only.
 */
public final class ClusterCheck {
    /** A surplus of pods that is still there after so many looks is no passing one. */
    private static final int LOOKS = 10;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final List<String> OWNERS = List.of("/apis/apps/v1/replicasets", "/apis/apps/v1/statefulsets");

    private final AdminConnection connection;
    private final Map<String, URI> gateways;

    /**
     * @param what that was looked at, for people
     * @param violations what is wrong with it; empty where nothing is
     */
    public record Finding(String what, List<String> violations) {}

    /** @param gateways by name; at least one */
    public ClusterCheck(AdminConnection connection, Map<String, URI> gateways) {
        this.connection = connection;
        this.gateways = gateways;
    }

    /** @throws IOException when a gateway does not answer, so that nobody knows */
    public List<Finding> run() throws IOException, InterruptedException {
        URI any = gateways.values().iterator().next();
        long revision = connection.get(any, "/xebec/v1/digest").path("revision").asLong();
        String exact = "?resourceVersionMatch=Exact&resourceVersion=" + revision;
        JsonNode nodes = connection.get(any, "/api/v1/nodes" + exact);
        JsonNode pods = connection.get(any, "/api/v1/pods" + exact);
        JsonNode allocations = connection.get(any, "/apis/cluster.xebec.dev/v1alpha1/nodeallocations" + exact);
        List<Finding> findings = new ArrayList<>();
        findings.add(digests(revision));
        findings.add(new Finding(
                "capacity of " + nodes.path("items").size() + " nodes for " + pods.path("items").size() + " pods",
                Invariants.overCommitted(nodes, pods, allocations)));
        findings.add(surplus(any));
        return findings;
    }

    private Finding digests(long revision) throws IOException, InterruptedException {
        List<String> found = new ArrayList<>();
        String expected = "";
        long objects = 0;
        for (Map.Entry<String, URI> gateway : gateways.entrySet()) {
            JsonNode answer = connection.get(gateway.getValue(), "/xebec/v1/digest?revision=" + revision);
            String stored = answer.path("storeDigest").asText();
            expected = expected.isEmpty() ? stored : expected;
            objects = answer.path("storeObjects").asLong();
            if (!stored.equals(expected)) {
                found.add("the store behind " + gateway.getKey() + " differs from that behind the others: " + stored
                        + " with " + objects + " objects instead of " + expected);
            }
            if (!answer.path("cacheDigest").asText().equals(stored)) {
                found.add("the cache of " + gateway.getKey() + " differs from its store: "
                        + answer.path("cacheDigest").asText() + " with " + answer.path("cacheObjects").asLong()
                        + " objects instead of " + stored + " with " + objects + "; restart this master");
            }
        }
        return new Finding("caches and stores of " + gateways.size() + " gateways, " + objects
                + " objects at revision " + revision, found);
    }

    private Finding surplus(URI gateway) throws IOException, InterruptedException {
        Map<String, String> lasting = surplusNow(gateway);
        for (int look = 1; look < LOOKS && !lasting.isEmpty(); look++) {
            Thread.sleep(BETWEEN_LOOKS);
            lasting.keySet().retainAll(surplusNow(gateway).keySet());
        }
        return new Finding("live pods of each owner", List.copyOf(lasting.values()));
    }

    private Map<String, String> surplusNow(URI gateway) throws IOException, InterruptedException {
        JsonNode pods = connection.get(gateway, "/api/v1/pods");
        Map<String, String> found = new TreeMap<>();
        for (String owners : OWNERS) {
            found.putAll(Invariants.surplus(connection.get(gateway, owners), pods));
        }
        return found;
    }
}
