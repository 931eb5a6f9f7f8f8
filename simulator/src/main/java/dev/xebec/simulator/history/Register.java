package dev.xebec.simulator.history;

import org.jspecify.annotations.Nullable;

/**
 * What an object is to those who write it: there or not, at a revision, with a value.
 *
 * @param revision of the object; {@link #UNSEEN} where the write that made it was never answered and never seen
 * @param floor the newest revision that is known to have been before
 */
record Register(boolean there, long revision, long floor, String value) {
    static final Register ABSENT = new Register(false, 0, 0, "");
    static final long UNSEEN = -1;

    boolean shows(@Nullable ObjectState seen) {
        return seen == null ? !there : there && revision == seen.revision() && value.equals(seen.value());
    }

    /**
     * What a write makes of it.
     *
     * @param newRevision that the write has made; 0 where nobody knows
     * @return null where the write cannot succeed on this
     */
    @Nullable
    Register after(Intent intent, long newRevision) {
        return switch (intent) {
            case Intent.Create create -> there ? null : put(newRevision, create.value());
            case Intent.Update update -> matches(update.expected()) ? put(newRevision, update.value()) : null;
            case Intent.Patch patch -> matches(patch.expected()) ? put(newRevision, patch.value()) : null;
            case Intent.Delete delete -> matches(delete.expected()) ? new Register(false, 0, floor, "") : null;
        };
    }

    /** Whether a write is refused for this reason; reasons that say nothing about the state always may be. */
    boolean refuses(Intent intent, String reason) {
        return switch (reason) {
            case "AlreadyExists" -> there;
            case "NotFound" -> !there;
            case "Conflict" -> there && expected(intent) > 0 && expected(intent) != revision;
            default -> true;
        };
    }

    private static long expected(Intent intent) {
        return switch (intent) {
            case Intent.Create create -> 0;
            case Intent.Update update -> update.expected();
            case Intent.Patch patch -> patch.expected();
            case Intent.Delete delete -> delete.expected();
        };
    }

    private boolean matches(long expected) {
        return there && (expected == 0 || expected == revision);
    }

    private @Nullable Register put(long newRevision, String newValue) {
        if (newRevision == 0) {
            return new Register(true, UNSEEN, floor, newValue);
        }
        return newRevision > floor ? new Register(true, newRevision, newRevision, newValue) : null;
    }
}
