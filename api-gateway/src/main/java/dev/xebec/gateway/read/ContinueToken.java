package dev.xebec.gateway.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a list of several pages goes on.
 *
 * @param revision of the snapshot; -1 for "whatever is newest", after the snapshot has expired
 * @param after the last key that was sent, {@code <namespace>/<name>}
 */
record ContinueToken(long revision, String after) {
    static final long NEWEST = -1;

    static ContinueToken parse(String token) {
        try {
            ObjectNode tree = Json
                    .parseObject(Base64.getUrlDecoder().decode(token.getBytes(StandardCharsets.US_ASCII)));
            if (tree.path("v").asText("").equals("xebec.dev/v1") && tree.path("rv").isIntegralNumber()
                    && tree.path("start").asText("").indexOf('/') >= 0) {
                return new ContinueToken(tree.path("rv").asLong(), tree.path("start").asText());
            }
        } catch (IllegalArgumentException malformed) {
            // refused below
        }
        throw new RejectedException(Status.badRequest("continue key is not valid: it was not issued by this server"));
    }

    @Override
    public String toString() {
        ObjectNode tree = Json.object().put("v", "xebec.dev/v1").put("rv", revision).put("start", after);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(tree));
    }
}
