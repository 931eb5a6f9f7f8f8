package dev.xebec.model.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which of the names that a CustomResourceDefinition asks for it gets: those that no other definition of its group has.
 * Pure. Who calls it sees to it that no two definitions are decided at once.
 *
 * <p>Source: apiextensions-apiserver {@code pkg/controller/status/naming_controller.go}.
 */
public final class AcceptedNames {
    private AcceptedNames() {}

    /** The names that other definitions of the group have been given. */
    public record Taken(Set<String> resources, Set<String> kinds) {

        /** @param accepted {@code status.acceptedNames} of each */
        public static Taken of(Iterable<? extends JsonNode> accepted) {
            Set<String> resources = new HashSet<>();
            Set<String> kinds = new HashSet<>();
            for (JsonNode names : accepted) {
                resources.add(names.path("plural").asText(""));
                resources.add(names.path("singular").asText(""));
                names.path("shortNames").forEach(name -> resources.add(name.asText()));
                kinds.add(names.path("kind").asText(""));
                kinds.add(names.path("listKind").asText(""));
            }
            resources.remove("");
            kinds.remove("");
            return new Taken(resources, kinds);
        }
    }

    /**
     * Brings accepted names and conditions up to what the definition asks for; in place. A definition whose names are all
     * accepted is established at once: whoever sees it so in the store serves it.
     *
     * @return whether it has been given other names than it had
     */
    public static boolean settle(ObjectNode definition, Taken taken, Instant now) {
        JsonNode wanted = definition.path("spec").path("names");
        ObjectNode status = definition.get("status") instanceof ObjectNode there
                ? there
                : definition.putObject("status");
        JsonNode had = status.path("acceptedNames");
        ObjectNode given = had instanceof ObjectNode there ? there.deepCopy() : Json.object();
        Conflict conflict = new Conflict();
        give(wanted, given, "plural", taken.resources(), "PluralConflict", conflict);
        give(wanted, given, "singular", taken.resources(), "SingularConflict", conflict);
        shortNames(wanted, given, taken.resources(), conflict);
        give(wanted, given, "kind", taken.kinds(), "KindConflict", conflict);
        give(wanted, given, "listKind", taken.kinds(), "ListKindConflict", conflict);
        copy(wanted, given, "categories");
        for (String required : List.of("plural", "kind")) {
            if (!given.has(required)) {
                given.put(required, "");
            }
        }
        boolean changed = !had.equals(given);
        status.set("acceptedNames", given);
        boolean accepted = conflict.reason.isEmpty();
        DefinitionConditions.set(definition, DefinitionConditions.NAMES_ACCEPTED, accepted,
                accepted ? "NoConflicts" : conflict.reason, accepted ? "no conflicts found" : conflict.message, now);
        if (accepted) {
            DefinitionConditions.set(definition, DefinitionConditions.ESTABLISHED, true, "InitialNamesAccepted",
                    "the initial names have been accepted", now);
        } else if (!DefinitionConditions.isTrue(definition, DefinitionConditions.ESTABLISHED)) {
            DefinitionConditions.set(definition, DefinitionConditions.ESTABLISHED, false, "NotAccepted",
                    "not all names are accepted", now);
        }
        return changed;
    }

    /** The last name that could not be given. */
    private static final class Conflict {
        private String reason = "";
        private String message = "";

        void set(String why, String text) {
            reason = why;
            message = text;
        }
    }

    private static void give(JsonNode wanted, ObjectNode given, String field, Set<String> taken, String reason,
            Conflict conflict) {
        String name = wanted.path(field).asText("");
        if (!name.equals(given.path(field).asText("")) && taken.contains(name)) {
            conflict.set(reason, inUse(name));
        } else {
            copy(wanted, given, field);
        }
    }

    private static void shortNames(JsonNode wanted, ObjectNode given, Set<String> taken, Conflict conflict) {
        Set<String> own = new HashSet<>();
        given.path("shortNames").forEach(name -> own.add(name.asText()));
        List<String> refused = new ArrayList<>();
        for (JsonNode name : wanted.path("shortNames")) {
            if (!own.contains(name.asText()) && taken.contains(name.asText())) {
                refused.add(inUse(name.asText()));
            }
        }
        if (refused.isEmpty()) {
            copy(wanted, given, "shortNames");
        } else {
            conflict.set("ShortNamesConflict",
                    refused.size() == 1 ? refused.get(0) : "[" + String.join(", ", refused) + "]");
        }
    }

    private static String inUse(String name) {
        return "\"" + name + "\" is already in use";
    }

    private static void copy(JsonNode wanted, ObjectNode given, String field) {
        JsonNode value = wanted.get(field);
        if (value == null || value.isNull() || (value.isContainerNode() && value.isEmpty())) {
            given.remove(field);
        } else {
            given.set(field, value.deepCopy());
        }
    }
}
