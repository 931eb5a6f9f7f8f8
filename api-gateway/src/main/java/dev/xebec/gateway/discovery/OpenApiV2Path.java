package dev.xebec.gateway.discovery;

import dev.xebec.gateway.encode.MediaType;
import dev.xebec.gateway.kinds.ServedKinds;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.openapi.OpenApiV2;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** {@code /openapi/v2}: one document, as JSON or as protobuf, made anew when kinds have changed and somebody asks. */
final class OpenApiV2Path extends ReadOnly {
    private static final String JSON = "application/json";
    private static final String PROTOBUF = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";
    private static final Set<String> JSON_NAMES = Set.of(JSON, "application/*", "*/*");
    private static final Set<String> PROTOBUF_NAMES = Set.of(PROTOBUF,
            "application/com.github.proto-openapi.spec.v2@v1.0+protobuf");

    private final ServedKinds kinds;
    private final Map<String, Known> documents = new ConcurrentHashMap<>();

    private record Known(KindRegistry source, Document document) {}

    OpenApiV2Path(ServedKinds kinds) {
        this.kinds = kinds;
    }

    @Override
    Answer read(Call call) {
        String wanted = type(call);
        KindRegistry registry = kinds.newestIfReachable();
        return documents.compute(wanted, (type, known) -> known != null && known.source() == registry
                ? known
                : new Known(registry, Document.of(type, type.equals(JSON)
                        ? OpenApiV2.json(registry)
                        : OpenApiV2.protobuf(registry))))
                .document().answer();
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
