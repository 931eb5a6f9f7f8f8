package dev.xebec.simulator.state;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.simulator.state.AgreedLog.Agreed;
import dev.xebec.simulator.state.Agreement.Next;
import dev.xebec.state.machine.Applied;
import dev.xebec.state.machine.StateMachine;
import dev.xebec.state.replica.Replica;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Brings one replica's copy on, entry by entry or by another one's storage, on a thread of the replica's process. */
final class Applier {
    /** How often the thread comes by where nothing happens. */
    private static final long LOOK_NANOS = Duration.ofMillis(50).toNanos();

    private final SimulatedStateGroup group;
    private final Agreement agreement;
    private final Seat seat;
    private final Replica replica;
    private volatile SyncedStorage storage;
    private volatile StateMachine machine;
    private volatile boolean over;
    private boolean wantsSnapshot;
    private @Nullable Thread thread;

    /** @param wantsSnapshot whether to begin with the storage of another replica, where one is further on */
    Applier(SimulatedStateGroup group, Agreement agreement, Seat seat, SyncedStorage storage, StateMachine machine,
            boolean wantsSnapshot) {
        this.group = group;
        this.agreement = agreement;
        this.seat = seat;
        this.storage = storage;
        this.machine = machine;
        this.wantsSnapshot = wantsSnapshot;
        replica = new Replica(machine);
    }

    void start() {
        thread = Thread.ofVirtual().name("state-applier-" + seat.name).start(this::run);
    }

    Replica replica() {
        return replica;
    }

    SyncedStorage storage() {
        return storage;
    }

    ReplicaDigest digest() {
        return ReplicaDigest.of(machine, storage);
    }

    boolean over() {
        return over;
    }

    /** The process is dead: its threads end where they still run. */
    void die() {
        over = true;
        seat.bell.ring();
    }

    private void run() {
        try {
            while (!over && agreement.look(seat, replica.position().index())) {
                if (wantsSnapshot) {
                    wantsSnapshot = false;
                    boolean unused = install();
                }
                step();
            }
        } catch (InterruptedException | UnavailableException e) {
            // Closed, or the storage is the next process's by now.
            over = true;
        } catch (RuntimeException | Error e) {
            group.diverged(seat.name + " stopped applying: " + e);
            throw e;
        }
    }

    private void step() throws InterruptedException {
        switch (agreement.next(seat, replica.position().index() + 1, LOOK_NANOS)) {
            case Next.Apply apply -> apply(apply.agreed());
            case Next.Wait wait -> seat.bell.await(wait.nanos());
            case Next.Install install -> {
                if (!install()) {
                    seat.bell.await(LOOK_NANOS);
                }
            }
        }
    }

    private void apply(Agreed agreed) {
        storage.applying(agreed.index(), group.faults().unsynced());
        Applied applied = replica.apply(agreed.index(), agreed.term(), agreed.entry());
        if (!Outcomes.alike(applied, agreed.expected())) {
            group.diverged(seat.name + " at " + agreed.index() + ": " + applied + " instead of " + agreed.expected());
        }
        Ticket ticket = agreed.ticket();
        if (ticket == null || ticket.seat() != seat) {
            return;
        }
        if (group.losesAnswer()) {
            ticket.fail(new UnavailableException("nobody knows whether an entry was agreed upon"));
        } else {
            ticket.applied(applied);
        }
    }

    /** Goes on with a copy of another replica's storage; false where none is at hand that is further on. */
    private boolean install() {
        SyncedStorage other = group.snapshot(seat, replica.position().index());
        if (other == null || !group.replaced(this, other)) {
            return false;
        }
        storage.close();
        storage = other;
        machine = StateMachine.open(other);
        replica.replace(machine);
        return true;
    }

    void close() {
        die();
        Thread applying = thread;
        if (applying != null) {
            try {
                applying.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        replica.close();
    }
}
