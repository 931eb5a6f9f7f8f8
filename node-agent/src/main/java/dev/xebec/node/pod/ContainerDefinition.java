package dev.xebec.node.pod;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;

/** A container as the pod's spec defines it; the tree is read-only. */
public record ContainerDefinition(String name, String image, Role role, ObjectNode tree) {

    /**
     * When a container runs: before the others to its end, before and beside them, as what the pod is for, or once, for
     * somebody who looks into a pod that runs.
     */
    public enum Role {
        INIT, SIDECAR, MAIN, EPHEMERAL;

        /** The list of the pod's status that tells of it. */
        String statuses() {
            return switch (this) {
                case INIT, SIDECAR -> "initContainerStatuses";
                case MAIN -> "containerStatuses";
                case EPHEMERAL -> "ephemeralContainerStatuses";
            };
        }
    }

    static ContainerDefinition ephemeral(ObjectNode tree) {
        return new ContainerDefinition(tree.path("name").asText(""), tree.path("image").asText(""), Role.EPHEMERAL,
                tree);
    }

    static ContainerDefinition of(ObjectNode tree, boolean init) {
        Role role = !init
                ? Role.MAIN
                : tree.path("restartPolicy").asText("").equals("Always") ? Role.SIDECAR : Role.INIT;
        return new ContainerDefinition(tree.path("name").asText(""), tree.path("image").asText(""), role, tree);
    }

    /** @param probe startupProbe, livenessProbe or readinessProbe */
    public boolean has(String probe) {
        return tree.path(probe).isObject();
    }

    /** A part of the tree, or an empty object. */
    public ObjectNode part(String first, String second) {
        return tree.path(first).path(second) instanceof ObjectNode part ? part : Json.object();
    }
}
