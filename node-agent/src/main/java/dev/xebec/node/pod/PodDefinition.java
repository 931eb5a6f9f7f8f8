package dev.xebec.node.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.ApiObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A pod as its object defines it. */
public record PodDefinition(ApiObject object, RestartPolicy restartPolicy, List<ContainerDefinition> inits,
        List<ContainerDefinition> mains, List<ContainerDefinition> ephemerals) {
    private static final long DEFAULT_GRACE_SECONDS = 30;

    /** What happens to a main container that is over. */
    public enum RestartPolicy {
        ALWAYS, ON_FAILURE, NEVER
    }

    public static PodDefinition of(ApiObject object) {
        RestartPolicy policy = switch (object.spec().path("restartPolicy").asText("")) {
            case "Never" -> RestartPolicy.NEVER;
            case "OnFailure" -> RestartPolicy.ON_FAILURE;
            default -> RestartPolicy.ALWAYS;
        };
        return new PodDefinition(object, policy, containers(object.spec().path("initContainers"), true),
                containers(object.spec().path("containers"), false),
                ephemerals(object.spec().path("ephemeralContainers")));
    }

    private static List<ContainerDefinition> ephemerals(JsonNode list) {
        List<ContainerDefinition> containers = new ArrayList<>();
        for (JsonNode each : list) {
            if (each instanceof ObjectNode tree) {
                containers.add(ContainerDefinition.ephemeral(tree));
            }
        }
        return List.copyOf(containers);
    }

    private static List<ContainerDefinition> containers(JsonNode list, boolean init) {
        List<ContainerDefinition> containers = new ArrayList<>();
        for (JsonNode each : list) {
            if (each instanceof ObjectNode tree) {
                containers.add(ContainerDefinition.of(tree, init));
            }
        }
        return List.copyOf(containers);
    }

    public String uid() {
        return object.uid();
    }

    /** Init containers first, in the order of the spec; ephemeral ones last. */
    public List<ContainerDefinition> all() {
        List<ContainerDefinition> all = new ArrayList<>(inits);
        all.addAll(mains);
        all.addAll(ephemerals);
        return all;
    }

    public Optional<ContainerDefinition> container(String name) {
        return all().stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** {@code name_namespace(uid)}, as kubelets name pods in messages. */
    public String label() {
        return object.name() + "_" + object.namespace() + "(" + object.uid() + ")";
    }

    Duration gracePeriod() {
        return Duration.ofSeconds(object.spec().path("terminationGracePeriodSeconds").asLong(DEFAULT_GRACE_SECONDS));
    }

    /** When the pod's time is over, once it has begun. */
    Optional<Instant> activeUntil() {
        JsonNode seconds = object.spec().path("activeDeadlineSeconds");
        return seconds.isNumber()
                ? ApiObject.instant(object.status().path("startTime")).map(start -> start.plusSeconds(seconds.asLong()))
                : Optional.empty();
    }

    public boolean finished() {
        String phase = object.status().path("phase").asText("");
        return phase.equals("Succeeded") || phase.equals("Failed");
    }
}
