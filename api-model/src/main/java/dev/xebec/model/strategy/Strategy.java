package dev.xebec.model.strategy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.strategy.GenericStrategy.Counting;

/**
 * What the server does to objects of a kind beyond defaulting and validation: which parts a request may set, and what
 * the server fills in. Stateless. Runs on defaulted objects whose name and uid are set, before they are validated.
 *
 * <p>Source: {@code pkg/registry/*}{@code /strategy.go} of Kubernetes.
 */
public sealed interface Strategy
        permits GenericStrategy, PodStrategy, ServiceStrategy, NamespaceStrategy, JobStrategy,
        DaemonSetStrategy, VolumeStrategy, ClaimStrategy, DefinitionStrategy, ApiServiceStrategy,
        CertificateRequestStrategy {

    /** The kind's strategy: of its own for the few that need one. */
    static Strategy of(Kind kind) {
        String type = kind.schema() instanceof Schema.Struct struct ? struct.typeName() : "";
        boolean ownStatus = kind.subresources().containsKey("status");
        return switch (type) {
            case "core.v1.Pod" -> new PodStrategy();
            case "core.v1.Service" -> new ServiceStrategy();
            case "core.v1.Namespace" -> new NamespaceStrategy();
            case "apiextensions.v1.CustomResourceDefinition" -> new DefinitionStrategy();
            case "apiregistration.v1.APIService" -> new ApiServiceStrategy();
            case "batch.v1.Job" -> new JobStrategy();
            case "core.v1.Node" ->
                new GenericStrategy(ownStatus, GenericStrategy.OnCreate.KEEP_STATUS, Counting.WANTED);
            case "apps.v1.DaemonSet" -> new DaemonSetStrategy();
            case "core.v1.PersistentVolume" -> new VolumeStrategy();
            case "core.v1.PersistentVolumeClaim" -> new ClaimStrategy();
            case "certificates.v1.CertificateSigningRequest" -> new CertificateRequestStrategy();
            case "apps.v1.Deployment" ->
                new GenericStrategy(ownStatus, GenericStrategy.OnCreate.DROP_STATUS,
                        Counting.WANTED_AND_ANNOTATIONS);
            case "scheduling.v1.PriorityClass" ->
                new GenericStrategy(ownStatus, GenericStrategy.OnCreate.DROP_STATUS, Counting.NEVER);
            default -> new GenericStrategy(ownStatus, GenericStrategy.OnCreate.DROP_STATUS, Counting.WANTED);
        };
    }

    /** Drops what only the server may set and fills in what it sets on new objects; in place. */
    void prepareCreate(ObjectNode object);

    /** Keeps what a request to the main resource may not change: status, and what the server allocated; in place. */
    void prepareUpdate(ObjectNode now, ObjectNode before);

    /**
     * Keeps what a request to {@code /status} may not change: all but status and what {@code metadata} leaves to it; in place.
     *
     * @param time of the request, as RFC 3339
     */
    default void prepareStatusUpdate(ObjectNode now, ObjectNode before, StatusMetadata metadata, String time) {
        StatusIsolation.keepAllButStatus(now, before, metadata.kept());
    }

    /**
     * Completes what a request to another subresource than {@code /status} has changed; in place.
     *
     * @param time of the request, as RFC 3339
     */
    default void prepareSubresourceUpdate(ObjectNode now, ObjectNode before, String time) {}

    /** What a request to {@code /status} of a kind may change in metadata. */
    static StatusMetadata statusMetadata(Kind kind) {
        return StatusMetadata.of(kind);
    }

    /** Whether an update counts as a new generation: what is wanted has changed. */
    default boolean generationChanges(ObjectNode now, ObjectNode before) {
        return StatusIsolation.wantedDiffers(now, before);
    }
}
