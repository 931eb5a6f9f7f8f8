package dev.xebec.server.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.server.StartupException;
import dev.xebec.server.plan.ProcessMark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
    private static final long PATIENCE_SECONDS = 30;

    @TempDir
    private Path folder;

    @Test
    void aStartThatTheMachineRefusesIsTriedAgain() throws Exception {
        Path program = program("rm \"$0\"");
        CountDownLatch refused = new CountDownLatch(3);
        ChildProcess child = new ChildProcess("child", List.of(program.toString()), folder.resolve("out"),
                refused::countDown);
        Thread supervising = supervise(child);
        // The first end, and the two tellings around a start of a file that is not there any more.
        assertThat(refused.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(child.mark()).isEqualTo(ProcessMark.NONE);
        program("exec sleep 60");
        awaitRunning(child);
        child.stop();
        assertThat(supervising.join(Duration.ofSeconds(PATIENCE_SECONDS))).isTrue();
    }

    @Test
    void aFullDiskDoesNotEndTheWatch() throws Exception {
        AtomicInteger told = new AtomicInteger();
        ChildProcess child = new ChildProcess("child", List.of(program("exec sleep 60").toString()),
                folder.resolve("out"), () -> {
                    told.incrementAndGet();
                    throw new StartupException("no space left on device");
                });
        Thread supervising = supervise(child);
        ProcessMark first = child.mark();
        ProcessHandle process = first.alive().orElseThrow();
        process.destroyForcibly();
        process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        while (child.mark().equals(first)) {
            Thread.sleep(10);
        }
        awaitRunning(child);
        assertThat(told.get()).isPositive();
        child.stop();
        assertThat(supervising.join(Duration.ofSeconds(PATIENCE_SECONDS))).isTrue();
    }

    private static Thread supervise(ChildProcess child) {
        return Thread.ofVirtual().start(() -> {
            try {
                child.supervise();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void awaitRunning(ChildProcess child) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (child.mark().alive().isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(10);
        }
    }

    /** Put in place in one step, because a file that is being written cannot be run. */
    private Path program(String script) throws Exception {
        Path draft = Files.writeString(folder.resolve("draft"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwx------"));
        return Files.move(draft, folder.resolve("program"));
    }
}
