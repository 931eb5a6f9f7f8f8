package dev.xebec.server.cli;

import dev.xebec.server.plan.ClusterFile;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Processes of a cluster whose supervisor was killed; they end by themselves, and are ended where they do not. */
final class LeftBehind {
    private static final long PATIENCE_SECONDS = 20;

    private LeftBehind() {}

    /** Ends them all and waits for it; processes of others that have their numbers now are left alone. */
    static void end(Optional<ClusterFile> last) {
        List<ProcessHandle> alive = last.stream()
                .flatMap(file -> Stream.concat(file.processes().stream(), Stream.of(file.broker())))
                .flatMap(mark -> mark.alive().stream()).filter(process -> !process.equals(ProcessHandle.current()))
                .toList();
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
}
