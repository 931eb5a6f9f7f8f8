package dev.xebec.gateway.write;

import dev.xebec.gateway.admission.FieldManagers;
import dev.xebec.gateway.registry.ObjectRegistry.Mode;
import dev.xebec.gateway.request.Call;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The query options of a write. */
record WriteOptions(Mode mode, FieldValidation fieldValidation) {

    /** What is done about fields that the kind does not have. */
    enum FieldValidation {
        IGNORE, WARN, STRICT
    }

    /** Of a create or an update. */
    static WriteOptions of(Call call, String optionsKind) {
        return of(call, optionsKind, List.of());
    }

    /** Of a patch: only an apply can be forced, and it has to say who applies. */
    static WriteOptions ofPatch(Call call) {
        List<FieldError> errors = new ArrayList<>();
        if (!BodyReader.mediaType(call).equals(ApplyVerb.MEDIA_TYPE)) {
            if (!call.query("force").isEmpty()) {
                errors.add(FieldError.forbidden("force", "may not be specified for non-apply patch"));
            }
        } else if (call.query("fieldManager").isEmpty()) {
            errors.add(FieldError.required("fieldManager", "is required for apply patch"));
        }
        return of(call, "PatchOptions", errors);
    }

    private static WriteOptions of(Call call, String optionsKind, List<FieldError> before) {
        List<FieldError> errors = new ArrayList<>(before);
        errors.addAll(FieldManagers.check(call.query("fieldManager")));
        String dryRun = call.query("dryRun");
        if (!dryRun.isEmpty() && !dryRun.equals("All")) {
            errors.add(FieldError.notSupported("dryRun", dryRun, List.of("All")));
        }
        String validation = call.query("fieldValidation");
        Optional<FieldValidation> level = fieldValidation(validation);
        if (level.isEmpty()) {
            errors.add(FieldError.notSupported("fieldValidation", validation, List.of("Ignore", "Strict", "Warn")));
        }
        if (!errors.isEmpty()) {
            throw refused(optionsKind, errors);
        }
        return new WriteOptions(mode(dryRun, optionsKind), level.orElse(FieldValidation.WARN));
    }

    static Mode mode(String dryRun, String optionsKind) {
        return switch (dryRun) {
            case "" -> Mode.REAL;
            case "All" -> Mode.DRY_RUN;
            default -> throw refused(optionsKind, List.of(FieldError.notSupported("dryRun", dryRun, List.of("All"))));
        };
    }

    private static Optional<FieldValidation> fieldValidation(String value) {
        return switch (value) {
            case "", "Warn" -> Optional.of(FieldValidation.WARN);
            case "Ignore" -> Optional.of(FieldValidation.IGNORE);
            case "Strict" -> Optional.of(FieldValidation.STRICT);
            default -> Optional.empty();
        };
    }

    private static RejectedException refused(String optionsKind, List<FieldError> errors) {
        return new RejectedException(
                Status.invalid(new GroupVersionKind("meta.k8s.io", "v1", optionsKind), "", errors));
    }
}
