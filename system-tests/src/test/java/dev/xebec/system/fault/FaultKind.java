package dev.xebec.system.fault;

import static dev.xebec.system.fault.FaultCluster.MASTERS;
import static dev.xebec.system.fault.FaultCluster.PROCESSES;
import static dev.xebec.system.fault.Lab.CLIENTS;
import static dev.xebec.system.fault.NetworkFault.between;
import static dev.xebec.system.fault.NetworkFault.into;
import static dev.xebec.system.fault.NetworkFault.outOf;

import dev.xebec.system.fault.Network.Impairment;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** What can go wrong. A target is a process, or for some kinds whoever leads when it happens. */
enum FaultKind {
    KILL_MASTER(Needs.NOTHING), KILL_LEADER(Needs.NOTHING), KILL_NODES(Needs.NOTHING),
    /** Any process hangs. */
    PAUSE(Needs.NOTHING), PAUSE_LEADER(Needs.NOTHING),
    /** A master is cut off from everybody. */
    PARTITION(Needs.NETWORK), PARTITION_LEADER(Needs.NETWORK),
    /** A master hears the other processes and is not heard by them. */
    MUTE(Needs.NETWORK),
    /** A master is heard by the other processes and does not hear them. */
    DEAF(Needs.NETWORK),
    /** A master is cut off from the other masters, not from nodes and clients. */
    ISOLATE(Needs.NETWORK), ISOLATE_LEADER(Needs.NETWORK),
    /** Two masters do not see each other; the third sees both. */
    BRIDGE(Needs.NETWORK),
    /** The nodes are cut off from all masters. */
    LOSE_NODES(Needs.NETWORK),
    /** Everything between processes takes longer, by a varying time. */
    DELAY(Needs.NETWORK),
    /** Frames get lost between processes. */
    LOSS(Needs.NETWORK),
    /** Frames overtake each other between processes. */
    REORDER(Needs.NETWORK), DISK_FULL(Needs.DISK), DISK_SLOW(Needs.MACHINE), CLOCK_JUMP(Needs.MACHINE);

    /** What a laboratory has to offer. */
    enum Needs {
        NOTHING, NETWORK, DISK, MACHINE
    }

    private static final List<String> EVERYWHERE = Stream.concat(PROCESSES.stream(), Stream.of(CLIENTS)).toList();

    private final Needs needs;

    FaultKind(Needs needs) {
        this.needs = needs;
    }

    boolean possibleIn(Lab lab) {
        return switch (needs) {
            case NOTHING -> true;
            case NETWORK -> lab.network().isPresent();
            case DISK -> lab.fillable();
            case MACHINE -> lab.machine("master-0").isPresent();
        };
    }

    /** Whether it shows all that it does only after some time: when others are given up, or what was laid by is used up. */
    boolean worksSlowly() {
        return switch (this) {
            case PARTITION, PARTITION_LEADER, MUTE, DEAF, ISOLATE, ISOLATE_LEADER, BRIDGE, LOSE_NODES, DISK_FULL ->
                true;
            case KILL_MASTER, KILL_LEADER, KILL_NODES, PAUSE, PAUSE_LEADER, DELAY, LOSS, REORDER, DISK_SLOW,
                    CLOCK_JUMP ->
                false;
        };
    }

    boolean strikesLeader() {
        return this == KILL_LEADER || this == PAUSE_LEADER || this == PARTITION_LEADER || this == ISOLATE_LEADER;
    }

    /** Whom it may strike where it is not the leader. */
    List<String> targets() {
        return switch (this) {
            case KILL_NODES, LOSE_NODES -> List.of(FaultCluster.NODES);
            case PAUSE -> PROCESSES;
            case KILL_MASTER, KILL_LEADER, PAUSE_LEADER, PARTITION, PARTITION_LEADER, MUTE, DEAF, ISOLATE,
                    ISOLATE_LEADER, BRIDGE, DELAY, LOSS, REORDER, DISK_FULL, DISK_SLOW, CLOCK_JUMP ->
                MASTERS;
        };
    }

    /** How bad it is: milliseconds, seconds or per mille, whatever the kind needs. */
    int severity(RandomGenerator random) {
        return switch (this) {
            case DELAY -> random.nextInt(5, 120);
            case LOSS -> random.nextInt(5, 150);
            case REORDER -> random.nextInt(50, 400);
            case DISK_SLOW -> random.nextInt(20, 1_500);
            case CLOCK_JUMP -> random.nextInt(30, 1_800) * (random.nextBoolean() ? 1 : -1);
            case KILL_MASTER, KILL_LEADER, KILL_NODES, PAUSE, PAUSE_LEADER, PARTITION, PARTITION_LEADER, MUTE, DEAF,
                    ISOLATE, ISOLATE_LEADER, BRIDGE, LOSE_NODES, DISK_FULL ->
                0;
        };
    }

    /**
     * @param target a process
     * @param severity of {@link #severity}
     */
    Fault on(FaultCluster cluster, String target, int severity) {
        Lab lab = cluster.lab();
        return switch (this) {
            case KILL_MASTER, KILL_LEADER, KILL_NODES -> new ProcessFaults.Kill(cluster.process(target));
            case PAUSE, PAUSE_LEADER -> new ProcessFaults.Pause(cluster.process(target));
            case PARTITION, PARTITION_LEADER -> cut(lab, target + " is cut off", between(target, EVERYWHERE));
            case MUTE -> cut(lab, target + " is not heard", outOf(target, PROCESSES));
            case DEAF -> cut(lab, target + " does not hear", into(target, PROCESSES));
            case ISOLATE, ISOLATE_LEADER -> cut(lab, target + " is cut off from masters", between(target, MASTERS));
            case BRIDGE -> cut(lab, target + " and " + next(target) + " do not see each other",
                    between(target, List.of(next(target))));
            case LOSE_NODES -> cut(lab, "nodes are cut off from masters", between(target, MASTERS));
            case DELAY -> bad(lab, "delay of " + severity + " ms and as much jitter",
                    new Impairment(false, Duration.ofMillis(severity), Duration.ofMillis(severity), 0, 0));
            case LOSS -> bad(lab, "loss of " + severity + " per mille",
                    new Impairment(false, Duration.ZERO, Duration.ZERO, severity * 1_000L, 0));
            case REORDER -> bad(lab, severity + " per mille overtake",
                    new Impairment(false, Duration.ofMillis(10), Duration.ofMillis(10), 0, severity * 1_000L));
            case DISK_FULL -> new MachineFaults.FullDisk(target, lab.disk(target));
            case DISK_SLOW -> new MachineFaults.SlowDisk(target, lab.machine(target).orElseThrow(),
                    Duration.ofMillis(severity));
            case CLOCK_JUMP -> new MachineFaults.ClockJump(target, lab.machine(target).orElseThrow(),
                    Duration.ofSeconds(severity));
        };
    }

    private static Fault cut(Lab lab, String name, List<Network.Link> links) {
        return new NetworkFault(name, lab.network().orElseThrow(), links, Impairment.CUT);
    }

    /** Everywhere between processes: one bad direction alone is soon avoided. */
    private static Fault bad(Lab lab, String name, Impairment impairment) {
        List<Network.Link> all = PROCESSES.stream().flatMap(from -> outOf(from, PROCESSES).stream()).toList();
        return new NetworkFault(name, lab.network().orElseThrow(), all, impairment);
    }

    private static String next(String master) {
        return MASTERS.get((MASTERS.indexOf(master) + 1) % MASTERS.size());
    }
}
