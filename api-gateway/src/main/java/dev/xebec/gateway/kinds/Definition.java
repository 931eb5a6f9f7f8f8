package dev.xebec.gateway.kinds;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.model.custom.DefinitionConditions;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.Status;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this gateway has made of one CustomResourceDefinition.
 *
 * @param revision of the definition's last write; its objects are written on the condition that it still is
 * @param fingerprint stands for all that the kinds follow from: equal on every gateway, and for as long as the kinds are
 * @param terminating whether it is going: its objects are read, changed and deleted, but not created any more
 * @param kinds one per served version; none while its names are not accepted
 * @param acceptedNames as its status has them; null for none
 */
public record Definition(String name, long revision, String fingerprint, boolean terminating, List<Kind> kinds,
        @Nullable ObjectNode acceptedNames) {
    private static final Logger LOG = LoggerFactory.getLogger(Definition.class);

    static Definition of(CachedObject stored, Function<ObjectNode, List<Kind>> reader) {
        ObjectNode tree = stored.parse().tree();
        boolean served = accepted(tree);
        return new Definition(stored.key().name(), stored.revision(), fingerprint(tree, served), going(tree),
                served ? kinds(stored.key().name(), tree, reader) : List.of(), names(tree));
    }

    /** As {@link #of}, with the very kinds of {@code before} where nothing has changed that they follow from. */
    static Definition of(CachedObject stored, Function<ObjectNode, List<Kind>> reader, Definition before) {
        ObjectNode tree = stored.parse().tree();
        boolean served = accepted(tree);
        String fingerprint = fingerprint(tree, served);
        List<Kind> kinds = fingerprint.equals(before.fingerprint())
                ? before.kinds()
                : served ? kinds(stored.key().name(), tree, reader) : List.of();
        return new Definition(stored.key().name(), stored.revision(), fingerprint, going(tree), kinds, names(tree));
    }

    /** The refusal of a new object while its definition is going. */
    public static Status terminating(Kind kind, String name) {
        return Status.forbidden(kind.resource(), name,
                "create not allowed while custom resource definition is terminating");
    }

    /** One definition that cannot be read is served by nobody, and harms no other. */
    private static List<Kind> kinds(String name, ObjectNode tree, Function<ObjectNode, List<Kind>> reader) {
        try {
            return List.copyOf(reader.apply(tree));
        } catch (IllegalArgumentException | IllegalStateException unreadable) {
            LOG.error("the definition {} cannot be served: {}", name, unreadable.getMessage());
            return List.of();
        }
    }

    private static boolean accepted(ObjectNode tree) {
        return DefinitionConditions.isTrue(tree, DefinitionConditions.NAMES_ACCEPTED)
                || DefinitionConditions.isTrue(tree, DefinitionConditions.ESTABLISHED);
    }

    private static boolean going(ObjectNode tree) {
        return tree.path("metadata").hasNonNull("deletionTimestamp")
                || DefinitionConditions.isTrue(tree, DefinitionConditions.TERMINATING);
    }

    private static @Nullable ObjectNode names(ObjectNode tree) {
        return tree.path("status").path("acceptedNames") instanceof ObjectNode names ? names : null;
    }

    private static String fingerprint(ObjectNode tree, boolean served) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(Json.bytes(tree.path("spec")));
            digest.update(Json.bytes(tree.path("status").path("acceptedNames")));
            digest.update((byte) (served ? 1 : 0));
            return HexFormat.of().withUpperCase().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
