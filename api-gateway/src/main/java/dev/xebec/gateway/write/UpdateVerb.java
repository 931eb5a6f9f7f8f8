package dev.xebec.gateway.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.gateway.admission.Admission;
import dev.xebec.gateway.admission.WriteRequest;
import dev.xebec.gateway.encode.Encoder;
import dev.xebec.gateway.encode.OutputForm;
import dev.xebec.gateway.registry.Decision;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.gateway.registry.Outcome;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Handler;
import dev.xebec.gateway.webhook.Operation;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Replaces an object or its status: PUT. Creates what is absent, for the kinds that allow it. */
public final class UpdateVerb implements Handler {
    private final BodyReader bodies;
    private final ObjectRegistry registry;
    private final Admission admission;
    private final ObjectMaker maker;
    private final Encoder encoder;
    private final InstantSource clock;

    public UpdateVerb(BodyReader bodies, ObjectRegistry registry, Admission admission, ObjectMaker maker,
            Encoder encoder, InstantSource clock) {
        this.clock = clock;
        this.bodies = bodies;
        this.registry = registry;
        this.admission = admission;
        this.maker = maker;
        this.encoder = encoder;
    }

    @Override
    public Answer handle(Call call) {
        Kind kind = call.info().servedKind();
        OutputForm form = OutputForm.of(call);
        WriteOptions options = WriteOptions.of(call, "UpdateOptions");
        List<String> repeated = new ArrayList<>();
        ObjectNode tree = bodies.read(call, kind.name(), repeated);
        List<String> warnings = Intake.check(kind, tree, repeated, options.fieldValidation());
        ObjectKey key = Stamps.keyOf(tree, kind, call.info().namespace(), call.info().name());
        requireName(tree, key);
        WriteRequest request = WriteRequest.of(call, options.mode());
        return Warnings.with(request, () -> answer(request, options, form, key, tree, warnings));
    }

    private Answer.Body answer(WriteRequest request, WriteOptions options, OutputForm form, ObjectKey key,
            ObjectNode tree, List<String> warnings) {
        Kind kind = request.kind();
        boolean creates = kind.createOnUpdate() && request.subresource().isEmpty();
        try {
            Outcome outcome = registry.write(kind, key, options.mode(), start(request), present -> {
                if (!present.exists()) {
                    throw new RejectedException(Status.notFound(kind.resource(), key.name()));
                }
                request.begin(warnings);
                ObjectNode incoming = tree.deepCopy();
                UpdateRules.checkPreconditions(kind, key, incoming, present, false);
                return decide(request, incoming, present.existing());
            });
            return encoder.object(form, 200, kind, outcome.json());
        } catch (RejectedException refused) {
            if (!creates || refused.status().code() != 404) {
                throw refused;
            }
            request.begin(warnings);
            return encoder.object(form, 201, kind, maker.make(request, key, tree).json());
        }
    }

    /** Source: apiserver {@code endpoints/handlers/rest.go}, checkName. */
    static void requireName(ObjectNode tree, ObjectKey key) {
        if (Stamps.metadata(tree).path("name").asText("").isEmpty()) {
            throw new RejectedException(Status.badRequest("the name of the object (" + key.name()
                    + " based on URL) was undeterminable: name must be provided"));
        }
    }

    ObjectRegistry.Start start(WriteRequest request) {
        return admission.start(request, Operation.UPDATE);
    }

    /** What an incoming object, by PUT or as a patch's result, does to the stored one. */
    Decision decide(WriteRequest request, ObjectNode incoming, ApiObject stored) {
        Kind kind = request.kind();
        ObjectNode merged = UpdateRules.merged(kind, request.subresource(), incoming, stored,
                Stamps.time(clock.instant()));
        admission.update(request, merged, stored);
        UpdateRules.count(kind, request.subresource(), merged, stored);
        return admission.complete(request, stored, UpdateRules.decide(kind, merged, stored), clock.instant());
    }
}
