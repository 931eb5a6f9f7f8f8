package dev.xebec.gateway.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.gateway.registry.ObjectRegistry.Mode;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request wants of a kind that is spoken and not stored, such as a Scale or a Binding: a whole one, or a patch of the one
 * that there is. It is read and held to its kind by the rules of every write. Of one thread.
 */
public final class SpokenChange {
    private static final List<String> OF_CUSTOM = List.of(PatchVerb.JSON_PATCH, PatchVerb.MERGE_PATCH,
            ApplyVerb.MEDIA_TYPE);

    private final Kind spoken;
    private final WriteOptions options;
    private final @Nullable ObjectNode whole;
    private final @Nullable ReadPatch patch;
    private List<String> warnings = List.of();

    private SpokenChange(Kind spoken, WriteOptions options, @Nullable ObjectNode whole, @Nullable ReadPatch patch) {
        this.spoken = spoken;
        this.options = options;
        this.whole = whole;
        this.patch = patch;
    }

    /** Of a POST. */
    public static SpokenChange creating(Call call, BodyReader bodies, Kind spoken) {
        return reading(call, bodies, spoken, WriteOptions.of(call, "CreateOptions"));
    }

    /** Of a PUT. It has to name what is replaced. */
    public static SpokenChange replacing(Call call, BodyReader bodies, Kind spoken) {
        return reading(call, bodies, spoken, WriteOptions.of(call, "UpdateOptions"));
    }

    private static SpokenChange reading(Call call, BodyReader bodies, Kind spoken, WriteOptions options) {
        List<String> repeated = new ArrayList<>();
        ObjectNode tree = bodies.read(call, spoken.name(), repeated);
        SpokenChange change = new SpokenChange(spoken, options, tree, null);
        change.warnings = Intake.check(spoken, tree, repeated, options.fieldValidation());
        return change;
    }

    /** Of a PATCH that is no apply. */
    public static SpokenChange patching(Call call, Kind spoken) {
        boolean custom = call.info().servedKind().custom() != null;
        String type = BodyReader.mediaType(call);
        if (custom && !OF_CUSTOM.contains(type)) {
            throw new RejectedException(Status.unsupportedMediaType(OF_CUSTOM));
        }
        if (!PatchVerb.accepts(type)) {
            throw new RejectedException(Status.notConsumed());
        }
        return new SpokenChange(spoken, WriteOptions.ofPatch(call), null, ReadPatch.of(call, spoken));
    }

    public Mode mode() {
        return options.mode();
    }

    /** The whole one that was sent; call it only for a POST or a PUT. */
    public ObjectNode whole() {
        if (whole == null) {
            throw new IllegalStateException("a patch is nothing whole");
        }
        return whole;
    }

    /** What is wanted in the place of the present one, which stays as it is. */
    public ObjectNode of(ObjectNode present) {
        if (patch == null) {
            return whole().deepCopy();
        }
        ObjectNode patched = patch.apply(present);
        warnings = patch.check(patched, options.fieldValidation());
        return patched;
    }

    /** The answer with what there is to warn of. */
    public Answer warned(Answer answer) {
        return answer instanceof Answer.Body body ? Warnings.on(body, warnings) : answer;
    }
}
