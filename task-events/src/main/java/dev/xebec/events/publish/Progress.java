package dev.xebec.events.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import org.jspecify.annotations.Nullable;

/**
 * How far one shard has told the log, as it stands in the progress topic.
 *
 * @param cluster whose log it is: the uid of its {@code kube-system} namespace
 * @param partitions over which uids were spread
 * @param revision everything up to it is told
 * @param telling the full state that is being told after a gap; null for none
 */
record Progress(String cluster, int partitions, long revision, @Nullable Telling telling) {
    /** Of the record; one that is newer is not understood. */
    static final int FORMAT = 1;

    /**
     * A full state on its way.
     *
     * @param revision at which the state is read
     * @param after the last key that is told; empty for none
     */
    record Telling(long revision, String after) {}

    Progress reached(long revision) {
        return new Progress(cluster, partitions, revision, null);
    }

    Progress telling(long revision, String after) {
        return new Progress(cluster, partitions, this.revision, new Telling(revision, after));
    }

    byte[] bytes() {
        ObjectNode tree = Json.object().put("format", FORMAT).put("cluster", cluster).put("partitions", partitions)
                .put("revision", revision);
        if (telling != null) {
            tree.putObject("telling").put("revision", telling.revision()).put("after", telling.after());
        }
        return Json.bytes(tree);
    }

    static Progress parse(byte[] bytes) {
        ObjectNode tree;
        try {
            tree = Json.parseObject(bytes);
        } catch (IllegalArgumentException malformed) {
            throw new RefusedException("the progress record is not understood: " + malformed.getMessage());
        }
        int format = tree.path("format").asInt(0);
        if (format != FORMAT) {
            throw new RefusedException("the progress record has format " + format + "; this version knows " + FORMAT);
        }
        JsonNode telling = tree.path("telling");
        return new Progress(tree.path("cluster").asText(""), tree.path("partitions").asInt(0),
                tree.path("revision").asLong(0), telling.isMissingNode()
                        ? null
                        : new Telling(telling.path("revision").asLong(0), telling.path("after").asText("")));
    }
}
