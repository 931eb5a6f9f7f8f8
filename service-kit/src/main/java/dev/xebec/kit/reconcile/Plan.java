package dev.xebec.kit.reconcile;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reconciler wants done, in order. The loop performs the actions one after another; a refusal that means an old
 * picture (Conflict, AlreadyExists on a create, NotFound on a delete) drops the rest and has the key looked at again; others
 * are retried with back-off. It looks at the key again only when the cache has reached the last revision written.
 *
 * @param requeueAfter look again after this time even if nothing changes; null for not
 */
public record Plan(List<Action> actions, @Nullable Duration requeueAfter) {
    public static final Plan NOTHING = new Plan(List.of(), null);

    public static Plan of(Action... actions) {
        return new Plan(List.of(actions), null);
    }

    public static Plan after(Duration delay) {
        return new Plan(List.of(), delay);
    }

    public Plan requeueAfter(Duration delay) {
        return new Plan(actions, delay);
    }
}
