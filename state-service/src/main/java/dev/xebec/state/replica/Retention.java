package dev.xebec.state.replica;

import java.time.Duration;

/**
 * How much history is kept: a revision is forgotten once it is older than {@code age}, or more than {@code revisions}
 * back. What a key is now is never forgotten.
 */
public record Retention(Duration age, long revisions) {
    public static final Retention DEFAULT = new Retention(Duration.ofMinutes(5), 100_000);

    public Retention {
        if (!age.isPositive() || revisions < 1) {
            throw new IllegalArgumentException("retention of " + age + " and " + revisions + " revisions");
        }
    }
}
