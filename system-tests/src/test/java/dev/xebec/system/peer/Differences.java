package dev.xebec.system.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Where two answers differ, but for what differs between any two servers. */
final class Differences {
    private static final Pattern UID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
    private static final Set<String> OF_THE_SERVER = Set.of("resourceVersion", "clusterIP", "clusterIPs",
            "serverAddress", "continue");

    private Differences() {}

    static List<String> between(Asked.Answer real, Asked.Answer ours) {
        List<String> found = new ArrayList<>();
        if (real.code() != ours.code()) {
            found.add("code: " + real.code() + " there, " + ours.code() + " here");
        }
        if (!real.warnings().equals(ours.warnings())) {
            found.add("warnings: " + real.warnings() + " there, " + ours.warnings() + " here");
        }
        compare("", real.body(), ours.body(), found);
        return found;
    }

    private static void compare(String path, JsonNode real, JsonNode ours, List<String> found) {
        if (real.isObject() && ours.isObject()) {
            Set<String> names = new LinkedHashSet<>();
            real.fieldNames().forEachRemaining(names::add);
            ours.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                boolean both = real.has(name) && ours.has(name);
                if (!(both && OF_THE_SERVER.contains(name))) {
                    compare(path + "/" + name, real.path(name), ours.path(name), found);
                }
            }
        } else if (real.isArray() && ours.isArray() && real.size() == ours.size()) {
            for (int at = 0; at < real.size(); at++) {
                compare(path + "/" + at, real.get(at), ours.get(at), found);
            }
        } else if (!same(real, ours)) {
            found.add(path + ": " + shown(real) + " there, " + shown(ours) + " here");
        }
    }

    private static boolean same(JsonNode real, JsonNode ours) {
        if (real.isTextual() && ours.isTextual()) {
            return plain(real.textValue()).equals(plain(ours.textValue()));
        }
        return real.isNumber() && ours.isNumber()
                ? real.decimalValue().compareTo(ours.decimalValue()) == 0
                : real.equals(ours);
    }

    private static String plain(String text) {
        return TIME.matcher(UID.matcher(text).replaceAll("UID")).replaceAll("TIME");
    }

    private static String shown(JsonNode value) {
        return value instanceof MissingNode ? "nothing" : value.toString();
    }
}
