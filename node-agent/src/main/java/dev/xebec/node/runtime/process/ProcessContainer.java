package dev.xebec.node.runtime.process;

import dev.xebec.node.log.ContainerLog;
import dev.xebec.node.runtime.ContainerId;
import dev.xebec.node.runtime.ContainerState;
import dev.xebec.node.runtime.ContainerState.Exit;
import dev.xebec.node.runtime.process.ContainerDirectory.Ending;
import dev.xebec.node.runtime.process.ContainerDirectory.Note;
import dev.xebec.node.runtime.process.ContainerDirectory.Supervisor;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One container and what is known of it. Looked after by the runtime's sweeping thread; asked and signalled by all. */
final class ProcessContainer {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessContainer.class);
    /** How long a launcher may take to write its pid; after that it never came up. */
    private static final Duration LAUNCH_PATIENCE = Duration.ofSeconds(10);

    private final ContainerDirectory directory;
    private final Note note;
    private final ContainerLog log;
    private final Cgroups cgroups;
    private final boolean plain;
    private final Instant knownSince;

    private @Nullable Supervisor supervisor;
    private volatile boolean terminateWanted;
    private volatile boolean killWanted;
    private boolean killed;
    private boolean forgotten;
    private String logTrouble = "";
    private volatile @Nullable Exit exit;

    ProcessContainer(ContainerDirectory directory, Note note, ContainerLog log, Cgroups cgroups, boolean plain,
            Instant now) {
        this.directory = directory;
        this.note = note;
        this.log = log;
        this.cgroups = cgroups;
        this.plain = plain;
        this.knownSince = now;
    }

    ContainerId id() {
        return note.id();
    }

    Note note() {
        return note;
    }

    ContainerDirectory directory() {
        return directory;
    }

    ContainerLog log() {
        return log;
    }

    ContainerState state() {
        return new ContainerState(note.id(), note.image(), note.startedAt(), note.backOff(), exit);
    }

    boolean over() {
        return exit != null;
    }

    /** Nothing is left to look after: it is over and its output is in the log. */
    boolean settled() {
        return over() && log.closed();
    }

    /** From now on nothing is written to the directory, which may be deleted. */
    synchronized void forget() {
        forgotten = true;
    }

    void terminate() {
        terminateWanted = true;
    }

    void kill() {
        killWanted = true;
    }

    /** Moves output, delivers signals and finds out whether it is over. True when something happened. */
    synchronized boolean sweep(Instant now) throws IOException {
        if (forgotten) {
            return false;
        }
        boolean moved = drain(over(), now);
        if (over()) {
            return moved;
        }
        Ending ending = directory.ending();
        if (ending == null && supervisorGone(now)) {
            ending = directory.ending();
            return finish(ending, now);
        }
        if (ending != null) {
            return finish(ending, now);
        }
        return signal() | moved;
    }

    /**
     * On a full or failing disk output waits in the captures and is tried again with each sweep; signals and the end
     * must not wait for that.
     */
    private boolean drain(boolean over, Instant now) {
        try {
            boolean moved = log.drain(over, now);
            logTrouble = "";
            return moved;
        } catch (IOException disk) {
            if (!disk.toString().equals(logTrouble)) {
                logTrouble = disk.toString();
                LOG.warn("Output of container {} cannot be moved to its log now: {}", id(), logTrouble);
            }
            return false;
        } catch (RuntimeException fault) {
            if (!fault.toString().equals(logTrouble)) {
                logTrouble = fault.toString();
                LOG.error("Fault in moving the output of container {}", id(), fault);
            }
            return false;
        }
    }

    private boolean supervisorGone(Instant now) throws IOException {
        if (supervisor == null) {
            supervisor = directory.supervisor();
        }
        Supervisor known = supervisor;
        return known == null
                ? now.isAfter(knownSince.plus(LAUNCH_PATIENCE))
                : !ProcessTable.alive(known.pid(), known.startTicks());
    }

    /**
     * Signals wait until there is a process to take them. SIGTERM is delivered once; SIGKILL until it has worked, since
     * it may come between two forks of the launcher.
     */
    private boolean signal() throws IOException {
        long main = directory.main();
        if (killWanted && supervisor != null) {
            boolean first = !killed;
            killed = true;
            terminateWanted = false;
            if (plain || main == 0) {
                killMarked(supervisor.pid());
            } else {
                ProcessTable.signal(main, true);
            }
            return first;
        }
        if (terminateWanted && main != 0) {
            terminateWanted = false;
            ProcessTable.signal(main, false);
            return true;
        }
        return false;
    }

    private boolean finish(@Nullable Ending ending, Instant now) throws IOException {
        // Whoever left the main process behind, or outlived a killed launcher, goes too.
        if (plain || ending == null) {
            killMarked(0);
        }
        drain(true, now);
        exit = exit(ending, now);
        cgroups.remove(id().toString());
        Trees.delete(directory.path().resolve("fs"));
        return true;
    }

    private Exit exit(@Nullable Ending ending, Instant now) throws IOException {
        if (ending == null) {
            return new Exit(137, "ContainerStatusUnknown",
                    "The container could not be located: its launcher is gone and left no exit code", now);
        }
        String startError = killed ? "" : directory.startError().strip();
        if (ending.code() == 128 && !startError.isEmpty()) {
            return new Exit(128, "StartError", startError, ending.at());
        }
        if (killed) {
            // Killed while it was being launched, the launcher may have had another opinion of how it ended.
            return new Exit(137, "Error", directory.terminationMessage(), ending.at());
        }
        String reason = ending.code() == 0 ? "Completed" : "Error";
        if (ending.code() != 0 && cgroups.killedForMemory(id().toString())) {
            reason = "OOMKilled";
        }
        return new Exit(ending.code(), reason, directory.terminationMessage(), ending.at());
    }

    private void killMarked(long except) throws IOException {
        for (long pid : ProcessTable.withVariable(Launcher.MARK + "=" + id())) {
            if (pid != except) {
                ProcessTable.signal(pid, true);
            }
        }
    }
}
