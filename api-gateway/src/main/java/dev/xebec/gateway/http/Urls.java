package dev.xebec.gateway.http;

import dev.xebec.gateway.request.Call;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Percent-encoding of paths and queries. Throws {@link IllegalArgumentException} on malformed input. */
final class Urls {
    /** Parameters of a query. */
    private static final int MAX_PARAMETERS = 1_000;

    private static final Set<String> REPEATED = Set.of("command", "ports", "dryRun",
            "exclude");

    private Urls() {}

    static String decodePath(String path) {
        return path.indexOf('%') < 0 ? path : URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /**
     * The first value counts where a name is repeated, except that a repeated {@code command}, {@code dryRun}, {@code exclude} or
     * {@code ports} is kept whole, as {@link Call#words} reads it. Like Go's clients and servers it leaves out what is malformed.
     */
    static Map<String, String> query(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return Map.of();
        }
        Map<String, String> parameters = new HashMap<>();
        int start = 0;
        while (start < query.length() && parameters.size() < MAX_PARAMETERS) {
            int end = query.indexOf('&', start);
            int stop = end < 0 ? query.length() : end;
            if (stop > start) {
                int equals = query.indexOf('=', start);
                boolean valued = equals >= 0 && equals < stop;
                put(parameters, query.substring(start, valued ? equals : stop),
                        valued ? query.substring(equals + 1, stop) : "");
            }
            start = stop + 1;
        }
        return parameters;
    }

    private static void put(Map<String, String> parameters, String encodedName, String encodedValue) {
        String name;
        String value;
        try {
            name = decode(encodedName);
            value = decode(encodedValue);
        } catch (IllegalArgumentException malformed) {
            return;
        }
        if (REPEATED.contains(name)) {
            parameters.merge(name, value, (before, more) -> before + Call.WORD_END + more);
        } else {
            parameters.putIfAbsent(name, value);
        }
    }

    private static String decode(String text) {
        return text.indexOf('%') < 0 && text.indexOf('+') < 0 ? text : URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
