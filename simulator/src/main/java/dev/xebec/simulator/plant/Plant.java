package dev.xebec.simulator.plant;

/** A bug planted on purpose into one layer of the simulated cluster. */
public enum Plant {
    NONE("nothing is wrong"), DROPPED_GUARD(
            "one gateway's transactions lose their guards now and then"), REUSED_REVISION(
                    "one replica answers a change stream with a revision that was used before"), LOST_WATCH_EVENT(
                            "one gateway's change stream leaves out a change now and then"), CLOCK_IN_STATE_MACHINE(
                                    "one replica's state machine writes its own clock into what it stores"), CHANCE_IN_NAME(
                                            "pods of a ReplicaSet get a name by chance instead of one by their number");

    private final String what;

    Plant(String what) {
        this.what = what;
    }

    /** What it does wrong. */
    public String what() {
        return what;
    }
}
