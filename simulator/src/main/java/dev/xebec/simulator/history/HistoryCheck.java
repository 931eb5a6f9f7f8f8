package dev.xebec.simulator.history;

import java.util.List;

/** One question to a history. Pure. */
interface HistoryCheck {

    /** What it is about, in a few words. */
    String name();

    /** How many operations or events it looks at. */
    long size(History history, Timeline timeline);

    /** What is wrong, as texts for people; empty where nothing is. */
    List<String> violations(History history, Timeline timeline);
}
