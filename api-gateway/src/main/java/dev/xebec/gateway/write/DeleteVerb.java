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
import dev.xebec.model.strategy.DeletionWarnings;
import java.util.List;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import java.time.Instant;
import java.time.InstantSource;

/** Deletes an object: DELETE of its path. */
public final class DeleteVerb implements Handler {
    private final BodyReader bodies;
    private final ObjectRegistry registry;
    private final Admission admission;
    private final Encoder encoder;
    private final InstantSource clock;

    public DeleteVerb(BodyReader bodies, ObjectRegistry registry, Admission admission, Encoder encoder,
            InstantSource clock) {
        this.bodies = bodies;
        this.registry = registry;
        this.admission = admission;
        this.encoder = encoder;
        this.clock = clock;
    }

    @Override
    public Answer handle(Call call) {
        Kind kind = call.info().servedKind();
        OutputForm form = OutputForm.of(call);
        DeleteOptions options = DeleteOptions.of(call, bodies);
        Outcome outcome = delete(WriteRequest.of(call, options.mode()), call.info().key(), options);
        List<String> warnings = DeletionWarnings.of(kind, options.propagation().isEmpty());
        return Warnings.on(answer(form, kind, options, outcome), warnings);
    }

    private Answer.Body answer(OutputForm form, Kind kind, DeleteOptions options, Outcome outcome) {
        return switch (outcome.kind()) {
            case REMOVED -> kind.returnsDeleted()
                    ? encoder.object(form, 200, kind, DeletionRules.last(kind, outcome.json(), clock.instant()))
                    : Encoder.status(form.format(), 200, success(kind, ApiObject.parse(outcome.json().array())));
            case CREATED, UPDATED, UNCHANGED ->
                encoder.object(form, options.toldApart() ? 202 : 200, kind, outcome.json());
        };
    }

    Outcome delete(WriteRequest request, ObjectKey key, DeleteOptions options) {
        Kind kind = request.kind();
        admission.delete(request, key);
        return registry.write(kind, key, options.mode(), admission.start(request, Operation.DELETE), present -> {
            Instant now = clock.instant();
            Decision decision = DeletionRules.decide(kind, key, options,
                    admission.beforeDelete(request, present, now), now);
            if (!(decision instanceof Decision.Keep)) {
                admission.deleting(request, present.existing(), options.toTree());
            }
            return admission.complete(request, present.existing(), decision, now);
        });
    }

    /** With the uid: clients that wait for the end compare it. */
    private static ObjectNode success(Kind kind, ApiObject object) {
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Success");
        ObjectNode details = status.putObject("details").put("name", object.name());
        if (!kind.name().group().isEmpty()) {
            details.put("group", kind.name().group());
        }
        details.put("kind", kind.plural()).put("uid", object.uid());
        return status;
    }
}
