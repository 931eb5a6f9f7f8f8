package dev.xebec.gateway.request;

import dev.xebec.contracts.Bytes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What only a request over HTTP has: for handlers that hand requests on or leave HTTP. The body can be read here where the
 * handler is {@linkplain Handler#longRunning long-running}; it is empty otherwise.
 */
public interface Wire {

    /** Of a request that came another way. */
    Wire NONE = new Wire() {
        @Override
        public String target() {
            return "";
        }

        @Override
        public List<Map.Entry<String, String>> headers() {
            return List.of();
        }

        @Override
        public String client() {
            return "";
        }

        @Override
        public @Nullable Bytes read() {
            return null;
        }
    };

    /** Path and query as they were sent. */
    String target();

    /** In order, names as they were sent; over HTTP/2 {@code :authority} is the first, and none is {@code Host}. */
    List<Map.Entry<String, String>> headers();

    /** The client's address. */
    String client();

    /**
     * The next piece of the body; null at its end. Blocks a virtual thread.
     * {@link dev.xebec.contracts.UnavailableException} where the client has gone.
     */
    @Nullable
    Bytes read();

    /** The values of a header, in order, commas taken apart. */
    default List<String> words(String name) {
        return headers().stream().filter(header -> header.getKey().equalsIgnoreCase(name))
                .flatMap(header -> List.of(header.getValue().split(",")).stream()).map(String::strip)
                .filter(word -> !word.isEmpty()).toList();
    }

    /** Whether one of a header's values is this word, whatever its case. */
    default boolean says(String name, String word) {
        return words(name).stream().anyMatch(each -> each.toLowerCase(Locale.ROOT).equals(word));
    }
}
