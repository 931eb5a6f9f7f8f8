package dev.xebec.model.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.ApiObject;
import java.time.Instant;

/** Cells of volumes, claims and storage classes. */
final class StorageCells {
    private static final String OLD_CLASS = "volume.beta.kubernetes.io/storage-class";

    private StorageCells() {}

    private static String modes(JsonNode modes) {
        return Text.join(modes, mode -> switch (mode.asText()) {
            case "ReadWriteOnce" -> "RWO";
            case "ReadOnlyMany" -> "ROX";
            case "ReadWriteMany" -> "RWX";
            case "ReadWriteOncePod" -> "RWOP";
            default -> "";
        }, ",");
    }

    static String status(ApiObject object, Instant now) {
        return object.deleting() ? "Terminating" : Text.of(object.status(), "phase");
    }

    static String storageClass(ApiObject object, Instant now) {
        return object.annotations().getOrDefault(OLD_CLASS, Text.of(object.spec(), "storageClassName"));
    }

    static String attributesClass(ApiObject object, Instant now) {
        return Text.or(Text.of(object.spec(), "volumeAttributesClassName"), Text.UNSET);
    }

    static String volumeMode(ApiObject object, Instant now) {
        return Text.or(Text.of(object.spec(), "volumeMode"), Text.UNSET);
    }

    static String volumeModes(ApiObject volume, Instant now) {
        return modes(volume.spec().path("accessModes"));
    }

    static String volumeCapacity(ApiObject volume, Instant now) {
        return Text.of(volume.spec(), "capacity.storage");
    }

    static String volumeClaim(ApiObject volume, Instant now) {
        JsonNode claim = volume.spec().path("claimRef");
        return claim.isObject() ? Text.of(claim, "namespace") + "/" + Text.of(claim, "name") : "";
    }

    private static boolean bound(ApiObject claim) {
        return !Text.of(claim.spec(), "volumeName").isEmpty();
    }

    static String claimModes(ApiObject claim, Instant now) {
        return bound(claim) ? modes(claim.status().path("accessModes")) : "";
    }

    static String claimCapacity(ApiObject claim, Instant now) {
        return bound(claim) ? Text.of(claim.status(), "capacity.storage") : "";
    }

    /** The name of a class, and whether it is the one for claims that name none. */
    static Cell className(String defaultMark) {
        return (object, now) -> object.annotations().getOrDefault(defaultMark, "").equals("true")
                ? object.name() + " (default)"
                : object.name();
    }
}
