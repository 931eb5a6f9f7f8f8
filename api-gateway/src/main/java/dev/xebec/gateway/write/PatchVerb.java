package dev.xebec.gateway.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.gateway.admission.WriteRequest;
import dev.xebec.gateway.encode.Encoder;
import dev.xebec.gateway.encode.OutputForm;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.gateway.registry.Outcome;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Handler;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.patch.Patches;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import dev.xebec.model.validation.Shape;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Changes an object or its status by a patch. Where somebody else was quicker the patch is applied to the newer state;
 * only a patch that names a resourceVersion is refused then.
 */
public final class PatchVerb implements Handler {
    private static final String JSON_PATCH = "application/json-patch+json";
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String STRATEGIC_PATCH = "application/strategic-merge-patch+json";
    /** Characters of a patch that an error repeats. */
    private static final int MAX_SHOWN = 1_000;
    private static final List<String> ACCEPTED = List.of(JSON_PATCH, MERGE_PATCH, STRATEGIC_PATCH,
            ApplyVerb.MEDIA_TYPE);
    private static final List<String> CUSTOM = List.of(JSON_PATCH, MERGE_PATCH, ApplyVerb.MEDIA_TYPE);

    private final ObjectRegistry registry;
    private final UpdateVerb updates;
    private final ApplyVerb applies;
    private final Encoder encoder;

    public PatchVerb(ObjectRegistry registry, UpdateVerb updates, ApplyVerb applies, Encoder encoder) {
        this.registry = registry;
        this.updates = updates;
        this.applies = applies;
        this.encoder = encoder;
    }

    @Override
    public Answer handle(Call call) {
        String mediaType = BodyReader.mediaType(call);
        List<String> accepted = call.info().servedKind().custom() == null ? ACCEPTED : CUSTOM;
        if (!accepted.contains(mediaType)) {
            throw new RejectedException(Status.unsupportedMediaType(accepted));
        }
        return mediaType.equals(ApplyVerb.MEDIA_TYPE)
                ? applies.handle(call)
                : handle(call, WriteRequest.Ownership.BY_CHANGE);
    }

    /** The same for patches that bring managed fields with them: of parts that stand for their object's. */
    public Handler accountedFor() {
        return call -> handle(call, WriteRequest.Ownership.GIVEN);
    }

    private Answer handle(Call call, WriteRequest.Ownership ownership) {
        Kind kind = call.info().servedKind();
        ObjectKey key = new ObjectKey(call.info().namespace(), call.info().name());
        OutputForm form = OutputForm.of(call);
        WriteOptions options = WriteOptions.ofPatch(call);
        UnaryOperator<ObjectNode> patch = patch(call, kind);
        WriteRequest request = WriteRequest.of(call, options.mode(), ownership);
        Outcome outcome = registry.write(kind, key, options.mode(), updates.start(request), present -> {
            if (!present.exists()) {
                throw new RejectedException(Status.notFound(kind.resource(), key.name()));
            }
            ObjectNode patched = patch.apply(present.existing().tree());
            checkIdentity(patched, kind);
            refuseWrongType(kind, patched, call);
            request.begin(Intake.check(kind, patched, options.fieldValidation()));
            Stamps.keyOf(patched, kind, key.namespace(), key.name());
            Stamps.metadata(patched).put("name", key.name());
            UpdateRules.checkPreconditions(kind, key, patched, present, true);
            return updates.decide(request, patched, present.existing());
        });
        return Warnings.on(encoder.object(form, 200, kind, outcome.json()), request.warnings());
    }

    private static UnaryOperator<ObjectNode> patch(Call call, Kind kind) {
        JsonNode body = parse(call);
        return switch (BodyReader.mediaType(call)) {
            case JSON_PATCH -> object -> Patches.json(object, body);
            case MERGE_PATCH -> object -> Patches.merge(object, body);
            default -> {
                if (!(kind.schema() instanceof Schema.Struct struct)) {
                    throw new RejectedException(Status.unsupportedMediaType(List.of(JSON_PATCH, MERGE_PATCH)));
                }
                if (!(body instanceof ObjectNode strategic)) {
                    throw new RejectedException(Status.badRequest("a strategic merge patch has to be an object"));
                }
                yield object -> Patches.strategic(struct, object, strategic);
            }
        };
    }

    private static JsonNode parse(Call call) {
        try {
            return Json.parse(call.body().array());
        } catch (IllegalArgumentException malformed) {
            throw new RejectedException(Status.badRequest("error decoding patch: "
                    + BodyReader.firstLine(malformed.getMessage())));
        }
    }

    /** Source: apiserver {@code endpoints/handlers/patch.go}: what a patch breaks is the patch's fault. */
    private static void refuseWrongType(Kind kind, ObjectNode patched, Call call) {
        Shape.wrongType(kind, patched).ifPresent(wrong -> {
            String patch = call.body().utf8();
            String shown = patch.length() > MAX_SHOWN ? patch.substring(0, MAX_SHOWN) + "…" : patch;
            throw new RejectedException(Status.invalid(new GroupVersionKind("", "", ""), "",
                    List.of(FieldError.invalid("patch", shown, wrong))));
        });
    }

    private static void checkIdentity(ObjectNode patched, Kind kind) {
        if (!patched.path("kind").asText().equals(kind.name().kind())) {
            throw new RejectedException(Status.badRequest("a patch may not change the kind"));
        }
        patched.put("apiVersion", kind.name().apiVersion());
    }
}
