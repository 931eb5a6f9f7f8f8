package dev.xebec.events.publish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One object's change, as it is told to those who follow every object.
 *
 * @param resource the plural with its group, such as {@code deployments.apps}
 * @param object the object, or its identity where it is gone or too large
 * @param cut whether it is too large and only its identity is told
 * @param time of its creation for one that is added; null for unknown
 */
record ObjectStory(String resource, String namespace, String name, String uid, long revision, ObjectNode object,
        boolean cut, @Nullable Instant time) {

    String path() {
        return resource + "/" + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
}
