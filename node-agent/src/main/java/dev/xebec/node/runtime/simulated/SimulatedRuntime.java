package dev.xebec.node.runtime.simulated;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.node.probe.ProbeCheck;
import dev.xebec.node.probe.Prober;
import dev.xebec.node.runtime.AttachSession;
import dev.xebec.node.runtime.ContainerId;
import dev.xebec.node.runtime.ContainerRuntime;
import dev.xebec.node.runtime.ContainerSpec;
import dev.xebec.node.runtime.ContainerState;
import dev.xebec.node.runtime.ContainerState.Exit;
import dev.xebec.node.runtime.ExecSession;
import dev.xebec.node.runtime.ExecSpec;
import dev.xebec.node.runtime.Features;
import dev.xebec.node.runtime.LogQuery;
import dev.xebec.node.runtime.LogSink;
import dev.xebec.node.runtime.PodSandbox;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs nothing: containers are entries that go through their {@link Stages}. May be shared by the nodes of a process,
 * since pods are told apart by uid. Also their {@link Prober}: probes succeed once a container is ready.
 */
public final class SimulatedRuntime implements ContainerRuntime, Prober {
    private final InstantSource clock;
    private final Function<ContainerSpec, Stages> stages;
    private final Map<String, PodSandbox> pods = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<ContainerId, Entry> containers = new ConcurrentSkipListMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger addresses = new AtomicInteger();
    private final ScheduledThreadPoolExecutor timer;
    private final ReentrantLock sealing = new ReentrantLock();
    private boolean sealed;

    private record Entry(ContainerState state, Stages stages) {}

    /** @param stages of each container when it starts */
    public SimulatedRuntime(InstantSource clock, Function<ContainerSpec, Stages> stages) {
        this.clock = clock;
        this.stages = stages;
        this.timer = new ScheduledThreadPoolExecutor(1, Thread.ofVirtual().name("simulated-time").factory());
        this.timer.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Features features() {
        return new Features("simulated", "0.1.0", true, "", false, false);
    }

    @Override
    public PodSandbox openPod(String uid, String namespace, String name) {
        return pods.computeIfAbsent(uid, key -> {
            int number = addresses.incrementAndGet();
            String ip = "10." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
            return new PodSandbox(uid, namespace, name, ip, Path.of("/nonexistent/simulated", uid));
        });
    }

    @Override
    public List<PodSandbox> pods() {
        return List.copyOf(pods.values());
    }

    @Override
    public boolean knows(String uid) {
        return pods.containsKey(uid);
    }

    public Optional<PodSandbox> sandbox(String uid) {
        return Optional.ofNullable(pods.get(uid));
    }

    @Override
    public ContainerState start(ContainerSpec spec) {
        Stages life = stages.apply(spec);
        ContainerState state = new ContainerState(spec.id(), spec.image(), clock.instant(), spec.backOff(), null);
        sealing.lock();
        try {
            if (sealed) {
                throw new UnavailableException("the simulated nodes stop: no container is started any more");
            }
            if (containers.putIfAbsent(spec.id(), new Entry(state, life)) != null) {
                throw new IllegalStateException("container " + spec.id() + " was started before");
            }
        } finally {
            sealing.unlock();
        }
        Duration exitAfter = life.exitAfter();
        if (exitAfter != null) {
            timer.schedule(() -> end(spec.id(), life.exitCode()), exitAfter.toMillis(), TimeUnit.MILLISECONDS);
        }
        return state;
    }

    @Override
    public void seal() {
        sealing.lock();
        try {
            sealed = true;
        } finally {
            sealing.unlock();
        }
    }

    private void end(ContainerId id, int code) {
        boolean[] ended = new boolean[1];
        containers.computeIfPresent(id, (key, entry) -> {
            if (!entry.state().running()) {
                return entry;
            }
            ended[0] = true;
            ContainerState before = entry.state();
            Exit exit = new Exit(code, code == 0 ? "Completed" : "Error", "", clock.instant());
            return new Entry(new ContainerState(id, before.image(), before.startedAt(), before.backOff(), exit),
                    entry.stages());
        });
        if (ended[0]) {
            listeners.forEach(listener -> listener.accept(id.podUid()));
        }
    }

    @Override
    public List<ContainerState> containers() {
        return containers.values().stream().map(Entry::state).toList();
    }

    @Override
    public List<ContainerState> containers(String podUid) {
        return containers.tailMap(new ContainerId(podUid, "", 0), true).values().stream().map(Entry::state)
                .takeWhile(each -> each.id().podUid().equals(podUid)).toList();
    }

    @Override
    public void terminate(ContainerId id) {
        timer.execute(() -> end(id, 143));
    }

    @Override
    public void kill(ContainerId id) {
        timer.execute(() -> end(id, 137));
    }

    @Override
    public void remove(ContainerId id) {
        Entry entry = containers.get(id);
        if (entry != null && entry.state().running()) {
            throw new IllegalStateException("container " + id + " still runs");
        }
        containers.remove(id);
    }

    @Override
    public void removePod(String uid) {
        containers(uid).forEach(each -> remove(each.id()));
        pods.remove(uid);
    }

    @Override
    public Optional<ExecSession> exec(ContainerId id, ExecSpec spec) {
        return Optional.empty();
    }

    @Override
    public Optional<AttachSession> attach(ContainerId id) {
        return Optional.empty();
    }

    @Override
    public Socket connect(String podUid, int port) throws IOException {
        throw new ConnectException("a simulated pod has no network");
    }

    @Override
    public void logs(ContainerId id, LogQuery query, LogSink sink) {
        // A container that runs nothing writes nothing.
    }

    @Override
    public void onChange(Consumer<String> listener) {
        listeners.add(listener);
    }

    @Override
    public Result check(ContainerId container, ProbeCheck check, Duration timeout) {
        Entry entry = containers.get(container);
        boolean ready = entry != null
                && !clock.instant().isBefore(entry.state().startedAt().plus(entry.stages().readyAfter()));
        return new Result(ready, ready ? "" : "simulated: not ready yet");
    }

    @Override
    public void close() {
        seal();
        timer.shutdownNow();
    }
}
