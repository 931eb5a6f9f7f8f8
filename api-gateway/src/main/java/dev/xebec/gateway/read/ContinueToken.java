package dev.xebec.gateway.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.JsonFault;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Where a list of several pages goes on. It says all itself, so that any gateway can go on with it, and nothing that a
 * client who changes it could not ask for otherwise. Source: apiserver {@code storage/continue.go}.
 *
 * @param revision of the snapshot; -1 for "whatever is newest", after the snapshot has expired
 * @param start the first key that may be on the next page, within the namespace or the kind that is listed
 */
record ContinueToken(long revision, String start) {
    static final long NEWEST = -1;
    private static final String VERSION = "meta.k8s.io/v1";
    private static final String INVALID = "continue key is not valid";

    /** The token that goes on after a key, {@code <namespace>/<name>}. */
    static ContinueToken after(long revision, String namespace, String key) {
        return new ContinueToken(revision, key.substring(namespace.length() + (within(namespace, key) ? 1 : 0)) + '\0');
    }

    /** Keys of what has no namespace begin with a slash, and those of one namespace with its name and one. */
    private static boolean within(String namespace, String key) {
        return !namespace.isEmpty() || key.startsWith("/");
    }

    /** The key from which a list goes on. */
    String from(String namespace, boolean namespaced) {
        return namespaced && namespace.isEmpty() ? start : namespace + "/" + start;
    }

    static ContinueToken parse(String token) {
        ObjectNode tree;
        byte[] json = decoded(token);
        try {
            tree = Json.parseObject(json);
        } catch (IllegalArgumentException malformed) {
            String fault = JsonFault.of(json);
            throw refused(INVALID + ": " + (fault.isEmpty() ? "it is not JSON" : fault));
        }
        String version = tree.path("v").asText("");
        if (!version.equals(VERSION)) {
            throw refused(INVALID + ": server does not recognize this encoded version " + version);
        }
        JsonNode revision = tree.path("rv");
        if (!revision.isIntegralNumber() || !revision.canConvertToLong() || revision.longValue() == 0) {
            throw refused(INVALID + ": incorrect encoded start resourceVersion (version meta.k8s.io/v1)");
        }
        String start = tree.path("start").asText("");
        if (start.isEmpty()) {
            throw refused(INVALID + ": encoded start key empty (version meta.k8s.io/v1)");
        }
        String key = start.startsWith("/") ? start.substring(1) : start;
        if (Arrays.stream(key.split("/", -1))
                .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."))) {
            throw refused(INVALID + ": " + start);
        }
        return new ContinueToken(revision.longValue(), key);
    }

    private static byte[] decoded(String token) {
        for (int at = 0; at < token.length(); at++) {
            char c = token.charAt(at);
            if (!(c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_')) {
                throw refused(INVALID + ": illegal base64 data at input byte " + at);
            }
        }
        try {
            return Base64.getUrlDecoder().decode(token.getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException cut) {
            throw refused(INVALID + ": illegal base64 data at input byte " + (token.length() - 1));
        }
    }

    private static RejectedException refused(String why) {
        return new RejectedException(Status.badRequest("invalid continue token: " + why));
    }

    @Override
    public String toString() {
        ObjectNode tree = Json.object().put("v", VERSION).put("rv", revision).put("start", start);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(tree));
    }
}
