package dev.xebec.gateway.write;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value of a wrong type in the words of the converter that strategic merge patches go through, made from those of the JSON
 * decoder. Source: apimachinery {@code runtime/converter.go}.
 */
final class ConversionFault {
    private static final Pattern DECODED = Pattern
            .compile("json: cannot unmarshal (\\w+)( \\S+)? into Go (?:struct field \\S+|value) of type (.+)");

    private ConversionFault() {}

    static String of(String decoded) {
        Matcher parts = DECODED.matcher(decoded);
        if (!parts.matches()) {
            return decoded;
        }
        String type = parts.group(3);
        String from = kind(parts.group(1), parts.group(2) == null ? "" : parts.group(2).strip());
        if (type.startsWith("[]")) {
            return "cannot restore slice from " + from;
        }
        if (type.startsWith("map[")) {
            return "cannot restore map from " + from;
        }
        if (Character.isUpperCase(type.charAt(type.lastIndexOf('.') + 1))) {
            return "cannot restore struct from: " + from;
        }
        boolean number = from.equals("int64") || from.equals("float64");
        return number && !type.equals("bool") ? "cannot convert " + from + " to " + type : "unrecognized type: " + type;
    }

    private static String kind(String json, String number) {
        return switch (json) {
            case "object" -> "map";
            case "array" -> "slice";
            case "number" -> number.contains(".") || number.contains("e") ? "float64" : "int64";
            default -> json;
        };
    }
}
