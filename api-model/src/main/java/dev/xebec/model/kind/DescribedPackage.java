package dev.xebec.model.kind;

import dev.xebec.model.object.GroupVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One description file, cut into its blocks: a header, then kinds and types, each begun by a keyword and ended by an
 * empty line.
 *
 * @param name such as {@code core.v1}
 * @param groupVersion what the package serves; of no group where it only lends types
 * @param onByDefault whether its kinds are served where nobody asks for them
 * @param openApi prefix of the types' names in OpenAPI documents
 */
record DescribedPackage(String name, GroupVersion groupVersion, boolean onByDefault, String openApi,
        List<String> blocks) {
    private static final String FOLDER = "/dev/xebec/model/kinds/";

    /** The names of all packages, in the order in which discovery lists what they serve. */
    static List<String> index() {
        return resource("index").lines().toList();
    }

    static DescribedPackage read(String name) {
        List<String> blocks = blocks(resource(name + ".kinds"));
        String openApi = "";
        GroupVersion groupVersion = new GroupVersion("", "");
        boolean onByDefault = true;
        for (String line : blocks.get(0).lines().toList()) {
            List<String> words = Words.of(line);
            switch (words.get(0)) {
                case "serves" -> {
                    groupVersion = GroupVersion.parse(words.get(1));
                    onByDefault = !words.contains("off");
                }
                case "openapi" -> openApi = words.get(1);
                default -> {
                    // The package's own name, and comments.
                }
            }
        }
        return new DescribedPackage(name, groupVersion, onByDefault, openApi, blocks.subList(1, blocks.size()));
    }

    private static List<String> blocks(String text) {
        List<String> blocks = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int gap = text.indexOf("\n\n", at);
            int end = gap < 0 ? text.length() : gap;
            blocks.add(text.substring(at, end).strip());
            at = end + 2;
        }
        return blocks;
    }

    private static String resource(String file) {
        try (InputStream in = KindRegistry.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IllegalStateException("no description " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
