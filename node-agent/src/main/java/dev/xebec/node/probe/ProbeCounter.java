package dev.xebec.node.probe;

import org.jspecify.annotations.Nullable;

/**
 * How results add up: so many in a row make up the mind. Immutable.
 *
 * @param verdict null until the first mind is made up
 * @param streak results like {@code last} in a row
 */
record ProbeCounter(@Nullable Boolean verdict, boolean last, int streak) {
    static final ProbeCounter NONE = new ProbeCounter(null, false, 0);

    ProbeCounter add(boolean success, int successes, int failures) {
        int run = streak > 0 && success == last ? streak + 1 : 1;
        boolean decided = run >= (success ? successes : failures);
        return new ProbeCounter(decided ? Boolean.valueOf(success) : verdict, success, run);
    }
}
