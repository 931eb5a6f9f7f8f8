package dev.xebec.gateway.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.write.WriteOptions.FieldValidation;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.RepeatedFields;
import dev.xebec.model.patch.GoText;
import dev.xebec.model.patch.Patches;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import dev.xebec.model.validation.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A patch that was read, with what its document says twice or too much. What it makes of an object and cannot be an object of the
 * kind is the patch's fault: 422. Source: apiserver {@code endpoints/handlers/patch.go}.
 *
 * @param strategic by the kind's structure; null for the other two sorts
 * @param findings in the words of field validation
 */
record ReadPatch(Kind kind, String mediaType, JsonNode body, Schema.@Nullable Struct strategic,
        List<String> findings) {
    private static final Set<String> OPERATION = Set.of("op", "path", "from", "value");

    /** Characters of an object that an error repeats. */
    private static final int MAX_SHOWN = 16_000;

    static ReadPatch of(Call call, Kind kind) {
        List<String> repeated = new ArrayList<>();
        JsonNode body = parse(call, repeated);
        String mediaType = BodyReader.mediaType(call);
        if (mediaType.equals(PatchVerb.JSON_PATCH)) {
            return new ReadPatch(kind, mediaType, body, null, ofOperations(body, repeated));
        }
        if (mediaType.equals(PatchVerb.MERGE_PATCH)) {
            return new ReadPatch(kind, mediaType, body, null, repeated);
        }
        if (!(kind.schema() instanceof Schema.Struct struct)) {
            throw new RejectedException(Status.notConsumed());
        }
        if (!body.isObject() && !body.isNull()) {
            throw new RejectedException(Status.badRequest("json: cannot unmarshal " + BodyReader.goName(body)
                    + " into Go value of type map[string]interface {}"));
        }
        return new ReadPatch(kind, mediaType, body.isNull() ? Json.object() : body, struct, repeated);
    }

    private static JsonNode parse(Call call, List<String> repeated) {
        try {
            return RepeatedFields.parse(call.body().array(), repeated);
        } catch (IllegalArgumentException malformed) {
            throw new RejectedException(Status.badRequest("invalid JSON patch"));
        }
    }

    private static List<String> ofOperations(JsonNode body, List<String> repeated) {
        List<String> findings = new ArrayList<>();
        repeated.forEach(one -> findings.add("json patch " + one));
        for (int at = 0; at < body.size() && body.isArray(); at++) {
            String where = "[" + at + "].";
            body.get(at).properties().forEach(field -> {
                if (!OPERATION.contains(field.getKey())) {
                    findings.add("json patch unknown field \"" + where + field.getKey() + "\"");
                }
            });
        }
        return findings;
    }

    /** A new tree. */
    ObjectNode apply(ObjectNode object) {
        if (strategic != null && body instanceof ObjectNode patch) {
            ObjectNode patched = Patches.strategic(strategic, object, patch);
            return patched.put("apiVersion", kind.name().apiVersion()).put("kind", kind.name().kind());
        }
        ObjectNode patched = mediaType.equals(PatchVerb.JSON_PATCH)
                ? Patches.json(object, body)
                : Patches.merge(object, body);
        checkIdentity(patched);
        return patched;
    }

    private void checkIdentity(ObjectNode patched) {
        String said = patched.path("kind").asText("");
        String version = patched.path("apiVersion").asText("");
        if (!said.isEmpty() && !said.equals(kind.name().kind())) {
            throw refused(patched, BodyReader.conversion(kind.name().groupVersion().kind(said), kind.name()));
        }
        if (!version.isEmpty() && !version.equals(kind.name().apiVersion())) {
            throw refused(patched, BodyReader.unregistered(version, kind.name().kind()));
        }
        patched.put("apiVersion", kind.name().apiVersion()).put("kind", kind.name().kind());
    }

    /** Checks and prunes in place. @return what there is to warn of */
    List<String> check(ObjectNode patched, FieldValidation validation) {
        Optional<String> wrong = Shape.wrongType(kind, patched);
        if (wrong.isPresent()) {
            throw refused(patched, strategic == null ? wrong.get() : ConversionFault.of(wrong.get()));
        }
        List<String> warnings = new ArrayList<>();
        if (validation != FieldValidation.IGNORE) {
            warnings.addAll(findings);
            warnings.addAll(Shape.unknownFields(kind, patched));
        }
        if (validation == FieldValidation.STRICT && !warnings.isEmpty()) {
            throw refused(patched, "strict decoding error: " + String.join(", ", warnings));
        }
        Shape.prune(kind, patched);
        return warnings;
    }

    private RejectedException refused(ObjectNode patched, String why) {
        String shown = strategic == null ? PatchedText.of(patched) : GoText.of(body);
        String cut = shown.length() > MAX_SHOWN ? shown.substring(0, MAX_SHOWN) : shown;
        return new RejectedException(Status.invalid(new GroupVersionKind("", "", ""), "",
                List.of(FieldError.invalid("patch", cut, why))));
    }
}
