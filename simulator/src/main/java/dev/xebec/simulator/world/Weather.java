package dev.xebec.simulator.world;

import dev.xebec.simulator.bus.NetworkFaults;
import dev.xebec.simulator.bus.SimulatedNetwork;
import dev.xebec.simulator.kernel.Simulation;
import dev.xebec.simulator.state.SimulatedStateGroup;
import dev.xebec.simulator.state.StateFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Faults by chance, several at a time, each healed after a while; and all of them at the end. */
final class Weather {
    private static final Duration CALM = Duration.ofMillis(2_500);
    private static final Duration LONGEST = Duration.ofSeconds(9);

    private final Simulation simulation;
    private final SimulatedNetwork network;
    private final SimulatedStateGroup group;
    private final List<Host> hosts;
    private final RandomGenerator chance;
    private final FaultCount count;
    private final List<Thread> running = new ArrayList<>();
    private boolean over;

    Weather(Simulation simulation, SimulatedNetwork network, SimulatedStateGroup group, List<Host> hosts,
            RandomGenerator chance, FaultCount count) {
        this.group = group;
        this.simulation = simulation;
        this.network = network;
        this.hosts = hosts;
        this.chance = chance;
        this.count = count;
    }

    /** Blocks for {@code length}, then until everything is healed and every host is up. */
    void storm(Duration length) throws InterruptedException {
        long end = simulation.now() + length.toNanos();
        while (simulation.now() < end) {
            Thread.sleep(chance.nextLong(1, 2 * CALM.toMillis()));
            String fault = "fault-" + running.size();
            running.add(Thread.ofVirtual().name(fault).start(this::one));
        }
        over = true;
        for (Thread each : running) {
            each.interrupt();
            each.join();
        }
        network.heal();
        network.faults(NetworkFaults.CALM);
        group.faults(StateFaults.CALM);
        for (Host host : hosts) {
            if (!host.up()) {
                host.start();
            }
            host.process().resume();
            host.process().setWallClock(Duration.ZERO);
        }
        simulation.note("the faults are over");
    }

    private void one() {
        Host victim = hosts.get(chance.nextInt(hosts.size()));
        switch (chance.nextInt(10)) {
            case 0, 1 -> crash(victim);
            case 2 -> pause(victim);
            case 3 -> isolate(victim);
            case 4 -> oneWay(victim, hosts.get(chance.nextInt(hosts.size())));
            case 5 -> clock(victim);
            case 6 -> split();
            case 7 -> depose();
            case 8 -> agreement();
            default -> rough();
        }
    }

    /** False when the storm is over. */
    private boolean wait(Duration longest) {
        try {
            Thread.sleep(chance.nextLong(50, longest.toMillis()));
            return !over;
        } catch (InterruptedException healed) {
            return false;
        }
    }

    private void crash(Host victim) {
        if (!victim.up()) {
            return;
        }
        count.add("crash");
        victim.crash();
        if (wait(LONGEST) && !victim.up()) {
            victim.start();
        }
    }

    private void pause(Host victim) {
        if (!victim.up() || victim.process().paused()) {
            return;
        }
        count.add("pause");
        var process = victim.process();
        process.pause();
        wait(LONGEST);
        process.resume();
    }

    private void isolate(Host victim) {
        count.add("isolation");
        simulation.note(victim.name() + " is cut off");
        hosts.forEach(other -> network.blockBoth(victim.name(), other.name()));
        wait(LONGEST);
        hosts.forEach(other -> unblock(victim, other));
        simulation.note(victim.name() + " is reached again");
    }

    private void unblock(Host one, Host other) {
        network.unblock(one.name(), other.name());
        network.unblock(other.name(), one.name());
    }

    private void oneWay(Host from, Host to) {
        count.add("one-way partition");
        simulation.note("nothing gets from " + from.name() + " to " + to.name());
        network.block(from.name(), to.name());
        wait(LONGEST);
        network.unblock(from.name(), to.name());
    }

    /** Every pair across a line through the cluster. */
    private void split() {
        count.add("split");
        List<Host> here = hosts.stream().filter(host -> chance.nextBoolean()).toList();
        List<Host> there = hosts.stream().filter(host -> !here.contains(host)).toList();
        simulation.note("split: " + here.stream().map(Host::name).toList());
        here.forEach(one -> there.forEach(other -> network.blockBoth(one.name(), other.name())));
        wait(LONGEST);
        here.forEach(one -> there.forEach(other -> unblock(one, other)));
        simulation.note("split healed");
    }

    private void clock(Host victim) {
        if (!victim.up()) {
            return;
        }
        count.add("clock");
        var process = victim.process();
        process.setWallClock(Duration.ofMillis(chance.nextLong(-600_000, 600_000)));
        wait(LONGEST);
        process.setWallClock(Duration.ZERO);
    }

    private void depose() {
        count.add("lost leadership");
        simulation.note("the leader " + group.leader() + " is deposed");
        group.depose();
    }

    private void agreement() {
        count.add("rough agreement");
        simulation.note("the agreement gets rough");
        group.faults(StateFaults.ROUGH);
        wait(LONGEST);
        group.faults(StateFaults.CALM);
        simulation.note("the agreement is calm");
    }

    private void rough() {
        count.add("rough network");
        simulation.note("the network gets rough");
        network.faults(NetworkFaults.ROUGH.withLoss(chance.nextDouble() * 5));
        wait(LONGEST);
        network.faults(NetworkFaults.CALM);
        simulation.note("the network is calm");
    }
}
