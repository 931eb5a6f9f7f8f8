package dev.xebec.node.registration;

import dev.xebec.model.structure.WrittenForm;
import dev.xebec.model.schema.Schema;
import dev.xebec.node.leave.Cordon;
import dev.xebec.model.kind.KindRegistry;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.kit.client.ApiResult;
import dev.xebec.kit.client.Resources;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one node's object and lease: makes them where they are missing, renews the lease, and writes the status when
 * the API's differs in more than the heartbeat or has grown old. One thread at a time; each call does what is due.
 *
 * <p>Source: Kubernetes {@code pkg/kubelet/kubelet_node_status.go}, {@code pkg/kubelet/nodelease}.
 */
public final class NodeRegistration {
    public static final String LEASE_NAMESPACE = "kube-node-lease";

    private static final Logger LOG = LoggerFactory.getLogger(NodeRegistration.class);
    private static final Schema.Struct STATUS = KindRegistry.builtIn().type("core.v1.NodeStatus").orElseThrow();
    private static final DateTimeFormatter MICRO_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
            .withZone(ZoneOffset.UTC);

    private final Resources resources;
    private final NodeFacts facts;
    private final Supplier<NodeConditions> conditions;
    private final InstantSource clock;
    private final Duration leaseInterval;
    private final Duration statusAge;

    private @Nullable ApiObject lease;
    private Instant writtenAt = Instant.EPOCH;
    private String uid = "";
    private boolean returned;

    /**
     * @param leaseInterval how often the lease is renewed; it is valid for four times as long
     * @param statusAge how old the status may grow while nothing changes
     */
    public NodeRegistration(Resources resources, NodeFacts facts, Supplier<NodeConditions> conditions,
            InstantSource clock, Duration leaseInterval, Duration statusAge) {
        this.resources = resources;
        this.facts = facts;
        this.conditions = conditions;
        this.clock = clock;
        this.leaseInterval = leaseInterval;
        this.statusAge = statusAge;
    }

    /** The node object's status is written where needed. Throws UnavailableException where that is not possible now. */
    public void report() {
        Instant now = clock.instant();
        ApiObject node = object();
        if (!returned) {
            node = returned(node);
        }
        uid = node.uid();
        ObjectNode status = node.status().deepCopy();
        facts.into(status);
        conditions.get().into(status, now);
        boolean old = Duration.between(writtenAt, now).compareTo(statusAge) >= 0;
        // Compared with what the API has, not with what was written last: others mark a node that they do not hear.
        if (!old && timeless(status).equals(timeless(node.status()))) {
            return;
        }
        // Unconditional but for the uid: the conditions are this node's own, and a stale picture only repeats them.
        ObjectNode patch = Json.object();
        patch.putObject("metadata").put("uid", node.uid());
        patch.set("status", status);
        accept(resources.strategic(GroupVersionResource.NODES, "", facts.name(), "status", patch));
        writtenAt = now;
    }

    /** The status without what changes at each heartbeat. */
    private static JsonNode timeless(ObjectNode status) {
        JsonNode copy = WrittenForm.of(STATUS, status);
        for (JsonNode condition : copy.path("conditions")) {
            ((ObjectNode) condition).remove("lastHeartbeatTime");
        }
        return copy;
    }

    private ApiObject object() {
        return switch (resources.get(GroupVersionResource.NODES, "", facts.name())) {
            case ApiResult.Ok ok -> labelled(ok.object());
            case ApiResult.Refused refused when refused.status().code() == 404 -> {
                ApiObject created = accept(resources.create(GroupVersionResource.NODES, facts.object()));
                LOG.info("Node {} registered", facts.name());
                yield created;
            }
            case ApiResult.Refused refused -> throw new UnavailableException(refused.status().message());
        };
    }

    /** An agent that has cordoned its node when it left lifts that; only then, since it may be about to leave again. */
    private ApiObject returned(ApiObject node) {
        ObjectNode patch = Cordon.lift(node);
        ApiObject now = patch.isEmpty()
                ? node
                : accept(resources.merge(GroupVersionResource.NODES, "", facts.name(), "", patch));
        returned = true;
        return now;
    }

    /** Labels of the node's own are set where they differ; others' stay. */
    private ApiObject labelled(ApiObject node) {
        ObjectNode patch = Json.object();
        ObjectNode labels = patch.putObject("metadata").putObject("labels");
        facts.allLabels().forEach((key, value) -> {
            if (!value.equals(node.labels().get(key))) {
                labels.put(key, value);
            }
        });
        return labels.isEmpty()
                ? node
                : accept(resources.merge(GroupVersionResource.NODES, "", facts.name(), "", patch));
    }

    /** Says that the node is alive. */
    public void beat() {
        ApiObject known = lease;
        if (known == null) {
            known = currentLease();
        }
        ObjectNode renewed = known.copy();
        leaseSpec(renewed);
        switch (resources.update(GroupVersionResource.LEASES, ApiObject.of(renewed))) {
            case ApiResult.Ok ok -> lease = ok.object();
            case ApiResult.Refused refused -> {
                lease = null;
                if (refused.status().code() != 404 && refused.status().code() != 409) {
                    throw new UnavailableException("lease: " + refused.status().message());
                }
            }
        }
    }

    private ApiObject currentLease() {
        return switch (resources.get(GroupVersionResource.LEASES, LEASE_NAMESPACE, facts.name())) {
            case ApiResult.Ok ok -> ok.object();
            case ApiResult.Refused refused when refused.status().code() == 404 -> {
                ObjectNode fresh = Json.object().put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
                ObjectNode metadata = fresh.putObject("metadata").put("name", facts.name()).put("namespace",
                        LEASE_NAMESPACE);
                if (!uid.isEmpty()) {
                    metadata.putArray("ownerReferences").addObject().put("apiVersion", "v1").put("kind", "Node")
                            .put("name", facts.name()).put("uid", uid);
                }
                leaseSpec(fresh);
                yield accept(resources.create(GroupVersionResource.LEASES, ApiObject.of(fresh)));
            }
            case ApiResult.Refused refused -> throw new UnavailableException(refused.status().message());
        };
    }

    private void leaseSpec(ObjectNode object) {
        object.withObject("/spec").put("holderIdentity", facts.name())
                .put("leaseDurationSeconds", Math.max(1, leaseInterval.toSeconds() * 4))
                .put("renewTime", MICRO_TIME.format(clock.instant()));
    }

    private static ApiObject accept(ApiResult result) {
        return switch (result) {
            case ApiResult.Ok ok -> ok.object();
            case ApiResult.Refused refused -> throw new UnavailableException(refused.status().message());
        };
    }
}
