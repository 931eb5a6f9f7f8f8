package dev.xebec.gateway.read;

import dev.xebec.gateway.request.Call;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * Which options of a list or watch may stand together. Source: apimachinery {@code apis/meta/internalversion/validation}
 * and {@code apis/meta/internalversion/defaults.go}.
 */
final class ListRules {
    private static final GroupVersionKind LIST_OPTIONS = new GroupVersionKind("meta.k8s.io", "v1", "ListOptions");
    private static final String MATCH = "resourceVersionMatch";
    private static final String NOT_OLDER_THAN = "NotOlderThan";

    private ListRules() {}

    static void checkList(Call call) {
        call.number("timeoutSeconds");
        List<FieldError> errors = new ArrayList<>();
        String match = call.query(MATCH);
        String revision = call.query("resourceVersion");
        if (!match.isEmpty()) {
            if (revision.isEmpty()) {
                errors.add(FieldError.forbidden(MATCH,
                        "resourceVersionMatch is forbidden unless resourceVersion is provided"));
            }
            checkContinue(call, errors);
            if (!match.equals("Exact") && !match.equals(NOT_OLDER_THAN)) {
                errors.add(FieldError.notSupported(MATCH, match, List.of("Exact", NOT_OLDER_THAN, "")));
            }
            if (match.equals("Exact") && revision.equals("0")) {
                errors.add(FieldError.forbidden(MATCH,
                        "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
            }
        }
        if (saysInitialEvents(call)) {
            errors.add(FieldError.forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list"));
        }
        refuse(errors);
    }

    static void checkWatch(Call call) {
        List<FieldError> errors = new ArrayList<>();
        String match = call.query(MATCH);
        boolean initialEvents = saysInitialEvents(call);
        if (initialEvents && !match.equals(NOT_OLDER_THAN)) {
            errors.add(FieldError.forbidden(MATCH,
                    "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"));
        }
        if (!match.isEmpty()) {
            if (!initialEvents) {
                errors.add(FieldError.forbidden(MATCH,
                        "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"));
            }
            if (!match.equals(NOT_OLDER_THAN)) {
                errors.add(FieldError.notSupported(MATCH, match, List.of(NOT_OLDER_THAN)));
            }
            checkContinue(call, errors);
        } else if (!initialEvents && beginsWithState(call)) {
            checkContinue(call, errors);
        }
        refuse(errors);
    }

    /** Whether a watch begins with the state: where it asks for that, or says nothing and no revision to go on from. */
    static boolean beginsWithState(Call call) {
        String revision = call.query("resourceVersion");
        return saysInitialEvents(call)
                ? call.flag("sendInitialEvents")
                : revision.isEmpty() || revision.equals("0");
    }

    private static boolean saysInitialEvents(Call call) {
        return call.request().query().containsKey("sendInitialEvents");
    }

    private static void checkContinue(Call call, List<FieldError> errors) {
        if (!call.query("continue").isEmpty()) {
            errors.add(FieldError.forbidden(MATCH, "resourceVersionMatch is forbidden when continue is provided"));
        }
    }

    private static void refuse(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw new RejectedException(Status.invalid(LIST_OPTIONS, "", errors));
        }
    }
}
