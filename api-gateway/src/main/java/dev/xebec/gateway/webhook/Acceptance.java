package dev.xebec.gateway.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Takes a patched object in as one that a client sent: types checked, unknown fields dropped, defaults applied. */
@FunctionalInterface
public interface Acceptance {

    /** Changes the tree in place; throws IllegalArgumentException where it is no object of its kind. */
    void accept(ObjectNode patched);
}
