package dev.xebec.gateway.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.gateway.kinds.ServedKinds;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.model.discovery.Discovery;
import dev.xebec.model.kind.KindGroup;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api} and {@code /apis} and the documents below them. Each is made when it is asked for and kept for as long as the
 * groups that it tells of are the same; one of all groups is put together from parts that are kept so.
 */
final class DiscoveryPath extends ReadOnly {
    private final ServedKinds kinds;
    private final Supplier<String> address;
    /** Only documents that existed once: as many as there were groups and versions. */
    private final Map<Wanted, Known> documents = new ConcurrentHashMap<>();
    private final GroupParts aggregated = new GroupParts(Discovery::aggregatedGroup);
    private final GroupParts described = new GroupParts(Discovery::described);

    private record Wanted(List<String> path, DiscoveryForm form) {}

    /** @param source what the document follows from, compared by identity */
    private record Known(Object source, Document document) {}

    DiscoveryPath(ServedKinds kinds, Supplier<String> address) {
        this.kinds = kinds;
        this.address = address;
    }

    @Override
    Answer read(Call call) {
        Wanted wanted = wanted(call);
        KindRegistry registry = kinds.newestIfReachable();
        Object source = source(wanted, registry);
        Known known = source == null ? null : documents.get(wanted);
        if (source == null) {
            documents.remove(wanted);
            throw new RejectedException(Status.noSuchPath());
        }
        if (known == null || known.source() != source) {
            known = new Known(source, Document.of(wanted.form().contentType(), body(wanted, registry)
                    .orElseThrow(() -> new RejectedException(Status.noSuchPath()))));
            documents.put(wanted, known);
        }
        Answer.Body answer = known.document().answer();
        return wanted.form() == DiscoveryForm.AGGREGATED ? answer.header("Cache-Control", "public") : answer;
    }

    private static Wanted wanted(Call call) {
        List<String> path = Arrays.stream(call.request().path().split("/")).filter(part -> !part.isEmpty()).toList();
        return new Wanted(path, DiscoveryForm.of(call.request().accept(), path.size() == 1));
    }

    /** The group that a document is of, or all of them; null where there is no such group. */
    private static @Nullable Object source(Wanted wanted, KindRegistry registry) {
        List<String> path = wanted.path();
        if (path.get(0).equals("api")) {
            return registry.group("").orElse(null);
        }
        return path.size() == 1 ? registry : registry.group(path.get(1)).orElse(null);
    }

    private Optional<byte[]> body(Wanted wanted, KindRegistry registry) {
        boolean core = wanted.path().get(0).equals("api");
        return switch (wanted.form()) {
            case AGGREGATED -> Optional.of(aggregated.join(
                    "{\"kind\":\"APIGroupDiscoveryList\",\"apiVersion\":\"apidiscovery.k8s.io/v2\",\"metadata\":{},"
                            + "\"items\":[",
                    registry.groups().stream().filter(group -> group.name().isEmpty() == core).toList(), "]}"));
            case BY_VERSION -> core
                    ? coreByVersion(wanted.path(), registry).map(Json::bytes)
                    : groupByVersion(wanted.path(), registry);
        };
    }

    private Optional<ObjectNode> coreByVersion(List<String> path, KindRegistry registry) {
        return switch (path.size()) {
            case 1 -> Optional.of(Discovery.apiVersions(registry, address.get()));
            case 2 -> Discovery.apiResourceList(registry, new GroupVersion("", path.get(1)));
            default -> Optional.empty();
        };
    }

    private Optional<byte[]> groupByVersion(List<String> path, KindRegistry registry) {
        return switch (path.size()) {
            case 1 -> {
                List<KindGroup> groups = registry.groups().stream().filter(group -> !group.name().isEmpty()).toList();
                yield Optional
                        .of(described.join("{\"kind\":\"APIGroupList\",\"apiVersion\":\"v1\",\"groups\":[", groups,
                                "]}"));
            }
            case 2 -> Discovery.apiGroup(registry, path.get(1)).map(Json::bytes);
            case 3 -> Discovery.apiResourceList(registry, new GroupVersion(path.get(1), path.get(2))).map(Json::bytes);
            default -> Optional.empty();
        };
    }
}
