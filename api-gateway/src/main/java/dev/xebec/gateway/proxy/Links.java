package dev.xebec.gateway.proxy;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Rewrites URLs of a proxied server, so that they lead through the proxy again. Source: apimachinery
 * {@code util/proxy/transport.go}.
 *
 * @param prefix the proxied server's root as the client knows it
 * @param server the address of the server
 * @param host what the client called the API server
 */
record Links(String prefix, String server, String host) {

    String rewritten(String url) {
        URI parsed;
        try {
            parsed = new URI(url);
        } catch (URISyntaxException unreadable) {
            return url;
        }
        String authority = parsed.getRawAuthority() == null ? "" : parsed.getRawAuthority();
        String path = parsed.getRawPath() == null ? "" : parsed.getRawPath();
        boolean elsewhere = !authority.isEmpty() && !authority.equals(server) && !authority.equals(host);
        if (elsewhere || !path.startsWith("/")) {
            return url;
        }
        String start = authority.equals(host) && !host.isEmpty()
                ? (parsed.getScheme() == null ? "" : parsed.getScheme() + ":") + "//" + authority
                : "";
        String root = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        return start + (path.startsWith(prefix) ? path : root + path)
                + (parsed.getRawQuery() == null ? "" : "?" + parsed.getRawQuery())
                + (parsed.getRawFragment() == null ? "" : "#" + parsed.getRawFragment());
    }
}
