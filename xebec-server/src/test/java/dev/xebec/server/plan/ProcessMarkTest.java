package dev.xebec.server.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessMarkTest {
    private final ProcessHandle self = ProcessHandle.current();

    @Test
    void aRunningProcessIsFoundAgain() {
        assertThat(ProcessMark.of(self).alive()).contains(self);
    }

    @Test
    void anotherProcessWithTheNumberOfAnOldOneIsNotTakenForIt() {
        long beforeTheReboot = ProcessMark.of(self).startedMs() - 3_600_000;
        assertThat(new ProcessMark(self.pid(), beforeTheReboot).alive()).isEmpty();
        assertThat(new ProcessMark(self.pid(), 0).alive()).isEmpty();
    }

    @Test
    void aProcessThatEndedIsNotAlive() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        ProcessMark mark = ProcessMark.of(process.toHandle());
        assertThat(mark.alive()).isPresent();
        process.destroyForcibly().waitFor();
        assertThat(mark.alive()).isEmpty();
        assertThat(ProcessMark.NONE.alive()).isEmpty();
    }
}
