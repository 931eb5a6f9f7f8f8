package dev.xebec.model.openapi;

import dev.xebec.model.object.GroupVersion;
import java.util.Locale;

/**
 * How operations and their tags are called: generated clients name their methods and classes by it.
 *
 * <p>Source: apiserver {@code endpoints/openapi/openapi.go}, {@code endpoints/installer.go}.
 */
final class OperationIds {
    private OperationIds() {}

    /** {@code list}, {@code apps/v1}, {@code NamespacedDeployment} make {@code listAppsV1NamespacedDeployment}. */
    static String of(String verb, GroupVersion version, String rest) {
        return verb + words(group(version), true) + words(version.version(), true) + words(rest, true);
    }

    /** {@code apps_v1}. */
    static String tag(GroupVersion version) {
        return words(group(version), false) + "_" + words(version.version(), false);
    }

    static String groupTag(String group) {
        return words(group(new GroupVersion(group, "")), false);
    }

    /** {@code getAppsAPIGroup}. */
    static String ofGroup(String group, String rest) {
        return "get" + words(group(new GroupVersion(group, "")), true) + rest;
    }

    /** The first letter large and the others small. */
    static String title(String word) {
        return word.isEmpty() ? "" : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static String group(GroupVersion version) {
        return version.group().isEmpty() ? "core" : version.group().replaceFirst("\\.k8s\\.io$", "");
    }

    /** Letters and digits, with a large letter behind what is neither. */
    private static String words(String text, boolean large) {
        StringBuilder words = new StringBuilder();
        boolean next = large;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (Character.isLetter(c) || c == '_' || (at != 0 && Character.isDigit(c))) {
                words.append(next ? Character.toUpperCase(c) : c);
                next = false;
            } else {
                next = true;
            }
        }
        return words.toString();
    }
}
