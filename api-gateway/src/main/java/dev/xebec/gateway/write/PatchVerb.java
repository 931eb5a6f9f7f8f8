package dev.xebec.gateway.write;

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
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.List;

/**
 * Changes an object or its status by a patch. Where somebody else was quicker the patch is applied to the newer state;
 * only a patch that names a resourceVersion is refused then.
 */
public final class PatchVerb implements Handler {
    static final String JSON_PATCH = "application/json-patch+json";
    static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String STRATEGIC_PATCH = "application/strategic-merge-patch+json";
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
            throw new RejectedException(accepted == CUSTOM
                    ? Status.unsupportedMediaType(accepted)
                    : Status.notConsumed());
        }
        return mediaType.equals(ApplyVerb.MEDIA_TYPE)
                ? applies.handle(call)
                : handle(call, WriteRequest.Ownership.BY_CHANGE);
    }

    static boolean accepts(String mediaType) {
        return ACCEPTED.contains(mediaType);
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
        ReadPatch patch = ReadPatch.of(call, kind);
        WriteRequest request = WriteRequest.of(call, options.mode(), ownership);
        return Warnings.with(request, () -> encoder.object(form, 200, kind,
                written(request, key, patch, options).json()));
    }

    private Outcome written(WriteRequest request, ObjectKey key, ReadPatch patch, WriteOptions options) {
        Kind kind = request.kind();
        return registry.write(kind, key, options.mode(), updates.start(request), present -> {
            if (!present.exists()) {
                throw new RejectedException(Status.notFound(kind.resource(), key.name()));
            }
            ObjectNode patched = patch.apply(present.existing().tree());
            request.begin(patch.check(patched, options.fieldValidation()));
            Stamps.keyOf(patched, kind, key.namespace(), key.name());
            UpdateVerb.requireName(patched, key);
            UpdateRules.checkPreconditions(kind, key, patched, present, true);
            return updates.decide(request, patched, present.existing());
        });
    }
}
