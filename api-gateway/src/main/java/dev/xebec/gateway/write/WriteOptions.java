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
        List<String> dryRun = call.words("dryRun");
        errors.addAll(checkDryRun(dryRun));
        String validation = call.query("fieldValidation");
        Optional<FieldValidation> level = fieldValidation(validation);
        if (level.isEmpty()) {
            errors.add(FieldError.notSupported("fieldValidation", validation, List.of("", "Ignore", "Strict", "Warn")));
        }
        if (!errors.isEmpty()) {
            throw refused(optionsKind, errors);
        }
        return new WriteOptions(mode(dryRun), level.orElse(FieldValidation.WARN));
    }

    /** Source: apimachinery {@code apis/meta/v1/validation}. */
    static List<FieldError> checkDryRun(List<String> stages) {
        return stages.stream().allMatch("All"::equals)
                ? List.of()
                : List.of(FieldError.notSupported("dryRun", stages, List.of("All")));
    }

    static Mode mode(List<String> dryRun) {
        return dryRun.isEmpty() ? Mode.REAL : Mode.DRY_RUN;
    }

    private static Optional<FieldValidation> fieldValidation(String value) {
        return switch (value) {
            case "", "Warn" -> Optional.of(FieldValidation.WARN);
            case "Ignore" -> Optional.of(FieldValidation.IGNORE);
            case "Strict" -> Optional.of(FieldValidation.STRICT);
            default -> Optional.empty();
        };
    }

    static RejectedException refused(String optionsKind, List<FieldError> errors) {
        return new RejectedException(
                Status.invalid(new GroupVersionKind("meta.k8s.io", "v1", optionsKind), "", errors));
    }
}
