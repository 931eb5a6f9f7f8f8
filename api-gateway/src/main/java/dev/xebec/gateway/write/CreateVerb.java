package dev.xebec.gateway.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.admission.WriteRequest;
import dev.xebec.gateway.encode.Encoder;
import dev.xebec.gateway.encode.OutputForm;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.gateway.registry.Outcome;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Handler;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.ArrayList;
import java.util.List;

/** Creates an object: POST to a collection. */
public final class CreateVerb implements Handler {
    private final BodyReader bodies;
    private final ObjectMaker maker;
    private final Encoder encoder;

    public CreateVerb(BodyReader bodies, ObjectMaker maker, Encoder encoder) {
        this.bodies = bodies;
        this.maker = maker;
        this.encoder = encoder;
    }

    @Override
    public Answer handle(Call call) {
        Kind kind = call.info().servedKind();
        OutputForm form = OutputForm.of(call);
        WriteOptions options = WriteOptions.of(call, "CreateOptions");
        if (kind.namespaced() && call.info().namespace().isEmpty()) {
            throw new RejectedException(kind.custom() == null
                    ? Status.noSuchMethod()
                    : Status.methodNotAllowed("create", kind.resource()));
        }
        List<String> repeated = new ArrayList<>();
        ObjectNode tree = bodies.read(call, kind.name(), repeated);
        List<String> warnings = Intake.check(kind, tree, repeated, options.fieldValidation());
        ObjectKey key = Stamps.keyOf(tree, kind, call.info().namespace(), "");
        String revision = Stamps.metadata(tree).path("resourceVersion").asText("");
        refuseRevision(revision, options);
        WriteRequest request = WriteRequest.of(call, options.mode());
        request.begin(warnings);
        return Warnings.with(request, () -> {
            Outcome outcome = maker.make(request, key, tree);
            Bytes made = options.mode() == ObjectRegistry.Mode.DRY_RUN && !revision.isEmpty()
                    ? withRevision(outcome.json(), revision)
                    : outcome.json();
            return encoder.object(form, 201, kind, made);
        });
    }

    /** The store says the revision, which a dry run does not come to: what was sent stays. */
    private static Bytes withRevision(Bytes json, String revision) {
        ObjectNode tree = Json.parseObject(json.array());
        Stamps.metadata(tree).put("resourceVersion", revision);
        return Bytes.of(Json.bytes(tree));
    }

    /** The store refuses it, which a dry run does not come to. Source: apiserver {@code storage/etcd3/store.go}. */
    private static void refuseRevision(String revision, WriteOptions options) {
        if (!revision.isEmpty() && !revision.equals("0") && options.mode() == ObjectRegistry.Mode.REAL) {
            throw new RejectedException(
                    Status.unexpected("resourceVersion should not be set on objects to be created"));
        }
    }
}
