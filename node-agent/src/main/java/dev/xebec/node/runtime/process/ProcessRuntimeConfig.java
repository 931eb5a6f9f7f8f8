package dev.xebec.node.runtime.process;

import dev.xebec.node.log.LogLimits;
import java.nio.file.Path;
import java.util.List;

/**
 * @param directory of pods, containers and the launcher; survives the agent, belongs to one agent at a time
 * @param nodeIndex which range of pod addresses is this node's
 * @param isolation how far to keep containers apart; {@code AUTO} takes the most that works here
 * @param masked directories that no container may see, such as the cluster's keys; the runtime's own is always one
 * @param layerBytes how much a container may write beside its volumes
 */
public record ProcessRuntimeConfig(Path directory, int nodeIndex, Wish isolation, List<Path> masked, long layerBytes,
        LogLimits logs) {
    private static final long LAYER_BYTES = 512L * 1024 * 1024;

    /** How far to keep containers apart. */
    public enum Wish {
        AUTO, PLAIN
    }

    public static ProcessRuntimeConfig at(Path directory, int nodeIndex) {
        return new ProcessRuntimeConfig(directory, nodeIndex, Wish.AUTO, List.of(), LAYER_BYTES, LogLimits.DEFAULT);
    }
}
