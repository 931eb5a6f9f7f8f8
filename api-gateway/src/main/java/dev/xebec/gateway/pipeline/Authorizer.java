package dev.xebec.gateway.pipeline;

import dev.xebec.gateway.request.Call;
import dev.xebec.model.status.Status;
import org.jspecify.annotations.Nullable;

/** Decides whether a user may do what he asks. */
public interface Authorizer {

    /** Null where it is allowed. */
    @Nullable
    Status refuse(Call call);
}
