package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** Fields that Kubernetes refuses as a whole, so that it says nothing of what is in them. */
final class UnreadParts {
    private static final Set<String> OF_CONTAINERS = Set.of("lifecycle", "livenessProbe", "readinessProbe",
            "startupProbe");
    private static final Set<String> OF_EPHEMERAL = Set.of("lifecycle", "livenessProbe", "readinessProbe",
            "startupProbe", "ports", "resources", "resizePolicy");

    private UnreadParts() {}

    static boolean has(String typeName, ObjectNode object, String field, String path) {
        return switch (typeName) {
            case "core.v1.EphemeralContainer" -> OF_EPHEMERAL.contains(field);
            case "core.v1.Container" -> OF_CONTAINERS.contains(field) && path.contains("nitContainers[")
                    && !Findings.text(object, "restartPolicy").equals("Always");
            case "storage.v1.VolumeAttachmentSource" ->
                field.equals("inlineVolumeSpec") && object.hasNonNull("persistentVolumeName");
            default -> false;
        };
    }
}
