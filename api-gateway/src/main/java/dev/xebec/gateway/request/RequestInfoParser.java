package dev.xebec.gateway.request;

import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.GroupVersionResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's method and path. Source: apiserver {@code endpoints/request/requestinfo.go}.
 */
public final class RequestInfoParser {
    private final KindLookup kinds;

    public RequestInfoParser(KindLookup kinds) {
        this.kinds = kinds;
    }

    /** The kinds that are served now. */
    public interface KindLookup {
        @Nullable
        Kind byResource(GroupVersionResource resource);
    }

    public RequestInfo parse(ApiRequest request) {
        return parse(request, kinds);
    }

    /** By other kinds than those at hand. */
    public RequestInfo parse(ApiRequest request, KindLookup served) {
        List<String> parts = split(request.path());
        int at = resourceStart(parts);
        if (at < 0) {
            return new RequestInfo(verb(request, true), request.path(), null, null, "", "", "", "");
        }
        String group = parts.get(0).equals("api") ? "" : parts.get(1);
        String version = parts.get(at - 1);
        boolean oldWatch = parts.get(at).equals("watch") && parts.size() > at + 1;
        return parse(request, parts, oldWatch ? at + 1 : at, group, version, oldWatch, served);
    }

    private RequestInfo parse(ApiRequest request, List<String> parts, int start, String group, String version,
            boolean oldWatch, KindLookup served) {
        int at = start;
        String namespace = "";
        boolean inNamespace = parts.get(at).equals("namespaces") && parts.size() > at + 2
                && !isNamespaceSubresource(parts, at);
        if (inNamespace) {
            namespace = parts.get(at + 1);
            at += 2;
        }
        GroupVersionResource resource = new GroupVersionResource(group, version, parts.get(at));
        String name = part(parts, at + 1);
        String subresource = part(parts, at + 2);
        String subpath = parts.size() > at + 3 ? String.join("/", parts.subList(at + 3, parts.size())) : "";
        Kind kind = served.byResource(resource);
        if (parts.subList(0, Math.min(parts.size(), at + 3)).contains("")) {
            kind = null;
        }
        if (kind != null && (kind.namespaced() ? namespace.isEmpty() && !name.isEmpty() : inNamespace)) {
            kind = null;
        }
        Verb verb = oldWatch ? Verb.WATCH : verb(request, !name.isEmpty());
        return new RequestInfo(verb, request.path(), resource, kind, namespace, name, subresource, subpath);
    }

    /** {@code /api/v1/namespaces/x/finalize} is about the namespace, {@code /api/v1/namespaces/x/pods} is not. */
    private static boolean isNamespaceSubresource(List<String> parts, int at) {
        return parts.size() == at + 3 && (parts.get(at + 2).equals("status") || parts.get(at + 2).equals("finalize"));
    }

    private static int resourceStart(List<String> parts) {
        if (parts.size() >= 3 && parts.get(0).equals("api")) {
            return 2;
        }
        return parts.size() >= 4 && parts.get(0).equals("apis") ? 3 : -1;
    }

    private static Verb verb(ApiRequest request, boolean named) {
        return switch (request.method()) {
            case "POST" -> Verb.CREATE;
            case "PUT" -> Verb.UPDATE;
            case "PATCH" -> Verb.PATCH;
            case "DELETE" -> named ? Verb.DELETE : Verb.DELETE_COLLECTION;
            default -> named ? Verb.GET : watches(request.query()) ? Verb.WATCH : Verb.LIST;
        };
    }

    private static boolean watches(Map<String, String> query) {
        String watch = query.get("watch");
        return watch != null && !watch.equalsIgnoreCase("false") && !watch.equals("0");
    }

    private static String part(List<String> parts, int at) {
        return at < parts.size() ? parts.get(at) : "";
    }

    /** The path's segments without slashes at its ends; two slashes within it have an empty one between them. */
    private static List<String> split(String path) {
        int from = 0;
        int end = path.length();
        while (from < end && path.charAt(from) == '/') {
            from++;
        }
        while (end > from && path.charAt(end - 1) == '/') {
            end--;
        }
        List<String> parts = new ArrayList<>(8);
        int start = from;
        for (int at = from; at <= end; at++) {
            if (at == end || path.charAt(at) == '/') {
                parts.add(path.substring(start, at));
                start = at + 1;
            }
        }
        return parts;
    }
}
