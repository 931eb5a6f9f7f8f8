package dev.xebec.gateway.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.node.NodeStreamRequest;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.Status;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Frames of a container's stream: a channel byte and what is on that channel. Pure. */
public final class Frames {
    /** What closes a container's standard input: a frame with nothing on its channel. */
    public static final Bytes STDIN_END = Bytes.of(new byte[]{NodeStreamRequest.STDIN});

    private Frames() {}

    /** -1 for a frame without a channel. */
    public static int channel(Bytes frame) {
        return frame.isEmpty() ? -1 : frame.array()[0];
    }

    public static Bytes content(Bytes frame) {
        return Bytes.of(Arrays.copyOfRange(frame.array(), 1, frame.size()));
    }

    public static Bytes empty(byte channel) {
        return Bytes.of(new byte[]{channel});
    }

    public static Bytes status(Status failure) {
        byte[] json = Json.bytes(failure.toTree());
        byte[] frame = new byte[json.length + 1];
        frame[0] = NodeStreamRequest.STATUS;
        System.arraycopy(json, 0, frame, 1, json.length);
        return Bytes.of(frame);
    }

    /** The failure that a frame tells of; null for any other frame, success included. */
    public static @Nullable Status refusal(Bytes frame) {
        if (channel(frame) != NodeStreamRequest.STATUS) {
            return null;
        }
        try {
            ObjectNode tree = Json.parseObject(content(frame).array());
            return tree.path("status").asText("").equals("Success") ? null : Status.parse(tree);
        } catch (IllegalArgumentException malformed) {
            return Status.internalError("the node's status cannot be read");
        }
    }
}
