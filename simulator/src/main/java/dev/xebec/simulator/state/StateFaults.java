package dev.xebec.simulator.state;

import java.time.Duration;

/**
 * How the agreement between replicas misbehaves, as far as {@code StateStore}'s contract lets it.
 *
 * @param commitMax how long it takes at most until a proposal is agreed upon
 * @param lagMax how far a follower is usually behind at most
 * @param stallPercent entries before which a follower stalls, for up to {@code stallMax}
 * @param leaderSilence a replica that has not run for so long, or a leader that reaches no majority, counts as gone
 * @param electionMin shortest time without a leader
 * @param electionMax longest, where a majority is there
 * @param blindMax how long a leader may not know that it was deposed, and the others who leads
 * @param reignMax longest reign, after which a leader is deposed for no reason; zero for no limit
 * @param lostAnswerPercent entries that are agreed upon though their proposer hears that nobody knows
 * @param streamLossPercent calls of a change stream's sink before which the stream is lost
 * @param unsynced applied entries that a crash may take away from a replica's storage, to be applied again
 * @param snapshotPercent restarts after which a replica begins with another one's storage where it is behind
 * @param logKept entries that the log keeps for those behind; who needs an older one installs a snapshot
 */
public record StateFaults(Duration commitMax, Duration lagMax, double stallPercent, Duration stallMax,
        Duration leaderSilence, Duration electionMin, Duration electionMax, Duration blindMax, Duration reignMax,
        double lostAnswerPercent, double streamLossPercent, int unsynced, double snapshotPercent, int logKept) {

    /** Whoever is first leads for as long as it is there, and all apply everything at once. */
    public static final StateFaults NONE = new StateFaults(Duration.ZERO, Duration.ZERO, 0, Duration.ZERO,
            Duration.ofSeconds(30), Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, 0, 0, 0, 100_000);

    /** A group of healthy machines: time passes, and who stops is replaced. */
    public static final StateFaults CALM = new StateFaults(Duration.ofMillis(5), Duration.ofMillis(10), 0,
            Duration.ZERO, Duration.ofMillis(600), Duration.ofMillis(300), Duration.ofMillis(1_500),
            Duration.ofMillis(300), Duration.ZERO, 0, 0, 64, 20, 10_000);

    /** All at once. */
    public static final StateFaults ROUGH = new StateFaults(Duration.ofMillis(30), Duration.ofMillis(200), 0.5,
            Duration.ofSeconds(4), Duration.ofMillis(600), Duration.ofMillis(300), Duration.ofMillis(1_500),
            Duration.ofSeconds(2), Duration.ofSeconds(20), 1, 0.2, 256, 50, 500);

    /** @param limit longest reign; zero for no limit */
    public StateFaults withReign(Duration limit) {
        return new StateFaults(commitMax, lagMax, stallPercent, stallMax, leaderSilence, electionMin, electionMax,
                blindMax, limit, lostAnswerPercent, streamLossPercent, unsynced, snapshotPercent, logKept);
    }

    public StateFaults withLeaderSilence(Duration limit) {
        return new StateFaults(commitMax, lagMax, stallPercent, stallMax, limit, electionMin, electionMax, blindMax,
                reignMax, lostAnswerPercent, streamLossPercent, unsynced, snapshotPercent, logKept);
    }

    public StateFaults withStreamLoss(double percent) {
        return new StateFaults(commitMax, lagMax, stallPercent, stallMax, leaderSilence, electionMin, electionMax,
                blindMax, reignMax, lostAnswerPercent, percent, unsynced, snapshotPercent, logKept);
    }

    public StateFaults withLostAnswers(double percent) {
        return new StateFaults(commitMax, lagMax, stallPercent, stallMax, leaderSilence, electionMin, electionMax,
                blindMax, reignMax, percent, streamLossPercent, unsynced, snapshotPercent, logKept);
    }

    public StateFaults withStalls(double percent, Duration limit) {
        return new StateFaults(commitMax, lagMax, percent, limit, leaderSilence, electionMin, electionMax, blindMax,
                reignMax, lostAnswerPercent, streamLossPercent, unsynced, snapshotPercent, logKept);
    }

    public StateFaults withLogKept(int entries) {
        return new StateFaults(commitMax, lagMax, stallPercent, stallMax, leaderSilence, electionMin, electionMax,
                blindMax, reignMax, lostAnswerPercent, streamLossPercent, unsynced, snapshotPercent, entries);
    }
}
