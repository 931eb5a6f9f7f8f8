package dev.xebec.node.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.node.NodeStreamRequest;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.Status;
import java.util.Arrays;

/** Frames of a container stream: a channel byte, then the content. Pure. */
final class Frames {
    private Frames() {}

    static Bytes of(byte channel, byte[] content, int length) {
        byte[] frame = new byte[length + 1];
        frame[0] = channel;
        System.arraycopy(content, 0, frame, 1, length);
        return Bytes.of(frame);
    }

    static byte[] content(Bytes frame) {
        return Arrays.copyOfRange(frame.array(), 1, frame.size());
    }

    static Bytes success() {
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        return status(status.put("status", "Success"));
    }

    static Bytes failure(Status failure) {
        return status(failure.toTree());
    }

    /** Source: Kubernetes {@code pkg/kubelet/cri/streaming/remotecommand}. */
    static Bytes exit(int code) {
        if (code == 0) {
            return success();
        }
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Failure");
        status.put("message", "command terminated with non-zero exit code: command terminated with exit code " + code);
        status.put("reason", "NonZeroExitCode");
        status.putObject("details").putArray("causes").addObject().put("reason", "ExitCode").put("message",
                Integer.toString(code));
        return status(status);
    }

    /** What begins an answer of the node itself. */
    static Bytes head(int code, String contentType) {
        byte[] json = Json.bytes(Json.object().put("code", code).put("contentType", contentType));
        return of(NodeStreamRequest.HEAD, json, json.length);
    }

    private static Bytes status(ObjectNode status) {
        byte[] json = Json.bytes(status);
        return of(NodeStreamRequest.STATUS, json, json.length);
    }
}
