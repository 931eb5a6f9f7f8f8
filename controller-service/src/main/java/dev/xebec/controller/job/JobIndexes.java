package dev.xebec.controller.job;

import java.util.BitSet;

/** Sets of completion indexes as a Job writes them: {@code 1,3-5,7}. Source: batch/v1 JobStatus.completedIndexes. */
final class JobIndexes {
    private JobIndexes() {}

    /** Indexes of {@code limit} and above, and what is no interval, are left out. */
    static BitSet parse(String text, int limit) {
        BitSet indexes = new BitSet();
        for (String interval : text.split(",", -1)) {
            int dash = interval.indexOf('-');
            try {
                int first = Integer.parseInt(dash < 0 ? interval : interval.substring(0, dash));
                int last = dash < 0 ? first : Integer.parseInt(interval.substring(dash + 1));
                if (first >= 0 && first < limit && last >= first) {
                    indexes.set(first, Math.min(last, limit - 1) + 1);
                }
            } catch (NumberFormatException notAnInterval) {
                continue;
            }
        }
        return indexes;
    }

    static String text(BitSet indexes) {
        StringBuilder text = new StringBuilder();
        for (int first = indexes.nextSetBit(0); first >= 0;) {
            int end = indexes.nextClearBit(first);
            text.append(text.isEmpty() ? "" : ",").append(first);
            if (end - first > 1) {
                text.append(end - first > 2 ? '-' : ',').append(end - 1);
            }
            first = indexes.nextSetBit(end);
        }
        return text.toString();
    }

    static BitSet union(BitSet one, BitSet other) {
        BitSet both = (BitSet) one.clone();
        both.or(other);
        return both;
    }
}
