package dev.xebec.server.cli;

import dev.xebec.server.plan.ClusterFile;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Processes of a cluster whose supervisor was killed; they end by themselves, and are ended where they do not. */
final class LeftBehind {
    private static final long PATIENCE_SECONDS = 20;

    private LeftBehind() {
    }

    /** Ends them all and waits for it. Only processes that are ours, by their command line, are touched. */
    static void end(Optional<ClusterFile> last) {
        List<ProcessHandle> alive = last.stream().flatMap(file -> file.pids().stream()).filter(pid -> pid > 0)
                .flatMap(pid -> ProcessHandle.of(pid).stream()).filter(LeftBehind::ours).toList();
        alive.forEach(ProcessHandle::destroy);
        CompletableFuture<?>[] ends = alive.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException stubborn) {
            alive.forEach(ProcessHandle::destroyForcibly);
            CompletableFuture.allOf(ends).join();
        } catch (java.util.concurrent.ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean ours(ProcessHandle process) {
        return process.pid() != ProcessHandle.current().pid()
                && process.info().commandLine().orElse("").contains(Main.class.getName());
    }
}
