package dev.xebec.gateway.write;

import dev.xebec.gateway.registry.ObjectRegistry.Mode;
import dev.xebec.gateway.request.Call;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.List;

/** The query options of a write. */
record WriteOptions(Mode mode, FieldValidation fieldValidation) {

    /** What is done about fields that the kind does not have. */
    enum FieldValidation {
        IGNORE, WARN, STRICT
    }

    static WriteOptions of(Call call, String optionsKind) {
        return new WriteOptions(mode(call.query("dryRun"), optionsKind), fieldValidation(call, optionsKind));
    }

    static Mode mode(String dryRun, String optionsKind) {
        return switch (dryRun) {
            case "" -> Mode.REAL;
            case "All" -> Mode.DRY_RUN;
            default -> throw refused(optionsKind, FieldError.notSupported("dryRun", dryRun, List.of("All")));
        };
    }

    private static FieldValidation fieldValidation(Call call, String optionsKind) {
        String value = call.query("fieldValidation");
        return switch (value) {
            case "", "Warn" -> FieldValidation.WARN;
            case "Ignore" -> FieldValidation.IGNORE;
            case "Strict" -> FieldValidation.STRICT;
            default -> throw refused(optionsKind,
                    FieldError.notSupported("fieldValidation", value, List.of("Ignore", "Strict", "Warn")));
        };
    }

    private static RejectedException refused(String optionsKind, FieldError error) {
        return new RejectedException(
                Status.invalid(new GroupVersionKind("meta.k8s.io", "v1", optionsKind), "", List.of(error)));
    }
}
