package dev.xebec.scheduler.scheduling;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes have changed lately, so that whoever keeps results looks at these and not at all nodes again. One thread owns
 * it.
 */
final class Journal {
    /** Changes that are kept; who is further behind looks at everything. */
    static final int MAX_CHANGES = 4_096;

    private final List<NodeInfo> changes = new ArrayList<>();
    private long first;

    void changed(NodeInfo node) {
        if (changes.size() == MAX_CHANGES) {
            first += changes.size();
            changes.clear();
        }
        changes.add(node);
    }

    /** The position behind the newest change. */
    long end() {
        return first + changes.size();
    }

    /** What changed from a position on, the same node perhaps several times; null where that is no longer known. */
    @Nullable
    List<NodeInfo> since(long position) {
        return position < first ? null : changes.subList((int) (position - first), changes.size());
    }
}
