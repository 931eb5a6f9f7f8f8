package dev.xebec.node.runtime;

import java.time.Instant;

/** @param tailLines -1 for all; @param since {@link Instant#EPOCH} for all */
public record LogQuery(long tailLines, Instant since, boolean follow) {
    public static final LogQuery ALL = new LogQuery(-1, Instant.EPOCH, false);
}
