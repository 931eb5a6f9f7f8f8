package dev.xebec.gateway.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.Saved;
import dev.xebec.model.object.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/**
 * A backup as text, a JSON object a line: what it is; then each key with its value; then how many there were, without which a backup is not
 * whole. Values are the stored bytes, as text where they are UTF-8.
 */
public final class BackupText {
    public static final String CONTENT_TYPE = "application/x-ndjson";
    /** The newest form, the only one so far. */
    public static final int FORMAT = 1;

    private static final String FORMAT_FIELD = "xebecBackup";

    private BackupText() {}

    /** A line of a backup. */
    public sealed interface Line {}

    /**
     * The first line.
     *
     * @param revision the one that all of it was read at
     * @param taken by the gateway's clock
     */
    public record Header(int format, long revision, Instant taken) implements Line {}

    public record Entry(Saved saved) implements Line {}

    /** The last line. */
    public record End(long keys) implements Line {}

    static Bytes line(Header header) {
        return line(Json.object().put(FORMAT_FIELD, header.format()).put("revision", header.revision()).put("taken",
                header.taken().toString()));
    }

    static Bytes line(Saved saved) {
        ObjectNode line = Json.object().put("key", saved.key());
        try {
            return line(line.put("value", StandardCharsets.UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(saved.value().array())).toString()));
        } catch (CharacterCodingException binary) {
            return line(line.put("base64", Base64.getEncoder().encodeToString(saved.value().array())));
        }
    }

    static Bytes line(End end) {
        return line(Json.object().put("end", true).put("keys", end.keys()));
    }

    private static Bytes line(ObjectNode tree) {
        byte[] json = Json.bytes(tree);
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return Bytes.of(line);
    }

    /** @throws IllegalArgumentException where a line is not one of a backup that this build knows */
    public static Line parse(byte[] line) {
        JsonNode tree;
        try {
            tree = Json.parse(line);
        } catch (RuntimeException malformed) {
            throw new IllegalArgumentException("a line that is not JSON", malformed);
        }
        if (tree.has(FORMAT_FIELD)) {
            int format = tree.path(FORMAT_FIELD).asInt();
            if (format != FORMAT) {
                throw new IllegalArgumentException(
                        "a backup of form " + format + "; this build knows form " + FORMAT);
            }
            return new Header(format, tree.path("revision").asLong(), Instant.parse(tree.path("taken").asText()));
        }
        if (tree.has("key")) {
            Bytes value = tree.has("base64")
                    ? Bytes.of(Base64.getDecoder().decode(tree.path("base64").asText()))
                    : Bytes.utf8(tree.path("value").asText());
            return new Entry(new Saved(tree.path("key").asText(), value));
        }
        if (tree.path("end").asBoolean()) {
            return new End(tree.path("keys").asLong());
        }
        throw new IllegalArgumentException("a line that no backup has");
    }
}
