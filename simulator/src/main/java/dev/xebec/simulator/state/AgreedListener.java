package dev.xebec.simulator.state;

import dev.xebec.state.machine.Applied;
import dev.xebec.state.machine.Entry;

/** Hears what a group agreed upon. */
public interface AgreedListener {

    /**
     * Called once for each entry of the log, in its order, before any replica applies it; must neither wait nor call the
     * group.
     *
     * @param index from 0
     * @param applied what the entry does, computed by a machine that is no replica's
     */
    void agreed(long index, Entry entry, Applied applied);
}
