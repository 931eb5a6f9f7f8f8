package dev.xebec.gateway.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import dev.xebec.model.validation.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Holds an incoming object against its kind's schema: wrong types are refused, unknown fields reported or dropped. */
final class Intake {
    private static final String YAML_LINE = "line ";

    private Intake() {}

    /** As the other, for a tree in which nothing was said twice. */
    static List<String> check(Kind kind, ObjectNode tree, WriteOptions.FieldValidation validation) {
        return check(kind, tree, List.of(), validation);
    }

    /**
     * Checks and prunes in place.
     *
     * @param repeated what the body said twice, in Kubernetes' words, maybe among what is unknown in it
     * @return warnings about that, and about what was dropped
     */
    static List<String> check(Kind kind, ObjectNode tree, List<String> repeated,
            WriteOptions.FieldValidation validation) {
        Optional<String> wrong = Shape.wrongType(kind, tree);
        if (wrong.isPresent()) {
            throw new RejectedException(Status.badRequest(kind.name().kind() + " in version \"" + kind.name().version()
                    + "\" cannot be handled as a " + kind.name().kind() + ": " + wrong.get()));
        }
        Set<String> warnings = new LinkedHashSet<>();
        if (validation != WriteOptions.FieldValidation.IGNORE) {
            warnings.addAll(repeated);
            warnings.addAll(Shape.unknownFields(kind, tree));
        }
        if (validation == WriteOptions.FieldValidation.STRICT && !warnings.isEmpty()) {
            throw new RejectedException(Status.badRequest(kind.name().kind() + " in version \"" + kind.name().version()
                    + "\" cannot be handled as a " + kind.name().kind() + ": strict decoding error: "
                    + String.join(", ", told(warnings))));
        }
        Shape.prune(kind, tree);
        return List.copyOf(warnings);
    }

    /** What a YAML document says twice is one error of its reader. */
    private static List<String> told(Collection<String> wrong) {
        List<String> lines = wrong.stream().filter(one -> one.startsWith(YAML_LINE)).toList();
        List<String> told = new ArrayList<>();
        if (!lines.isEmpty()) {
            told.add("yaml: unmarshal errors:\n  " + String.join("\n  ", lines));
        }
        wrong.stream().filter(one -> !one.startsWith(YAML_LINE)).forEach(told::add);
        return told;
    }
}
