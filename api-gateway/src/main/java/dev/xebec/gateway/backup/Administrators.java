package dev.xebec.gateway.backup;

import dev.xebec.gateway.request.Call;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.Locale;

/** Who may see and replace everything. */
public final class Administrators {
    private static final String GROUP = "system:masters";

    private Administrators() {}

    /** @throws RejectedException with 403 for anybody else */
    public static void require(Call call) {
        if (!call.user().groups().contains(GROUP)) {
            throw new RejectedException(Status.forbiddenPath(call.user().name(),
                    call.request().method().toLowerCase(Locale.ROOT), call.request().path()));
        }
    }
}
