package dev.xebec.gateway.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.encode.MediaType;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.object.Json;
import dev.xebec.model.openapi.OpenApiV3;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code /openapi/v3}: the index, and a document for each group and version, each made when it is first asked for. The
 * index names every document's hash, so that asking for it makes them all, once.
 *
 * <p>Source: kube-openapi {@code pkg/handler3}.
 */
final class OpenApiPath extends ReadOnly {
    private static final String ROOT = "/openapi/v3";
    private static final String JSON = "application/json";
    private static final Set<String> JSON_NAMES = Set.of(JSON, "application/*", "*/*");
    /** For a client that may keep a document for ever, since its URL says what is in it. */
    private static final String EXPIRES_FAR = "Fri, 31 Dec 2049 23:59:59 GMT";

    private final KindRegistry kinds;
    private final Map<String, GroupVersion> versions;
    private final Map<String, Document> documents = new ConcurrentHashMap<>();
    private volatile @Nullable Document index;

    OpenApiPath(KindRegistry kinds) {
        this.kinds = kinds;
        this.versions = kinds.groupVersions().stream().collect(Collectors.toMap(OpenApiV3::key, version -> version));
    }

    @Override
    Answer read(Call call) {
        checkAccept(call);
        String key = key(call);
        return key.isEmpty() ? index().answer() : answer(call, key, document(key));
    }

    @Override
    @Nullable
    Answer atHand(Call call) {
        checkAccept(call);
        String key = key(call);
        Document known = key.isEmpty() ? index : documents.get(key);
        return known == null ? null : key.isEmpty() ? known.answer() : answer(call, key, known);
    }

    private static String key(Call call) {
        String path = call.request().path();
        return path.length() <= ROOT.length() + 1 ? "" : path.substring(ROOT.length() + 1);
    }

    private static void checkAccept(Call call) {
        String accept = call.request().accept();
        boolean json = accept.isEmpty() || MediaType.parseAccept(accept).stream()
                .anyMatch(type -> JSON_NAMES.contains(type.name()));
        if (!json) {
            throw new RejectedException(Status.notAcceptable(List.of(JSON)));
        }
    }

    private Document document(String key) {
        GroupVersion version = versions.get(key);
        if (version == null) {
            throw new RejectedException(Status.noSuchPath());
        }
        return documents.computeIfAbsent(key, fresh -> Document.of(JSON, OpenApiV3.document(version, kinds)));
    }

    private Document index() {
        Document known = index;
        if (known == null) {
            ObjectNode tree = Json.object();
            ObjectNode paths = tree.putObject("paths");
            for (GroupVersion version : kinds.groupVersions()) {
                String key = OpenApiV3.key(version);
                paths.putObject(key).put("serverRelativeURL", url(key, document(key)));
            }
            known = Document.of(JSON, Json.bytes(tree));
            index = known;
        }
        return known;
    }

    private static String url(String key, Document document) {
        return ROOT + "/" + key + "?hash=" + document.hash();
    }

    private static Answer answer(Call call, String key, Document document) {
        String hash = call.query("hash");
        if (hash.isEmpty()) {
            return document.answer();
        }
        if (!hash.equals(document.hash())) {
            return new Answer.Body(301, JSON, Map.of("Location", url(key, document)), List.of(Bytes.EMPTY));
        }
        return document.answer().header("Cache-Control", "public, immutable").header("Expires", EXPIRES_FAR);
    }
}
