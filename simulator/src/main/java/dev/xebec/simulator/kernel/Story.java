package dev.xebec.simulator.kernel;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last lines of what happened. */
final class Story {
    private static final int KEPT = 400;

    private final Deque<String> lines = new ArrayDeque<>();

    void add(Duration at, String line) {
        if (lines.size() == KEPT) {
            lines.removeFirst();
        }
        lines.add("%8.3f s  %s".formatted(at.toNanos() / 1e9, line));
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
