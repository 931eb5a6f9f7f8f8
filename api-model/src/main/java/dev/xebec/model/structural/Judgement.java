package dev.xebec.model.structural;

import dev.xebec.model.status.FieldError;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of judging one value: what is wrong, and how many checks were made, by which the closest of several
 * alternatives is told.
 */
final class Judgement {
    /** Errors that are kept; an object with more is told of the first ones. */
    static final int MAX_ERRORS = 200;

    private final List<FieldError> errors = new ArrayList<>(0);
    private int checks;

    List<FieldError> errors() {
        return errors;
    }

    int checks() {
        return checks;
    }

    boolean isValid() {
        return errors.isEmpty();
    }

    void checked() {
        checks++;
    }

    void add(FieldError error) {
        if (errors.size() < MAX_ERRORS) {
            errors.add(error);
        }
    }

    void merge(Judgement other) {
        checks += other.checks;
        other.errors.forEach(this::add);
    }

    /** What was wrong before and has not changed is let be. */
    void forgive() {
        errors.clear();
    }
}
