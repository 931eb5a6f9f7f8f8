package dev.xebec.gateway.access;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.gateway.authentication.Authenticator;
import dev.xebec.gateway.request.Call;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.List;

/** Whose token it is: what a TokenReview asks. */
final class TokenVerdict implements ReviewHandler.Verdict {
    private final Authenticator authenticator;

    TokenVerdict(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    @Override
    public ObjectNode status(Call call, ObjectNode review) {
        String token = review.path("spec").path("token").asText("");
        if (token.isEmpty()) {
            throw new RejectedException(Status.invalid(call.info().servedKind().name(), "",
                    List.of(FieldError.required("spec.token", "token is required for TokenReview in authentication"))));
        }
        ApiRequest.User user = authenticator.authenticate(token);
        ObjectNode status = Json.object().put("authenticated", user != null);
        if (user == null) {
            return status.put("error", "invalid bearer token");
        }
        status.set("user", Identity.userInfo(user));
        return status;
    }
}
