package dev.xebec.node.pod;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param status whole, to be written where it differs from the object's
 * @param wakeAt when to decide again even if nothing happens; null for not
 */
public record Decision(List<PodAction> actions, ObjectNode status, @Nullable Instant wakeAt) {}
