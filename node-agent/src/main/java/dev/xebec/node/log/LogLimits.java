package dev.xebec.node.log;

/**
 * How much of a container's output is kept.
 *
 * @param fileBytes a log file that has reached this is followed by a new one
 * @param files kept; the oldest goes first
 * @param partBytes a line longer than this is kept in parts
 */
public record LogLimits(long fileBytes, int files, int partBytes) {
    /** As a kubelet's {@code containerLogMaxSize} and {@code containerLogMaxFiles}, and containerd's line length. */
    public static final LogLimits DEFAULT = new LogLimits(10L * 1024 * 1024, 5, 16 * 1024);
}
