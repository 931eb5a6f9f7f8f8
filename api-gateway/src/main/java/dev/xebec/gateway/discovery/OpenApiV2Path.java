package dev.xebec.gateway.discovery;

import dev.xebec.gateway.encode.MediaType;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.Json;
import dev.xebec.model.openapi.OpenApiV2;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** {@code /openapi/v2}: one document, as JSON or as protobuf, made when it is first asked for. */
final class OpenApiV2Path extends ReadOnly {
    private static final String JSON = "application/json";
    private static final String PROTOBUF = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";
    private static final Set<String> JSON_NAMES = Set.of(JSON, "application/*", "*/*");
    private static final Set<String> PROTOBUF_NAMES = Set.of(PROTOBUF,
            "application/com.github.proto-openapi.spec.v2@v1.0+protobuf");

    private final KindRegistry kinds;
    private final Map<String, Document> documents = new ConcurrentHashMap<>();

    OpenApiV2Path(KindRegistry kinds) {
        this.kinds = kinds;
    }

    @Override
    Answer read(Call call) {
        return documents.computeIfAbsent(type(call), type -> Document.of(type, type.equals(JSON)
                ? Json.bytes(OpenApiV2.document(kinds))
                : OpenApiV2.protobuf(kinds))).answer();
    }

    @Override
    @Nullable
    Answer atHand(Call call) {
        Document known = documents.get(type(call));
        return known == null ? null : known.answer();
    }

    /** The first type that the client names and we have. */
    private static String type(Call call) {
        String accept = call.request().accept();
        if (accept.isEmpty()) {
            return JSON;
        }
        for (MediaType type : MediaType.parseAccept(accept)) {
            if (JSON_NAMES.contains(type.name())) {
                return JSON;
            }
            if (PROTOBUF_NAMES.contains(type.name())) {
                return PROTOBUF;
            }
        }
        throw new RejectedException(Status.notAcceptable(List.of(JSON, PROTOBUF)));
    }
}
