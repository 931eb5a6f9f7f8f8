package dev.xebec.model.openapi;

import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.Kind.Subresource;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.schema.Schema.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a kind, as Kubernetes registers them.
 *
 * <p>Source: apiserver {@code endpoints/installer.go}, apiextensions-apiserver {@code openapi/builder/builder.go}.
 */
final class Operations {
    private static final GroupVersionKind STATUS = new GroupVersionKind("", "v1", "Status");
    private static final GroupVersionKind DELETE_OPTIONS = new GroupVersionKind("", "v1", "DeleteOptions");
    private static final GroupVersionKind WATCH_EVENT = new GroupVersionKind("meta", "v1", "WatchEvent");
    private static final List<Integer> OK = List.of(200);
    private static final List<Integer> OK_OR_CREATED = List.of(200, 201);
    private static final List<Integer> OK_OR_ACCEPTED = List.of(200, 202);
    private static final List<Integer> OF_CREATE = List.of(200, 201, 202);
    private static final Map<String, String> METHODS = Map.of("get", "get", "create", "post", "update", "put", "patch",
            "patch", "delete", "delete");

    private final KindRegistry registry;
    private final Kind kind;
    private final GroupVersion version;
    private final boolean custom;
    private final String scope;
    private final List<Operation> all = new ArrayList<>();

    private Operations(KindRegistry registry, Kind kind) {
        this.registry = registry;
        this.kind = kind;
        this.version = kind.groupVersion();
        this.custom = kind.custom() != null;
        this.scope = kind.namespaced() ? "Namespaced" : "";
    }

    static List<Operation> of(Kind kind, KindRegistry registry) {
        Operations operations = new Operations(registry, kind);
        String collection = kind.resource().path(kind.namespaced() ? "{namespace}" : "");
        operations.collection(collection);
        operations.item(collection + "/{name}");
        if (kind.namespaced() && kind.verbs().contains("list")) {
            operations.everywhere(kind.resource().path(""));
        }
        if (!operations.custom) {
            operations.watches();
        }
        for (Subresource subresource : kind.subresources().values()) {
            operations.subresource(collection + "/{name}/" + subresource.name(), subresource);
        }
        return operations.all;
    }

    private void collection(String path) {
        Set<String> verbs = kind.verbs();
        GroupVersionKind name = kind.name();
        if (verbs.contains("list")) {
            list(path, scope + name.kind());
        }
        if (verbs.contains("create")) {
            add(path, "post", "create", "post", "Creates one: " + name.kind() + ".", scope + name.kind(), name, "write",
                    new Operation.Body(name, true), name, types(), OF_CREATE);
        }
        if (verbs.contains("deletecollection")) {
            List<Parameter> parameters = custom
                    ? Parameters.set("list")
                    : Stream.concat(Parameters.set("list").stream()
                            .filter(one -> !one.name().equals("watch") && !one.name().equals("allowWatchBookmarks")),
                            Parameters.set("delete").stream()).toList();
            add(path, "delete", "delete", "deletecollection", "Deletes all that are selected: " + name.kind() + ".",
                    "Collection" + scope + name.kind(), name, parameters,
                    custom ? null : new Operation.Body(DELETE_OPTIONS, false), STATUS, types(), OK);
        }
    }

    private void list(String path, String rest) {
        add(path, "get", "list", "list", "Lists or watches: " + kind.name().kind() + ".", rest, kind.name(), "list",
                null, version.kind(kind.listKind()), custom ? types() : Operation.BUILT_IN_OR_STREAM, OK);
    }

    private void everywhere(String path) {
        list(path, kind.name().kind() + "ForAllNamespaces");
    }

    private void item(String path) {
        readAndChange(path, kind.verbs(), kind.name(), "");
        if (kind.verbs().contains("delete")) {
            GroupVersionKind gives = kind.returnsDeleted() ? kind.name() : STATUS;
            add(path, "delete", "delete", "delete", "Deletes one: " + kind.name().kind() + ".",
                    scope + kind.name().kind(), kind.name(), "delete", new Operation.Body(DELETE_OPTIONS, false), gives,
                    types(), OK_OR_ACCEPTED);
        }
    }

    private void readAndChange(String path, Set<String> verbs, GroupVersionKind speaks, String subresource) {
        String rest = scope + kind.name().kind() + OperationIds.title(subresource);
        String what = kind.name().kind() + (subresource.isEmpty() ? "." : ", its " + subresource + ".");
        GroupVersionKind about = custom ? kind.name() : speaks;
        if (verbs.contains("get")) {
            add(path, "get", "read", "get", "Reads one: " + what, rest, about, custom ? "custom-get" : "", null, speaks,
                    types(), OK);
        }
        if (verbs.contains("update")) {
            add(path, "put", "replace", "put", "Replaces one: " + what, rest, about, "write",
                    new Operation.Body(speaks, true), speaks, types(), OK_OR_CREATED);
        }
        if (verbs.contains("patch")) {
            add(path, "patch", "patch", "patch", "Changes one in part: " + what, rest, about, "patch",
                    new Operation.Body(null, true), speaks, types(), custom ? OK : OK_OR_CREATED);
        }
    }

    private void subresource(String path, Subresource subresource) {
        String parameters = kind.plural() + "/" + subresource.name();
        boolean textual = !Parameters.set(parameters).isEmpty();
        if (textual) {
            add(path, "get", "read", "get", "Reads as text: " + parameters + ".",
                    scope + kind.name().kind() + OperationIds.title(subresource.name()), kind.name(), parameters, null,
                    null, Stream.concat(Stream.of("text/plain"), types().stream()).toList(), OK);
        } else if (!custom && registry.body(subresource.kind()).isEmpty()) {
            connections(path, subresource);
        } else {
            readAndChange(path, subresource.verbs(), subresource.kind(), subresource.name());
            if (subresource.verbs().contains("create")) {
                add(path, "post", "create", "post", "Creates one: " + parameters + ".",
                        scope + kind.name().kind() + OperationIds.title(subresource.name()), subresource.kind(),
                        "write", new Operation.Body(subresource.kind(), true), subresource.kind(), types(), OF_CREATE);
            }
        }
    }

    /** What takes the connection over: by each method, and where all are taken also below the path. */
    private void connections(String path, Subresource subresource) {
        List<String> methods = new ArrayList<>(
                subresource.verbs().stream().map(verb -> METHODS.getOrDefault(verb, verb))
                        .toList());
        boolean all = subresource.verbs().containsAll(METHODS.keySet());
        if (all) {
            methods.addAll(List.of("head", "options"));
        }
        for (String method : methods) {
            String rest = OperationIds.title(method) + scope + kind.name().kind()
                    + OperationIds.title(subresource.name());
            connection(path, method, rest, subresource);
            if (all) {
                connection(path + "/{path}", method, rest + "WithPath", subresource);
            }
        }
    }

    private void connection(String path, String method, String rest, Subresource subresource) {
        List<Parameter> parameters = new ArrayList<>(Parameters.set(subresource.kind().kind()));
        parameters.addAll(Parameters.ofPath(path, subresource.kind().kind()));
        all.add(new Operation(path, method, OperationIds.of("connect", version, rest), OperationIds.tag(version),
                "Connects to one: " + kind.plural() + "/" + subresource.name() + ".", "connect", subresource.kind(),
                sorted(parameters), null, null, Operation.ANY, Operation.ANY, OK));
    }

    /** The paths of old clients. */
    private void watches() {
        if (!kind.verbs().contains("watch")) {
            return;
        }
        String prefix = kind.resource().path("").substring(0,
                kind.resource().path("").length() - kind.plural().length());
        String scoped = kind.resource().path(kind.namespaced() ? "{namespace}" : "").substring(prefix.length());
        String name = kind.name().kind();
        watch(prefix + "watch/" + scoped, "watchlist", scope + name + "List");
        watch(prefix + "watch/" + scoped + "/{name}", "watch", scope + name);
        if (kind.namespaced()) {
            watch(prefix + "watch/" + kind.plural(), "watchlist", name + "ListForAllNamespaces");
        }
    }

    private void watch(String path, String action, String rest) {
        add(path, "get", "watch", action, "Watches, as old clients do: " + kind.name().kind() + ".", rest, kind.name(),
                "list", null, WATCH_EVENT, Operation.BUILT_IN_OR_STREAM, OK);
    }

    private List<String> types() {
        return custom ? Operation.CUSTOM : Operation.BUILT_IN;
    }

    private void add(String path, String method, String verb, String action, String description, String rest,
            GroupVersionKind about, String set, Operation.@Nullable Body takes, @Nullable GroupVersionKind gives,
            List<String> produces, List<Integer> codes) {
        add(path, method, verb, action, description, rest, about, Parameters.set(set), takes, gives, produces, codes);
    }

    private void add(String path, String method, String verb, String action, String description, String rest,
            GroupVersionKind about, List<Parameter> query, Operation.@Nullable Body takes,
            @Nullable GroupVersionKind gives, List<String> produces, List<Integer> codes) {
        List<Parameter> parameters = new ArrayList<>(query);
        parameters.add(Parameters.PRETTY);
        parameters.addAll(Parameters.ofPath(path, kind.name().kind()));
        all.add(new Operation(path, method, OperationIds.of(verb, version, rest), OperationIds.tag(version),
                description, action, about, sorted(parameters), takes, gives, consumes(method), produces, codes));
    }

    private List<String> consumes(String method) {
        if (method.equals("patch")) {
            boolean strategic = !custom && kind.schema() instanceof Struct struct
                    && registry.openApiName(struct.typeName()).isPresent();
            return strategic ? Operation.PATCHES : Operation.CUSTOM_PATCHES;
        }
        return custom ? Operation.CUSTOM : Operation.ANY;
    }

    private static List<Parameter> sorted(List<Parameter> parameters) {
        return parameters.stream().sorted().toList();
    }
}
