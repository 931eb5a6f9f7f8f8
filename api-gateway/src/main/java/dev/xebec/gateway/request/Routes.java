package dev.xebec.gateway.request;

import dev.xebec.model.object.GroupVersionKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Which handler answers what beyond the verbs on stored objects. Filled while the gateway is wired, then only read. */
public final class Routes {
    private final Map<String, Handler> paths = new HashMap<>();
    private final TreeMap<String, Handler> prefixes = new TreeMap<>();
    private final Set<String> unlisted = new HashSet<>();
    private BiConsumer<String, Call> guard = (name, call) -> {
    };
    private final Map<String, Handler> subresources = new HashMap<>();
    private final Map<String, Handler> resources = new HashMap<>();
    private final Map<GroupVersionKind, Handler> spoken = new HashMap<>();

    /** One exact path, such as {@code /version}. */
    public Routes path(String path, Handler handler) {
        return add(paths, path, handler);
    }

    /** A path and all below it, such as {@code /openapi/v3}. Exact paths come first, then longer prefixes. */
    public Routes prefix(String path, Handler handler) {
        return add(prefixes, path, handler);
    }

    /** A path below which something is done, and nothing can be read: {@code GET /} does not list it. */
    public Routes action(String path, Handler handler) {
        unlisted.add(path);
        return prefix(path, handler);
    }

    /** @param name such as {@code pods/log} or {@code deployments.apps/scale} */
    public Routes subresource(String name, Handler handler) {
        return add(subresources, name, handler);
    }

    /** Every subresource that speaks this kind, whatever it is of; one with a handler of its own comes first. */
    public Routes speaking(GroupVersionKind kind, Handler handler) {
        return add(spoken, kind, handler);
    }

    /** A kind that is not stored. @param groupResource such as {@code tokenreviews.authentication.k8s.io} */
    public Routes resource(String groupResource, Handler handler) {
        return add(resources, groupResource, handler);
    }

    public @Nullable Handler forPath(String path) {
        Handler exact = paths.get(path);
        if (exact != null) {
            return exact;
        }
        for (Map.Entry<String, Handler> entry : prefixes.headMap(path, true).descendingMap().entrySet()) {
            String prefix = entry.getKey();
            if (path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/')) {
                return entry.getValue();
            }
        }
        return null;
    }

    public @Nullable Handler forSubresource(String name) {
        Handler handler = subresources.get(name);
        return handler == null ? null : new Guarded(name, handler, guard);
    }

    /** @param before called with a subresource's name, such as {@code pods/exec}, ahead of its handler; may block and refuse */
    public Routes guarded(BiConsumer<String, Call> before) {
        guard = before;
        return this;
    }

    /** A handler that stays what it is, also in how long it may take, but answers only what was let through. */
    private record Guarded(String name, Handler handler, BiConsumer<String, Call> guard) implements Handler {

        @Override
        public Answer handle(Call call) {
            guard.accept(name, call);
            return handler.handle(call);
        }

        @Override
        public boolean longRunning() {
            return handler.longRunning();
        }

        @Override
        public boolean ofItsOwnForm() {
            return handler.ofItsOwnForm();
        }
    }

    public @Nullable Handler forSpoken(GroupVersionKind kind) {
        return spoken.get(kind);
    }

    public @Nullable Handler forResource(String groupResource) {
        return resources.get(groupResource);
    }

    /** All paths without a resource, sorted, as {@code GET /} lists them. */
    public java.util.List<String> allPaths() {
        TreeMap<String, Handler> all = new TreeMap<>(paths);
        all.putAll(prefixes);
        unlisted.forEach(all::remove);
        return java.util.List.copyOf(all.keySet());
    }

    private <K> Routes add(Map<K, Handler> where, K key, Handler handler) {
        if (where.put(key, handler) != null) {
            throw new IllegalStateException("two handlers for " + key);
        }
        return this;
    }
}
