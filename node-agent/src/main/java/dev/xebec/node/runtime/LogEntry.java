package dev.xebec.node.runtime;

import java.time.Instant;

/**
 * A line of a container's output, or a part of a long one.
 *
 * @param error of stderr rather than stdout
 * @param whole ends with the line's end; false for the first parts of a long line and for output without one
 * @param text without the line's end
 */
public record LogEntry(Instant at, boolean error, boolean whole, byte[] text) {}
