package dev.xebec.gateway.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.GroupVersionKind;

/** Turns an object into another version of its kind; a tree that has the wanted version is given back as it is. */
@FunctionalInterface
public interface Versions {
    ObjectNode to(GroupVersionKind wanted, ObjectNode tree);
}
