package dev.xebec.node.runtime.process;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.node.log.CaptureTail;
import dev.xebec.node.log.ContainerLog;
import dev.xebec.node.log.HolePunch;
import dev.xebec.node.log.LogReader;
import dev.xebec.node.runtime.AttachSession;
import dev.xebec.node.runtime.ContainerId;
import dev.xebec.node.runtime.ContainerRuntime;
import dev.xebec.node.runtime.ContainerSpec;
import dev.xebec.node.runtime.ContainerState;
import dev.xebec.node.runtime.ExecSession;
import dev.xebec.node.runtime.ExecSpec;
import dev.xebec.node.runtime.Features;
import dev.xebec.node.runtime.LogQuery;
import dev.xebec.node.runtime.LogSink;
import dev.xebec.node.runtime.PodSandbox;
import dev.xebec.node.runtime.RefusedException;
import dev.xebec.node.runtime.process.ContainerDirectory.Note;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs containers as processes of this machine. What is known stands in the directory; a runtime that is made on a
 * directory takes over what runs there.
 */
public final class ProcessRuntime implements ContainerRuntime {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessRuntime.class);
    /** How long a command waits for the container that it runs in to be launched. */
    private static final Duration EXEC_PATIENCE = Duration.ofSeconds(10);
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(30);
    private static final Duration EXEC_LOOK = Duration.ofMillis(10);

    private final InstantSource clock;
    private final ProcessRuntimeConfig config;
    private final PodDirectories directories;
    private final Isolation isolation;
    private final Path script;
    private final Launcher launcher;
    private final Cgroups cgroups;
    private final PodAddresses addresses;
    private final HolePunch holes = new HolePunch();
    private final String whyPlain;
    private final Map<String, PodSandbox> pods = new TreeMap<>();
    private final ConcurrentSkipListMap<ContainerId, ProcessContainer> containers = new ConcurrentSkipListMap<>();
    private final Set<Consumer<String>> listeners = ConcurrentHashMap.newKeySet();
    private final Sweeper sweeper;
    /** Starts hold the read lock from the look at {@code sealed} until the container is known. */
    private final ReentrantReadWriteLock starts = new ReentrantReadWriteLock();
    private boolean sealed;

    public ProcessRuntime(ProcessRuntimeConfig config, InstantSource clock) throws IOException {
        this.clock = clock;
        this.config = config;
        Path root = Files.createDirectories(config.directory()).toRealPath();
        Path scratch = Files.createDirectories(root.resolve("run"));
        this.directories = new PodDirectories(Files.createDirectories(root.resolve("pods")),
                root.resolve("unreadable"));
        this.script = LauncherScripts.install(root.resolve("launcher"));
        this.isolation = Isolation.detect(script, scratch, config.isolation());
        this.whyPlain = isolation != Isolation.PLAIN
                ? ""
                : config.isolation() == ProcessRuntimeConfig.Wish.PLAIN
                        ? "this node runs pods as plain processes, as it was told to"
                        : "this machine allows no mount namespaces with an overlay (neither root nor user namespaces)";
        List<Path> masked = new ArrayList<>(config.masked());
        masked.add(root);
        this.launcher = new Launcher(script, isolation, masked, config.layerBytes(), whyPlain);
        this.cgroups = Cgroups.detect();
        this.addresses = new PodAddresses(config.nodeIndex());
        adopt();
        LOG.info("Process runtime in {}: isolation {}, {} pods and {} containers taken over", root, isolation,
                pods.size(), containers.size());
        this.sweeper = new Sweeper(containers.values(), clock, this::changed);
        sweeper.start();
    }

    private void adopt() throws IOException {
        for (PodSandbox pod : directories.pods()) {
            pods.put(pod.uid(), pod);
            directories.containers(pod.uid()).forEach((directory, note) -> containers.put(note.id(),
                    container(directory, note)));
        }
        for (ProcessContainer each : containers.values()) {
            try {
                each.sweep(clock.instant());
            } catch (IOException | RuntimeException trouble) {
                // The sweeper goes on with it; what is wrong with one container does not keep the node from its others.
                LOG.warn("Container {} cannot be looked after now", each.id(), trouble);
            }
        }
    }

    private ProcessContainer container(ContainerDirectory directory, Note note) {
        return new ProcessContainer(directory, note, new ContainerLog(directory.path(), config.logs(), holes), cgroups,
                isolation == Isolation.PLAIN, clock.instant());
    }

    @Override
    public Features features() {
        return new Features("process", "0.1.0", isolation != Isolation.PLAIN, whyPlain, true, true);
    }

    @Override
    public PodSandbox openPod(String uid, String namespace, String name) {
        synchronized (pods) {
            PodSandbox known = pods.get(uid);
            if (known != null) {
                return known;
            }
            String ip = addresses.next(pods.values().stream().map(PodSandbox::ip).collect(Collectors.toSet()));
            if (ip.isEmpty()) {
                throw new RefusedException("FailedCreatePodSandBox",
                        "all " + PodAddresses.PER_NODE + " pod addresses of this node are in use");
            }
            PodSandbox pod = new PodSandbox(uid, namespace, name, ip, directories.pod(uid));
            try {
                directories.write(pod);
            } catch (IOException disk) {
                throw new UncheckedIOException(disk);
            }
            pods.put(uid, pod);
            return pod;
        }
    }

    @Override
    public List<PodSandbox> pods() {
        synchronized (pods) {
            return List.copyOf(pods.values());
        }
    }

    @Override
    public boolean knows(String uid) {
        synchronized (pods) {
            return pods.containsKey(uid);
        }
    }

    @Override
    public ContainerState start(ContainerSpec spec) {
        launcher.check(spec);
        starts.readLock().lock();
        try {
            if (sealed) {
                throw new UnavailableException("the node agent stops: no container is started any more");
            }
            return launch(spec);
        } finally {
            starts.readLock().unlock();
        }
    }

    @Override
    public void seal() {
        // Waits for the starts that are under way: what they launch is among the containers then.
        starts.writeLock().lock();
        try {
            sealed = true;
        } finally {
            starts.writeLock().unlock();
        }
    }

    private ContainerState launch(ContainerSpec spec) {
        PodSandbox pod = pod(spec.id().podUid());
        ContainerDirectory directory = directories.container(spec.id());
        if (containers.containsKey(spec.id())) {
            throw new IllegalStateException("container " + spec.id() + " was started before");
        }
        Note note = new Note(spec.id(), spec.image(), clock.instant(), spec.backOff(), launcher.workingDir(spec, pod),
                launcher.environment(spec, pod), spec.console());
        try {
            directory.create(note);
            List<Path> groups = cgroups.create(spec.id().toString(), spec.limits());
            ProcessContainer container = container(directory, note);
            Process process = launcher.launch(spec, pod, directory, groups);
            containers.put(spec.id(), container);
            process.onExit().thenRun(sweeper::wake);
            return container.state();
        } catch (IOException failed) {
            throw new RefusedException("CreateContainerError", "the launcher could not be started: " + failed);
        }
    }

    private PodSandbox pod(String uid) {
        synchronized (pods) {
            PodSandbox pod = pods.get(uid);
            if (pod == null) {
                throw new IllegalStateException("pod " + uid + " was not opened");
            }
            return pod;
        }
    }

    @Override
    public List<ContainerState> containers() {
        return containers.values().stream().map(ProcessContainer::state).toList();
    }

    @Override
    public List<ContainerState> containers(String podUid) {
        return containers.tailMap(new ContainerId(podUid, "", 0), true).values().stream()
                .takeWhile(each -> each.id().podUid().equals(podUid)).map(ProcessContainer::state).toList();
    }

    @Override
    public void terminate(ContainerId id) {
        @Nullable
        ProcessContainer container = containers.get(id);
        if (container != null && !container.over()) {
            container.terminate();
            sweeper.wake();
        }
    }

    @Override
    public void kill(ContainerId id) {
        @Nullable
        ProcessContainer container = containers.get(id);
        if (container != null && !container.over()) {
            container.kill();
            sweeper.wake();
        }
    }

    @Override
    public void remove(ContainerId id) {
        @Nullable
        ProcessContainer container = containers.get(id);
        if (container == null) {
            return;
        }
        if (!container.over()) {
            throw new IllegalStateException("container " + id + " still runs");
        }
        container.forget();
        containers.remove(id);
        delete(container.directory().path());
    }

    @Override
    public void removePod(String uid) {
        containers(uid).forEach(each -> remove(each.id()));
        synchronized (pods) {
            delete(directories.pod(uid));
            pods.remove(uid);
        }
    }

    private static void delete(Path tree) {
        try {
            Trees.delete(tree);
        } catch (IOException disk) {
            throw new UncheckedIOException(disk);
        }
    }

    @Override
    public Optional<ExecSession> exec(ContainerId id, ExecSpec spec) {
        @Nullable
        ProcessContainer container = containers.get(id);
        try {
            long main = container == null ? 0 : awaitMain(container);
            return container == null || main == 0
                    ? Optional.empty()
                    : Optional.of(ProcessExec.start(isolation, script, container.note(), main, spec));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public Optional<AttachSession> attach(ContainerId id) {
        @Nullable
        ProcessContainer container = containers.get(id);
        try {
            if (container == null || awaitMain(container) == 0) {
                return Optional.empty();
            }
            @Nullable
            CaptureTail stdout = container.log().tail(false);
            @Nullable
            CaptureTail stderr = container.log().tail(true);
            return stdout == null || stderr == null
                    ? Optional.empty()
                    : Optional.of(new ProcessAttach(container, stdout, stderr));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Every pod's address is the machine's own; a port that listens on all addresses answers at each of them. */
    @Override
    public Socket connect(String podUid, int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(pod(podUid).ip(), port), (int) CONNECT_PATIENCE.toMillis());
            return socket;
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    /** The main process, which a container that is being launched does not have yet; 0 where there will be none. */
    private static long awaitMain(ProcessContainer container) throws IOException {
        long patienceEnds = System.nanoTime() + EXEC_PATIENCE.toNanos();
        long main = 0;
        while (main == 0 && !container.over() && System.nanoTime() < patienceEnds
                && !Thread.currentThread().isInterrupted()) {
            main = container.directory().main();
            if (main == 0) {
                LockSupport.parkNanos(EXEC_LOOK.toNanos());
            }
        }
        return main;
    }

    @Override
    public void logs(ContainerId id, LogQuery query, LogSink sink) {
        @Nullable
        ProcessContainer container = containers.get(id);
        if (container == null) {
            return;
        }
        try {
            new LogReader(container.directory().path(), () -> container.over() || !containers.containsKey(id))
                    .read(query, sink);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onChange(Consumer<String> listener) {
        listeners.add(listener);
    }

    private void changed(ContainerId id, Instant at) {
        LOG.debug("Container {} is over at {}", id, at);
        listeners.forEach(listener -> listener.accept(id.podUid()));
    }

    @Override
    public void close() {
        seal();
        sweeper.stop();
    }
}
