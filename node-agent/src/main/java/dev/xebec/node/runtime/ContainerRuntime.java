package dev.xebec.node.runtime;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Optional;

/**
 * Starts, stops and remembers containers of one node. Thread-safe. What it started survives the agent: a new runtime on
 * the same directory knows the same containers. Stopping is never waited for: the caller looks at {@link #containers}
 * again when a listener is told of a change.
 */
public interface ContainerRuntime extends AutoCloseable {

    Features features();

    /** Gives the pod an address and a directory; the same ones when asked again. */
    PodSandbox openPod(String uid, String namespace, String name);

    /** Pods that have a sandbox, also those of an agent that ran here before. */
    List<PodSandbox> pods();

    /** Whether the pod has a sandbox. */
    boolean knows(String uid);

    /**
     * Starts a container that was never started under this id. Returns when it is on its way; that it could not run at
     * all shows as an exit with the reason {@code StartError}. {@link RefusedException} when this runtime can never run
     * such a container; {@link dev.xebec.contracts.UnavailableException} once it is {@linkplain #seal sealed}.
     */
    ContainerState start(ContainerSpec spec);

    /**
     * From now on nothing is started. On return every container whose start was under way is among {@link #containers}:
     * who ends those has ended all.
     */
    void seal();

    /** Every container that was started and not removed, of all pods, oldest attempt first. */
    List<ContainerState> containers();

    /** The containers of one pod, oldest attempt first. */
    List<ContainerState> containers(String podUid);

    /** Asks the main process to end (SIGTERM). Nothing happens to a container that is over. */
    void terminate(ContainerId id);

    /** Ends every process of the container at once (SIGKILL). */
    void kill(ContainerId id);

    /** Forgets a container that is over, with its logs. */
    void remove(ContainerId id);

    /** Forgets a pod whose containers are all over: directory, address and the rest. */
    void removePod(String uid);

    /** Runs a command beside the container's main process, in its surroundings. Empty when it does not run. */
    Optional<ExecSession> exec(ContainerId id, ExecSpec spec);

    /**
     * What the container's main process writes from now on, and the way to its standard input where its specification has
     * one. Empty when it does not run.
     */
    Optional<AttachSession> attach(ContainerId id);

    /** Connects to a port within the pod's network; an IOException says why not. */
    Socket connect(String podUid, int port) throws IOException;

    /** Hands out log entries until they end, or, when followed, until the container is over. Blocks. */
    void logs(ContainerId id, LogQuery query, LogSink sink);

    /** Calls back with a pod's uid, on a thread of the runtime, after one of its containers has changed. */
    void onChange(java.util.function.Consumer<String> listener);

    /** Lets go without touching containers, and starts no more. */
    @Override
    void close();
}
