package dev.xebec.gateway.access;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.encode.Encoder;
import dev.xebec.gateway.encode.OutputForm;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Handler;
import dev.xebec.gateway.request.Verb;
import dev.xebec.gateway.write.BodyReader;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import dev.xebec.model.validation.Shape;

/** Takes a posted review and answers it with its status filled in. */
final class ReviewHandler implements Handler {
    private final BodyReader bodies;
    private final Encoder encoder;
    private final Verdict verdict;

    /** Finds the status of a review; refuses by {@link RejectedException}. */
    @FunctionalInterface
    interface Verdict {
        ObjectNode status(Call call, ObjectNode review);
    }

    ReviewHandler(BodyReader bodies, Encoder encoder, Verdict verdict) {
        this.bodies = bodies;
        this.encoder = encoder;
        this.verdict = verdict;
    }

    @Override
    public Answer handle(Call call) {
        Kind kind = call.info().servedKind();
        if (call.info().verb() != Verb.CREATE || !call.info().name().isEmpty()) {
            throw new RejectedException(Status.methodNotAllowed(call.info().verb().word(), kind.resource()));
        }
        OutputForm form = OutputForm.of(call);
        ObjectNode review = bodies.read(call, kind.name());
        Shape.wrongType(kind, review).ifPresent(wrong -> {
            throw new RejectedException(Status.badRequest(kind.name().kind() + " in version \"" + kind.name().version()
                    + "\" cannot be handled as a " + kind.name().kind() + ": " + wrong));
        });
        Shape.prune(kind, review);
        ObjectNode metadata = review.get("metadata") instanceof ObjectNode given ? given : review.putObject("metadata");
        metadata.putNull("creationTimestamp");
        review.set("status", verdict.status(call, review));
        return encoder.object(form, 201, kind, Bytes.of(Json.bytes(review)));
    }
}
