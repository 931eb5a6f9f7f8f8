package dev.xebec.gateway.proxy;

import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rewrites the URLs in a page's tags; scripts, styles and comments stay as they are. Source: apimachinery
 * {@code util/proxy/transport.go} {@code rewriteHTML}.
 */
final class HtmlLinks {
    private static final Map<String, Set<String>> ATTRIBUTES = Map.ofEntries(Map.entry("a", Set.of("href")),
            Map.entry("applet", Set.of("codebase")), Map.entry("area", Set.of("href")),
            Map.entry("audio", Set.of("src")), Map.entry("base", Set.of("href")),
            Map.entry("blockquote", Set.of("cite")), Map.entry("body", Set.of("background")),
            Map.entry("button", Set.of("formaction")), Map.entry("command", Set.of("icon")),
            Map.entry("del", Set.of("cite")), Map.entry("embed", Set.of("src")), Map.entry("form", Set.of("action")),
            Map.entry("frame", Set.of("longdesc", "src")), Map.entry("head", Set.of("profile")),
            Map.entry("html", Set.of("manifest")), Map.entry("iframe", Set.of("longdesc", "src")),
            Map.entry("img", Set.of("longdesc", "src", "usemap")),
            Map.entry("input", Set.of("src", "usemap", "formaction")), Map.entry("ins", Set.of("cite")),
            Map.entry("link", Set.of("href")), Map.entry("object", Set.of("classid", "codebase", "data", "usemap")),
            Map.entry("q", Set.of("cite")), Map.entry("script", Set.of("src")), Map.entry("source", Set.of("src")),
            Map.entry("video", Set.of("poster", "src")));
    private static final Set<String> RAW = Set.of("script", "style", "textarea", "title", "xmp", "iframe", "noembed",
            "noframes");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][^\\s/>]*+");
    /** Possessive throughout: a page cannot make it try again. */
    private static final Pattern ATTRIBUTE = Pattern.compile(
            "([^\\s=>/\"'][^\\s=>/]*+)(?:\\s*+=\\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\\s>\"']++)))?+");

    private final String page;
    private final UnaryOperator<String> rewrite;
    private final StringBuilder out;

    private HtmlLinks(String page, UnaryOperator<String> rewrite) {
        this.page = page;
        this.rewrite = rewrite;
        this.out = new StringBuilder(page.length() + page.length() / 8);
    }

    static String rewritten(String page, UnaryOperator<String> rewrite) {
        HtmlLinks links = new HtmlLinks(page, rewrite);
        int at = 0;
        while (at < page.length()) {
            at = links.step(at);
        }
        return links.out.toString();
    }

    /** Copies text up to a tag, and the tag; returns where the next step begins. */
    private int step(int from) {
        int tag = page.indexOf('<', from);
        if (tag < 0) {
            return copy(from, page.length());
        }
        copy(from, tag);
        if (page.startsWith("<!--", tag)) {
            int end = page.indexOf("-->", tag + 4);
            return copy(tag, end < 0 ? page.length() : end + 3);
        }
        Matcher name = NAME.matcher(page).region(tag + 1, page.length());
        if (!name.lookingAt()) {
            return copy(tag, tag + 1);
        }
        String word = name.group().toLowerCase(java.util.Locale.ROOT);
        int end = attributes(word, tag, name.end());
        if (!RAW.contains(word)) {
            return end;
        }
        Matcher close = Pattern.compile("</" + word + "[\\s/>]", Pattern.CASE_INSENSITIVE).matcher(page);
        return copy(end, close.find(end) ? close.start() : page.length());
    }

    private int copy(int from, int to) {
        out.append(page, from, to);
        return to;
    }

    private int attributes(String tag, int start, int from) {
        Set<String> urls = ATTRIBUTES.getOrDefault(tag, Set.of());
        int copied = start;
        int at = from;
        Matcher attribute = ATTRIBUTE.matcher(page);
        while (at < page.length() && page.charAt(at) != '>') {
            attribute.region(at, page.length());
            if (!attribute.lookingAt()) {
                at++;
                continue;
            }
            at = attribute.end();
            int group = attribute.group(2) != null ? 2 : attribute.group(3) != null ? 3 : 4;
            String value = attribute.group(group);
            if (value != null && urls.contains(attribute.group(1).toLowerCase(java.util.Locale.ROOT))) {
                copy(copied, attribute.start(group));
                out.append(escaped(rewrite.apply(plain(value)), value));
                copied = attribute.end(group);
            }
        }
        return copy(copied, Math.min(page.length(), at + 1));
    }

    private static String plain(String value) {
        return value.replace("&quot;", "\"").replace("&#34;", "\"").replace("&#39;", "'").replace("&amp;", "&");
    }

    /** What was not changed stays as it was written. */
    private static String escaped(String url, String written) {
        return url.equals(plain(written))
                ? written
                : url.replace("&", "&amp;").replace("\"", "&#34;").replace("'", "&#39;").replace("<", "&lt;")
                        .replace(">", "&gt;");
    }
}
