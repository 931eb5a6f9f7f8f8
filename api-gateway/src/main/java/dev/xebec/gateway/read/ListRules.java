package dev.xebec.gateway.read;

import dev.xebec.gateway.request.Call;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * Which options of a list or watch may stand together. Source: apimachinery {@code apis/meta/internalversion/validation}.
 */
final class ListRules {
    private static final GroupVersionKind LIST_OPTIONS = new GroupVersionKind("meta.k8s.io", "v1", "ListOptions");
    private static final String MATCH = "resourceVersionMatch";

    private ListRules() {}

    static void check(Call call, boolean watch) {
        List<FieldError> errors = new ArrayList<>();
        String match = call.query(MATCH);
        if (watch && call.request().query().containsKey("sendInitialEvents")) {
            checkInitialEvents(call, match, errors);
        } else if (call.request().query().containsKey("sendInitialEvents")) {
            errors.add(FieldError.forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list"));
        }
        if (!match.isEmpty() && !call.request().query().containsKey("sendInitialEvents")) {
            checkMatch(call, match, watch, errors);
        }
        if (!errors.isEmpty()) {
            throw new RejectedException(Status.invalid(LIST_OPTIONS, "", errors));
        }
    }

    private static void checkInitialEvents(Call call, String match, List<FieldError> errors) {
        if (match.isEmpty()) {
            errors.add(FieldError.forbidden(MATCH,
                    "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"));
        } else if (!match.equals("NotOlderThan")) {
            errors.add(FieldError.notSupported(MATCH, match, List.of("NotOlderThan")));
        }
        if (!call.query("continue").isEmpty()) {
            errors.add(FieldError.forbidden(MATCH, "resourceVersionMatch is forbidden when continue is provided"));
        }
    }

    private static void checkMatch(Call call, String match, boolean watch, List<FieldError> errors) {
        String revision = call.query("resourceVersion");
        if (watch) {
            errors.add(FieldError.forbidden(MATCH,
                    "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"));
            return;
        }
        if (revision.isEmpty()) {
            errors.add(FieldError.forbidden(MATCH,
                    "resourceVersionMatch is forbidden unless resourceVersion is provided"));
        }
        if (!call.query("continue").isEmpty()) {
            errors.add(FieldError.forbidden(MATCH, "resourceVersionMatch is forbidden when continue is provided"));
        }
        if (!match.equals("Exact") && !match.equals("NotOlderThan")) {
            errors.add(FieldError.notSupported(MATCH, match, List.of("Exact", "NotOlderThan", "")));
        }
        if (match.equals("Exact") && revision.equals("0")) {
            errors.add(FieldError.forbidden(MATCH,
                    "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
        }
    }
}
