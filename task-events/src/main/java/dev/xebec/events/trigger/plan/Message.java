package dev.xebec.events.trigger.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.model.object.Json;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One record of a topic, as Kafka has it.
 *
 * @param timestampMillis since 1970, as its producer or the broker set it
 * @param key null for none
 * @param value null for none
 */
public record Message(String topic, int partition, long offset, long timestampMillis, @Nullable Bytes key,
        List<Header> headers, @Nullable Bytes value) {

    /** @param value null for none */
    public record Header(String name, @Nullable Bytes value) {}

    public Message {
        headers = List.copyOf(headers);
    }

    /** Bytes of key, headers and value together. */
    public long size() {
        long size = size(key) + size(value);
        for (Header header : headers) {
            size += header.name().length() + size(header.value());
        }
        return size;
    }

    /** The last header of the name, in whatever case; null where there is none. */
    @Nullable
    String header(String name) {
        String found = null;
        for (Header header : headers) {
            Bytes text = header.value();
            if (header.name().toLowerCase(Locale.ROOT).equals(name) && text != null) {
                found = text.utf8();
            }
        }
        return found;
    }

    /** Where it stands, for filters and templates. */
    ObjectNode place() {
        ObjectNode place = Json.object().put("topic", topic).put("partition", partition).put("offset", offset)
                .put("timestamp", timestampMillis);
        Bytes own = key;
        if (own != null) {
            place.put("key", own.utf8());
        }
        return place;
    }

    private static long size(@Nullable Bytes bytes) {
        return bytes == null ? 0 : bytes.size();
    }
}
