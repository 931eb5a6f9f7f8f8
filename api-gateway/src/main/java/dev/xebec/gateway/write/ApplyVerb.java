package dev.xebec.gateway.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.gateway.admission.FieldOwners;
import dev.xebec.gateway.admission.WriteRequest;
import dev.xebec.gateway.encode.Encoder;
import dev.xebec.gateway.encode.OutputForm;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.gateway.registry.Outcome;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Handler;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import dev.xebec.model.validation.Shape;
import dev.xebec.model.yaml.YamlDecoder;
import java.util.List;
import java.util.Optional;

/**
 * Server-side apply: makes an object, or its status, say what a configuration says; creates what is absent. Source:
 * apiserver {@code endpoints/handlers/patch.go}.
 */
public final class ApplyVerb implements Handler {
    static final String MEDIA_TYPE = "application/apply-patch+yaml";
    /** Times that an object may come and go while it is applied. */
    private static final int MAX_ATTEMPTS = 8;

    private final ObjectRegistry registry;
    private final UpdateVerb updates;
    private final ObjectMaker maker;
    private final FieldOwners owners;
    private final Encoder encoder;

    public ApplyVerb(ObjectRegistry registry, UpdateVerb updates, ObjectMaker maker, FieldOwners owners,
            Encoder encoder) {
        this.registry = registry;
        this.updates = updates;
        this.maker = maker;
        this.owners = owners;
        this.encoder = encoder;
    }

    @Override
    public Answer handle(Call call) {
        OutputForm form = OutputForm.of(call);
        WriteOptions options = WriteOptions.ofPatch(call);
        ObjectNode config = config(call);
        WriteRequest request = WriteRequest.of(call, options.mode(), WriteRequest.Ownership.GIVEN);
        boolean force = call.flag("force");
        return Warnings.with(request, () -> answer(request, config, force, options, form));
    }

    private Answer.Body answer(WriteRequest request, ObjectNode config, boolean force, WriteOptions options,
            OutputForm form) {
        for (int attempt = 1;; attempt++) {
            try {
                Outcome outcome = change(request, config, force, options);
                return encoder.object(form, 200, request.kind(), outcome.json());
            } catch (RejectedException refused) {
                if (refused.status().code() != 404 || !request.subresource().isEmpty()) {
                    throw refused;
                }
            }
            try {
                Outcome outcome = create(request, config, force, options);
                return encoder.object(form, 201, request.kind(), outcome.json());
            } catch (RejectedException refused) {
                boolean thereNow = refused.status().reason().equals("AlreadyExists")
                        && !refused.status().message().startsWith("object is being deleted");
                if (!thereNow || attempt == MAX_ATTEMPTS) {
                    throw refused;
                }
            }
        }
    }

    /** Refuses options that an apply cannot have. */
    public static void checkOptions(Call call) {
        WriteOptions.ofPatch(call);
    }

    /** A configuration as it was sent: YAML, or JSON, which is YAML, too. */
    public static ObjectNode config(Call call) {
        byte[] body = call.body().array();
        try {
            return startsAsJson(body) ? jsonOrFlowStyle(body) : YamlDecoder.decode(body);
        } catch (IllegalArgumentException malformed) {
            throw new RejectedException(Status.badRequest("error decoding YAML: "
                    + BodyReader.firstLine(malformed.getMessage())));
        }
    }

    /** JSON is much the quicker to read; a mapping of YAML in flow style begins like it. */
    private static ObjectNode jsonOrFlowStyle(byte[] body) {
        try {
            return Json.parseObject(body);
        } catch (IllegalArgumentException noJson) {
            return YamlDecoder.decode(body);
        }
    }

    private static boolean startsAsJson(byte[] body) {
        for (byte one : body) {
            if (one != ' ' && one != '\t' && one != '\r' && one != '\n') {
                return one == '{';
            }
        }
        return false;
    }

    private Outcome change(WriteRequest request, ObjectNode config, boolean force, WriteOptions options) {
        Kind kind = request.kind();
        ObjectKey key = request.call().info().key();
        return registry.write(kind, key, request.mode(), updates.start(request), present -> {
            if (!present.exists()) {
                throw new RejectedException(Status.notFound(kind.resource(), key.name()));
            }
            ObjectNode applied = owners.applied(request, present.existing(), config, force);
            request.begin(checked(kind, key, applied, options));
            Stamps.metadata(applied).put("name", key.name());
            UpdateRules.checkPreconditions(kind, key, applied, present, true);
            return updates.decide(request, applied, present.existing());
        });
    }

    private Outcome create(WriteRequest request, ObjectNode config, boolean force, WriteOptions options) {
        Kind kind = request.kind();
        ObjectKey key = request.call().info().key();
        ObjectNode applied = owners.applied(request, null, config, force);
        String uid = applied.path("metadata").path("uid").asText("");
        if (!uid.isEmpty()) {
            throw new RejectedException(Status.conflict(kind.resource(), key.name(), "uid mismatch: the provided object"
                    + " specified uid " + uid + ", and no existing object was found"));
        }
        request.begin(checked(kind, key, applied, options));
        Stamps.metadata(applied).remove("resourceVersion");
        return maker.make(request, key, applied);
    }

    /** Refuses what does not come to an object of the kind at its path. */
    private static List<String> checked(Kind kind, ObjectKey key, ObjectNode applied, WriteOptions options) {
        Optional<String> wrong = Shape.wrongType(kind, applied);
        if (wrong.isPresent()) {
            throw new RejectedException(Status.unexpected("failed to convert new object (" + key.namespace() + "/"
                    + key.name() + "; " + kind.name().apiVersion() + ", Kind=" + kind.name().kind()
                    + ") to proper version (" + kind.name().apiVersion() + "): " + wrong.get()));
        }
        List<String> warnings = Intake.check(kind, applied, options.fieldValidation());
        Stamps.keyOf(applied, kind, key.namespace(), key.name());
        if (applied.path("metadata").path("name").asText("").isEmpty()) {
            throw new RejectedException(Status.badRequest("the name of the object (" + key.name()
                    + " based on URL) was undeterminable: name must be provided"));
        }
        return warnings;
    }
}
