package dev.xebec.state.raft;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.NotLeaderException;
import dev.xebec.contracts.state.RegroupableStore;
import dev.xebec.contracts.state.ReplicaGroup;
import dev.xebec.contracts.state.ReplicaGroup.Change;
import dev.xebec.contracts.state.ReplicaGroup.Kind;
import dev.xebec.contracts.state.ReplicaGroup.Phase;
import dev.xebec.contracts.state.ReplicaGroup.Replica;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes who the replicas are, on the one that leads, one change at a time. What could leave the group without a majority is refused before
 * anything is written: each replica that the majority would need is asked whether it is there.
 */
final class Regrouping {
    private static final Logger LOG = LoggerFactory.getLogger(Regrouping.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,251}[A-Za-z0-9])?");
    private static final Pattern ADDRESS = Pattern.compile("[^:/\\s=,]+:(\\d{1,5})|\\[[0-9A-Fa-f:.]+]:(\\d{1,5})");
    private static final int MAX_PORT = 65_535;
    private static final Duration HANDOVER = Duration.ofSeconds(2);

    private final String self;
    private final Group group;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Optional<Change> last = Optional.empty();

    /** The group as its leader can see and change it. */
    interface Group {
        ReplicaGroup view();

        boolean changing();

        /** Why a replica is not there; empty where it is. */
        String absence(String name, String address);

        /** Puts other replicas in the place of those that there are; returns when it is done. {@link UnavailableException} says why it is not. */
        void replace(List<Peer> replicas);

        /** Hands over leadership, or throws {@link UnavailableException}. */
        void transfer(String to, Duration patience);
    }

    Regrouping(String self, Group group) {
        this.self = self;
        this.group = group;
    }

    ReplicaGroup view() {
        ReplicaGroup seen = group.view();
        return new ReplicaGroup(seen.leader(), seen.term(), seen.committed(),
                seen.replicas().stream().filter(replica -> !staged(replica.name())).toList(),
                last.map(change -> progress(change, seen)));
    }

    /** Whether a replica is only being added yet. */
    private boolean staged(String name) {
        return last.filter(change -> change.phase() == Phase.RUNNING && change.kind() == Kind.ADD
                && change.name().equals(name)).isPresent();
    }

    private static Change progress(Change change, ReplicaGroup seen) {
        return change.phase() != Phase.RUNNING
                ? change
                : new Change(change.kind(), change.name(), change.address(), change.phase(),
                        seen.replica(change.name()).map(Replica::behind).orElse(seen.committed()), change.detail());
    }

    ReplicaGroup add(String name, String address) {
        requireName(name);
        requireAddress(address);
        return begin(() -> {
            ReplicaGroup seen = group.view();
            Optional<Replica> known = seen.replica(name);
            if (known.isPresent() && known.get().address().equals(address)) {
                return Optional.empty();
            }
            seen.replicas().stream().filter(other -> other.address().equals(address)).findFirst().ifPresent(other -> {
                throw new IllegalArgumentException(address + " is the address of " + other.name() + " already");
            });
            if (known.isEmpty() && seen.replicas().size() >= RegroupableStore.MAX_REPLICAS) {
                throw new IllegalArgumentException(
                        "there are " + seen.replicas().size() + " replicas, and no more than that are allowed");
            }
            String absence = group.absence(name, address);
            if (!absence.isEmpty()) {
                throw new IllegalArgumentException(
                        name + " cannot be reached at " + address + ", so nothing is changed: " + absence);
            }
            List<Peer> next = others(seen, name);
            if (known.isEmpty()) {
                requireMajority(next, next.size() + 1, 1, "added");
            }
            next.add(peer(name, address));
            return Optional.of(new Plan(known.isEmpty() ? Kind.ADD : Kind.MOVE, name, address, next));
        });
    }

    ReplicaGroup remove(String name) {
        requireName(name);
        return begin(() -> {
            ReplicaGroup seen = group.view();
            if (seen.replica(name).isEmpty()) {
                if (last.filter(change -> change.kind() == Kind.REMOVE && change.name().equals(name)).isPresent()) {
                    return Optional.empty();
                }
                throw new IllegalArgumentException(name + " is none of the replicas, which are "
                        + seen.replicas().stream().map(Replica::name).sorted().collect(Collectors.joining(", ")));
            }
            List<Peer> next = others(seen, name);
            if (next.isEmpty()) {
                throw new IllegalArgumentException(name + " is the last replica, which cannot be removed");
            }
            requireMajority(next, next.size(), 0, "removed");
            if (name.equals(self)) {
                throw handedOver(seen);
            }
            return Optional.of(new Plan(Kind.REMOVE, name, "", next));
        });
    }

    /** What is to be done, and whom it leaves. */
    private record Plan(Kind kind, String name, String address, List<Peer> next) {
        Change change(Phase phase, String detail) {
            return new Change(kind, name, address, phase, 0, detail);
        }
    }

    private interface Planning {
        /** Empty where nothing is left to do. */
        Optional<Plan> plan();
    }

    private ReplicaGroup begin(Planning planning) {
        lock.lock();
        try {
            Optional<Change> running = last.filter(change -> change.phase() == Phase.RUNNING);
            if (running.isPresent() || group.changing()) {
                throw new IllegalArgumentException(running
                        .map(change -> change.name() + " is being " + past(change.kind()) + "; wait until that is done")
                        .orElse("the replicas are being changed; wait until that is done"));
            }
            planning.plan().ifPresent(plan -> {
                last = Optional.of(plan.change(Phase.RUNNING, ""));
                Thread.ofVirtual().name("regrouping").start(() -> carryOut(plan));
            });
        } finally {
            lock.unlock();
        }
        return view();
    }

    private void carryOut(Plan plan) {
        LOG.info("State replica {} is to be {}: the replicas will be {}", plan.name(), past(plan.kind()), plan.next());
        Change ended;
        try {
            group.replace(plan.next());
            ended = plan.change(Phase.DONE, "");
            LOG.info("State replica {} was {}", plan.name(), past(plan.kind()));
        } catch (UnavailableException e) {
            ended = plan.change(Phase.FAILED, String.valueOf(e.getMessage()));
            LOG.warn("State replica {} was not {}: {}", plan.name(), past(plan.kind()), e.getMessage());
        } catch (RuntimeException | Error e) {
            last = Optional.of(plan.change(Phase.FAILED, "a fault: " + e));
            throw e;
        }
        last = Optional.of(ended);
    }

    /** The next leader removes this one: whoever asked goes there. */
    private RuntimeException handedOver(ReplicaGroup seen) {
        try {
            return new NotLeaderException(Handover.handOver(seen, group::transfer, HANDOVER));
        } catch (UnavailableException e) {
            return new IllegalArgumentException(
                    self + " leads, and no other replica takes over, so nothing is changed: " + e.getMessage());
        }
    }

    /** Whether enough of these are there to decide, when {@code size} vote and {@code sure} of those are known to be there. */
    private void requireMajority(List<Peer> replicas, int size, int sure, String done) {
        Set<String> absent = ConcurrentHashMap.newKeySet();
        List<Thread> asking = new ArrayList<>();
        for (Peer replica : replicas) {
            if (!replica.name().equals(self)) {
                asking.add(Thread.ofVirtual().start(() -> {
                    if (!group.absence(replica.name(), replica.address()).isEmpty()) {
                        absent.add(replica.name());
                    }
                }));
            }
        }
        for (Thread thread : asking) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UnavailableException("interrupted while the replicas were asked", e);
            }
        }
        int live = replicas.size() - absent.size() + sure;
        if (2 * live <= size) {
            throw new IllegalArgumentException("no replica can be " + done + " now, because of the " + size
                    + " that there would be, only " + live + " would answer and nothing could be written; "
                    + absent.stream().sorted().collect(Collectors.joining(", ")) + " cannot be reached");
        }
    }

    private static List<Peer> others(ReplicaGroup seen, String name) {
        return seen.replicas().stream().filter(replica -> !replica.name().equals(name))
                .map(replica -> peer(replica.name(), replica.address()))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static Peer peer(String name, String address) {
        int colon = address.lastIndexOf(':');
        return new Peer(name, address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    private static String past(Kind kind) {
        return switch (kind) {
            case ADD -> "added";
            case REMOVE -> "removed";
            case MOVE -> "moved";
        };
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" is no name of a replica");
        }
    }

    private static void requireAddress(String address) {
        if (!ADDRESS.matcher(address).matches()) {
            throw new IllegalArgumentException("\"" + address + "\" is not HOST:PORT");
        }
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("\"" + address + "\" has no port from 1 to " + MAX_PORT);
        }
    }
}
