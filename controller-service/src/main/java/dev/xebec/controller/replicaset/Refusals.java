package dev.xebec.controller.replicaset;

import java.util.Optional;

/**
 * The API's last word on the pods that an owner wanted to create: an input of deciding, noted where plans are
 * performed.
 */
public interface Refusals {
    /** Nothing was ever refused. */
    Refusals NONE = ownerUid -> Optional.empty();

    /** Why the owner's last pod was refused; empty when it was created, or none was tried. */
    Optional<String> lastRefusal(String ownerUid);
}
