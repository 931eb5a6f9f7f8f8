package dev.xebec.gateway.encode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** A media type with its parameters, such as {@code application/json;as=Table;v=v1;g=meta.k8s.io}. */
public record MediaType(String name, Map<String, String> parameters) {
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern WHOLE = Pattern.compile("\\s*" + TOKEN + "(/" + TOKEN + ")?\\s*(;\\s*" + TOKEN
            + "\\s*=\\s*(" + TOKEN + "|\"([^\"\\\\]|\\\\.)*\")\\s*)*;?\\s*");
    /** Entries of an Accept header that are looked at. */
    private static final int MAX_ENTRIES = 32;

    public static MediaType parse(String text) {
        String[] parts = text.split(";", -1);
        if (parts.length == 1) {
            return new MediaType(text.strip().toLowerCase(Locale.ROOT), Map.of());
        }
        Map<String, String> parameters = new HashMap<>();
        for (int at = 1; at < parts.length; at++) {
            int equals = parts[at].indexOf('=');
            if (equals > 0) {
                parameters.put(parts[at].substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        unquoted(parts[at].substring(equals + 1).strip()));
            }
        }
        return new MediaType(parts[0].strip().toLowerCase(Locale.ROOT), parameters);
    }

    /** Whether a header's value is a media type at all. Source: Go's {@code mime.ParseMediaType}. */
    public static boolean isOne(String text) {
        return WHOLE.matcher(text).matches();
    }

    /**
     * In the order of preference: by quality, types with a name before those with a star, else as they stand. Source:
     * goautoneg, which kube-apiserver sorts by; it asks what one entry has to be put before, and not always agrees with
     * itself, so it is followed step by step.
     */
    public static List<MediaType> parseAccept(String header) {
        List<MediaType> types = new ArrayList<>();
        for (String entry : header.split(",", MAX_ENTRIES)) {
            MediaType type = parse(entry);
            if (!type.name().isEmpty()) {
                int at = types.size();
                while (at > 0 && type.isBefore(types.get(at - 1))) {
                    at--;
                }
                types.add(at, type);
            }
        }
        return types;
    }

    private boolean isBefore(MediaType other) {
        return quality() > other.quality() || (!name.startsWith("*") && other.name.startsWith("*"))
                || (!name.endsWith("*") && other.name.endsWith("*"));
    }

    /** Whether it names this type, or all of its family, or all. */
    boolean covers(String mediaType) {
        return name.equals(mediaType) || name.equals("*/*") || (name.endsWith("/*")
                && mediaType.regionMatches(0, name, 0, name.length() - 1));
    }

    /** Empty where it is missing. */
    public String parameter(String parameter) {
        return parameters.getOrDefault(parameter, "");
    }

    private double quality() {
        String quality = parameter("q");
        try {
            return quality.isEmpty() ? 1 : Double.parseDouble(quality);
        } catch (NumberFormatException malformed) {
            return 1;
        }
    }

    private static String unquoted(String value) {
        return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }
}
