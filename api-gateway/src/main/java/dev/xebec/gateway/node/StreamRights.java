package dev.xebec.gateway.node;

import dev.xebec.gateway.pipeline.Authorizer;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Verb;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;

/**
 * The right that a WebSocket to a container needs beyond what its method says: browsers and clients open it by GET, and who
 * may only look may not act. Source: k/k pull request 134577 (AuthorizePodWebsocketUpgradeCreatePermission, on since 1.35).
 */
public final class StreamRights {
    private final Authorizer authorizer;

    public StreamRights(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    /** Refuses who may not create the subresource. */
    public void require(Call call) {
        Status refused = call.info().verb() == Verb.CREATE ? null : authorizer.refuse(call.as(Verb.CREATE));
        if (refused != null) {
            throw new RejectedException(refused);
        }
    }
}
