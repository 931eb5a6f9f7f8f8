package dev.xebec.gateway.pipeline;

import dev.xebec.gateway.request.Call;
import dev.xebec.model.status.Status;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everybody who is somebody may do everything; anonymous users see the cluster's health and version only. */
public final class AuthenticatedUsers implements Authorizer {
    private static final Set<String> OPEN = Set.of("/healthz", "/livez", "/readyz", "/version");

    @Override
    public @Nullable Status refuse(Call call) {
        if (!call.user().name().isEmpty()) {
            return null;
        }
        String path = call.request().path();
        int second = path.indexOf('/', 1);
        boolean open = call.request().method().equals("GET")
                && OPEN.contains(second < 0 ? path : path.substring(0, second));
        return open ? null : Status.unauthorized();
    }
}
