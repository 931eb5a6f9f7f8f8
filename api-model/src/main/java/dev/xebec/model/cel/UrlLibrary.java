package dev.xebec.model.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** URLs. Source: apiserver {@code pkg/cel/library/urls.go}. */
final class UrlLibrary {
    private static final CelType TYPE = OpaqueType.create("kubernetes.URL");

    static final List<CelFunction> FUNCTIONS = List.of(
            CelFunction.global("url", "string_to_url", TYPE, List.of(SimpleType.STRING), List.of(String.class),
                    arguments -> require((String) arguments[0])),
            CelFunction.global("isURL", "is_url_string", SimpleType.BOOL, List.of(SimpleType.STRING),
                    List.of(String.class), arguments -> parse((String) arguments[0]) != null),
            part("getScheme", "url_get_scheme", uri -> text(uri.getScheme())),
            part("getHost", "url_get_host", UrlLibrary::host),
            part("getHostname", "url_get_hostname", uri -> text(uri.getHost()).replaceAll("^\\[|]$", "")),
            part("getPort", "url_get_port", uri -> uri.getPort() < 0 ? "" : Integer.toString(uri.getPort())),
            part("getEscapedPath", "url_get_escaped_path", uri -> text(uri.getRawPath())),
            CelFunction.member("getQuery", "url_get_query",
                    MapType.create(SimpleType.STRING, ListType.create(SimpleType.STRING)), List.of(TYPE),
                    List.of(URI.class), arguments -> query((URI) arguments[0])));

    private UrlLibrary() {}

    private static CelFunction part(String name, String overload, Function<URI, String> read) {
        return CelFunction.member(name, overload, SimpleType.STRING, List.of(TYPE), List.of(URI.class),
                arguments -> read.apply((URI) arguments[0]));
    }

    /** As Go's ParseRequestURI: absolute, or a rooted path; fragments are part of the path. */
    private static @Nullable URI parse(String text) {
        try {
            URI uri = new URI(text.replace("#", "%23"));
            return uri.isAbsolute() || text.startsWith("/") ? uri : null;
        } catch (URISyntaxException malformed) {
            return null;
        }
    }

    private static URI require(String text) {
        URI uri = parse(text);
        if (uri == null) {
            throw new IllegalArgumentException("URL parse error during conversion from string: parse \"" + text
                    + "\": invalid URI for request");
        }
        return uri;
    }

    private static String host(URI uri) {
        return text(uri.getHost()) + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    private static Map<String, List<String>> query(URI uri) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String pair : text(uri.getRawQuery()).split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String key = decode(equals < 0 ? pair : pair.substring(0, equals));
                query.computeIfAbsent(key, absent -> new ArrayList<>())
                        .add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
