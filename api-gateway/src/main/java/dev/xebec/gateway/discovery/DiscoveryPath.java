package dev.xebec.gateway.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.model.discovery.Discovery;
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

/** {@code /api} and {@code /apis} and the documents below them. Each is made once, when it is first asked for. */
final class DiscoveryPath extends ReadOnly {
    private final KindRegistry kinds;
    private final Supplier<String> address;
    /** Only documents that exist: as many as there are groups and versions. */
    private final Map<Wanted, Document> documents = new ConcurrentHashMap<>();

    private record Wanted(List<String> path, DiscoveryForm form) {}

    DiscoveryPath(KindRegistry kinds, Supplier<String> address) {
        this.kinds = kinds;
        this.address = address;
    }

    @Override
    Answer read(Call call) {
        Wanted wanted = wanted(call);
        Document known = documents.get(wanted);
        if (known == null) {
            ObjectNode tree = tree(wanted)
                    .orElseThrow(() -> new RejectedException(Status.noSuchPath()));
            known = Document.of(wanted.form().contentType(), Json.bytes(tree));
            documents.put(wanted, known);
        }
        return known.answer();
    }

    @Override
    @Nullable
    Answer atHand(Call call) {
        Document known = documents.get(wanted(call));
        return known == null ? null : known.answer();
    }

    private static Wanted wanted(Call call) {
        List<String> path = Arrays.stream(call.request().path().split("/")).filter(part -> !part.isEmpty()).toList();
        return new Wanted(path, DiscoveryForm.of(call.request().accept(), path.size() == 1));
    }

    private Optional<ObjectNode> tree(Wanted wanted) {
        boolean core = wanted.path().get(0).equals("api");
        return switch (wanted.form()) {
            case AGGREGATED, AGGREGATED_BETA -> Optional.of(
                    (core ? Discovery.aggregatedCore(kinds) : Discovery.aggregatedGroups(kinds))
                            .put("apiVersion", wanted.form().apiVersion()));
            case BY_VERSION -> core ? coreByVersion(wanted.path()) : groupByVersion(wanted.path());
        };
    }

    private Optional<ObjectNode> coreByVersion(List<String> path) {
        return switch (path.size()) {
            case 1 -> Optional.of(Discovery.apiVersions(kinds, address.get()));
            case 2 -> Discovery.apiResourceList(kinds, new GroupVersion("", path.get(1)));
            default -> Optional.empty();
        };
    }

    private Optional<ObjectNode> groupByVersion(List<String> path) {
        return switch (path.size()) {
            case 1 -> Optional.of(Discovery.apiGroupList(kinds));
            case 2 -> Discovery.apiGroup(kinds, path.get(1));
            case 3 -> Discovery.apiResourceList(kinds, new GroupVersion(path.get(1), path.get(2)));
            default -> Optional.empty();
        };
    }
}
