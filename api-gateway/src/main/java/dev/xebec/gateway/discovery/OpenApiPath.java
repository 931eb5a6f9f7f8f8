package dev.xebec.gateway.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.encode.MediaType;
import dev.xebec.gateway.kinds.ServedKinds;
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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code /openapi/v3}: the index, and a document for each group and version, made when it is asked for and kept for as long
 * as the group's kinds are the same.
 *
 * <p>Source: kube-openapi {@code pkg/handler3}.
 */
final class OpenApiPath extends ReadOnly {
    private static final String ROOT = "/openapi/v3";
    private static final String JSON = "application/json";
    private static final Set<String> JSON_NAMES = Set.of(JSON, "application/*", "*/*");
    /** For a client that may keep a document for ever, since its URL says what is in it. */
    private static final String EXPIRES_FAR = "Fri, 31 Dec 2049 23:59:59 GMT";

    private final ServedKinds kinds;
    private final OpenApiDocuments documents = new OpenApiDocuments();
    private volatile @Nullable Index index;

    /** @param ofServer by place, the documents that are of no version */
    private record Index(KindRegistry source, Document document, Map<String, Document> ofServer) {}

    OpenApiPath(ServedKinds kinds) {
        this.kinds = kinds;
    }

    @Override
    Answer read(Call call) {
        checkAccept(call);
        String key = key(call);
        KindRegistry registry = kinds.newestIfReachable();
        if (key.isEmpty()) {
            return index(registry).document().answer();
        }
        Document ofServer = index(registry).ofServer().get(key);
        if (ofServer != null) {
            return answer(call, key, ofServer);
        }
        GroupVersion version = OpenApiV3.versionOf(key);
        if (version == null || registry.of(version).isEmpty()) {
            throw new RejectedException(Status.noSuchPath());
        }
        return answer(call, key, documents.document(version, registry));
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

    private Index index(KindRegistry registry) {
        Index known = index;
        if (known == null || known.source() != registry) {
            ObjectNode tree = Json.object();
            ObjectNode paths = tree.putObject("paths");
            Map<String, Document> ofServer = new TreeMap<>();
            OpenApiV3.serverDocuments(registry).forEach((key, json) -> {
                Document document = Document.of(JSON, json);
                ofServer.put(key, document);
                paths.putObject(key).put("serverRelativeURL", url(key, document.hash()));
            });
            for (GroupVersion version : registry.groupVersions()) {
                String key = OpenApiV3.key(version);
                paths.putObject(key).put("serverRelativeURL", url(key, documents.hash(version, registry)));
            }
            known = new Index(registry, Document.of(JSON, Json.bytes(tree)), ofServer);
            index = known;
        }
        return known;
    }

    private static String url(String key, String hash) {
        return ROOT + "/" + key + "?hash=" + hash;
    }

    private static Answer answer(Call call, String key, Document document) {
        String hash = call.query("hash");
        if (hash.isEmpty()) {
            return document.answer();
        }
        if (!hash.equals(document.hash())) {
            return new Answer.Body(301, JSON, Map.of("Location", url(key, document.hash())), List.of(Bytes.EMPTY));
        }
        return document.answer().header("Cache-Control", "public, immutable").header("Expires", EXPIRES_FAR);
    }
}
