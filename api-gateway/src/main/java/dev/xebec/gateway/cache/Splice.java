package dev.xebec.gateway.cache;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.xebec.model.object.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Puts a revision into an object's bytes without reading the rest: stored JSON has no resourceVersion, what is served has
 * it as the first field of its metadata.
 */
public final class Splice {
    private static final byte[] FIELD = "\"resourceVersion\":\"".getBytes(StandardCharsets.US_ASCII);

    private Splice() {}

    /** Bytes with a revision in them. @param digitsAt where its digits begin; -1 where there is no place for one */
    public record Spliced(byte[] json, int digitsAt) {}

    /** Stored bytes without a resourceVersion become those with one. */
    public static Spliced insert(byte[] stored, long revision) {
        int at = afterMetadataBrace(stored);
        if (at < 0) {
            return new Spliced(stored, -1);
        }
        byte[] digits = digits(revision);
        boolean alone = firstAfterSpace(stored, at) == '}';
        byte[] json = new byte[stored.length + FIELD.length + digits.length + (alone ? 1 : 2)];
        System.arraycopy(stored, 0, json, 0, at);
        System.arraycopy(FIELD, 0, json, at, FIELD.length);
        int digitsAt = at + FIELD.length;
        System.arraycopy(digits, 0, json, digitsAt, digits.length);
        int next = digitsAt + digits.length;
        json[next++] = '"';
        if (!alone) {
            json[next++] = ',';
        }
        System.arraycopy(stored, at, json, next, stored.length - at);
        return new Spliced(json, digitsAt);
    }

    /** The same object at another revision, such as that of its deletion. */
    public static byte[] replace(byte[] json, int digitsAt, long revision) {
        if (digitsAt < 0) {
            return json;
        }
        int end = digitsAt;
        while (json[end] != '"') {
            end++;
        }
        byte[] digits = digits(revision);
        byte[] other = new byte[json.length - (end - digitsAt) + digits.length];
        System.arraycopy(json, 0, other, 0, digitsAt);
        System.arraycopy(digits, 0, other, digitsAt, digits.length);
        System.arraycopy(json, end, other, digitsAt + digits.length, json.length - end);
        return other;
    }

    /** apiVersion, kind and metadata of bytes of the stored form: all before the rest, which is left out. */
    public static byte[] metadataOnly(byte[] json) {
        try (JsonParser parser = Json.MAPPER.getFactory().createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean metadata = parser.currentName().equals("metadata");
                parser.nextToken();
                parser.skipChildren();
                if (metadata) {
                    int end = (int) parser.currentLocation().getByteOffset();
                    byte[] only = Arrays.copyOf(json, end + 1);
                    only[end] = '}';
                    return only;
                }
            }
            return json;
        } catch (IOException notJson) {
            return json;
        }
    }

    private static final byte[] HEAD = "{\"apiVersion\":\"".getBytes(StandardCharsets.US_ASCII);

    /** Whether bytes of the stored form begin with this version. */
    static boolean speaks(byte[] json, String apiVersion) {
        int length = apiVersion.length();
        if (json.length <= HEAD.length + length || json[HEAD.length + length] != '"') {
            return false;
        }
        for (int at = 0; at < HEAD.length; at++) {
            if (json[at] != HEAD[at]) {
                return false;
            }
        }
        for (int at = 0; at < length; at++) {
            if (json[HEAD.length + at] != apiVersion.charAt(at)) {
                return false;
            }
        }
        return true;
    }

    /** Bytes of the stored form with another version in their head. @param digitsAt where the revision's digits begin */
    static Spliced rename(byte[] json, int digitsAt, String apiVersion) {
        int end = HEAD.length;
        while (json[end] != '"') {
            end++;
        }
        byte[] version = apiVersion.getBytes(StandardCharsets.UTF_8);
        byte[] other = new byte[json.length - (end - HEAD.length) + version.length];
        System.arraycopy(json, 0, other, 0, HEAD.length);
        System.arraycopy(version, 0, other, HEAD.length, version.length);
        System.arraycopy(json, end, other, HEAD.length + version.length, json.length - end);
        return new Spliced(other, digitsAt < 0 ? -1 : digitsAt + other.length - json.length);
    }

    private static int afterMetadataBrace(byte[] stored) {
        try (JsonParser parser = Json.MAPPER.getFactory().createParser(stored)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return -1;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean metadata = parser.currentName().equals("metadata");
                JsonToken value = parser.nextToken();
                if (metadata) {
                    return value == JsonToken.START_OBJECT ? (int) parser.currentLocation().getByteOffset() : -1;
                }
                parser.skipChildren();
            }
            return -1;
        } catch (IOException notJson) {
            return -1;
        }
    }

    private static byte firstAfterSpace(byte[] json, int from) {
        int at = from;
        while (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t') {
            at++;
        }
        return json[at];
    }

    private static byte[] digits(long revision) {
        return Long.toString(revision).getBytes(StandardCharsets.US_ASCII);
    }
}
